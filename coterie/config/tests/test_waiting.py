"""A database without a turn: 503, a kind sentence, and the words are still there."""

import re
import sqlite3
import threading
from contextlib import contextmanager

import psycopg
import pytest
from django.contrib.messages.middleware import MessageMiddleware
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection, transaction
from django.test import Client, RequestFactory

from coterie.config.waiting import NoTurn, has_no_turn
from coterie.talk.models import Conversation, Post
from coterie.talk.tests.speaking import Speaker
from tests.house import free_port

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def somebody_writes(topic, monkeypatch):
    """Somebody else holds the database, and our patience is short."""
    holds, done = threading.Event(), threading.Event()

    def hold():
        with transaction.atomic():
            Conversation.objects.filter(pk=topic.pk).update(last_rev=0)
            if connection.vendor == "postgresql":
                connection.cursor().execute("LOCK TABLE talk_post, accounts_session IN SHARE MODE")
            holds.set()
            done.wait(20)
        connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    holds.wait(5)
    if connection.vendor == "postgresql":
        connection.cursor().execute("SET lock_timeout = '100ms'")
    else:
        monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.1)
        connection.cursor().execute("PRAGMA busy_timeout = 100")
    try:
        yield
    finally:
        done.set()
        holder.join()
        if connection.vendor == "postgresql":
            connection.cursor().execute("SET lock_timeout = 0")
        else:
            connection.cursor().execute("PRAGMA busy_timeout = 20000")


@pytest.fixture
def topic():
    ines = Speaker("ines")
    return ines, ines.starts(ines.founds())


def test_nothing_is_lost_and_a_press_sends_it_again(topic, monkeypatch):
    ines, topic = topic
    browser, form = ines.browser(), {"client_key": "k", "source": 'Words & "quotes"'}
    browser.get(topic.path)
    with somebody_writes(topic, monkeypatch):
        answer = browser.post(f"{topic.path}posts/", form)
        assert answer.status_code == 503
        assert answer["Retry-After"] == "5"
        assert answer["Cache-Control"] == "no-store"
    page = answer.text
    assert "What you sent is here" in page
    assert f'action="{topic.path}posts/"' in page
    assert 'name="client_key" value="k"' in page
    assert 'value="Words &amp; &quot;quotes&quot;"' in page
    assert browser.post(f"{topic.path}posts/", form).status_code == 302
    assert browser.post(f"{topic.path}posts/", form).status_code == 302
    assert Post.objects.filter(source=form["source"]).count() == 1


def test_a_script_is_told_when_to_send_it_again(topic, monkeypatch):
    ines, topic = topic
    browser, form = ines.browser(), {"client_key": "k", "source": "Words"}
    browser.get(topic.path)
    with somebody_writes(topic, monkeypatch):
        headers = {"Accept": "application/json"}
        answer = browser.post(f"{topic.path}posts/", form, headers=headers)
        assert answer.status_code == 503
    assert answer.json()["again"] == 5
    assert "Send it again in a moment" in answer.json()["sentence"]


def test_what_would_fail_again_is_an_error_as_before():
    assert not has_no_turn(OperationalError("no such table: talk_post"))
    assert not has_no_turn(sqlite3.OperationalError("database is locked"))
    assert has_no_turn(OperationalError("database is locked"))


LOCKED = OperationalError("database is locked")


@pytest.fixture
def told():
    """What is answered to this request where the database had no turn."""

    def of(request):
        answer = NoTurn(lambda _request: None).process_exception(request, LOCKED)
        assert answer.status_code == 503
        return answer.text

    return of


def test_the_page_asks_nothing_of_the_database_that_had_no_turn(topic, monkeypatch):
    def fails(*_asked):
        raise LOCKED

    ines, topic = topic
    browser, form = ines.browser(), {"client_key": "k", "source": "Words"}
    browser.get(topic.path)
    monkeypatch.setattr("coterie.home.reads.home.rail", fails)
    monkeypatch.setattr("coterie.home.context.unread_count", fails)
    with somebody_writes(topic, monkeypatch):
        answer = browser.post(f"{topic.path}posts/", form)
    assert answer.status_code == 503
    assert 'value="Words"' in answer.text
    assert 'class="rail"' not in answer.text


def test_what_fails_after_the_view_is_answered_so_too(topic, monkeypatch):
    """The session is saved when the view is long through."""
    ines, topic = topic
    browser, form = ines.browser(), {"client_key": "k", "source": "Words"}
    browser.get(topic.path)
    browser.raise_request_exception = False

    def remembers(_self, request, answer):
        request.session["thread"] = "green"
        holds.__enter__()
        return answer

    holds = somebody_writes(topic, monkeypatch)
    monkeypatch.setattr(MessageMiddleware, "process_response", remembers)
    try:
        answer = browser.post(f"{topic.path}posts/", form)
    finally:
        holds.__exit__(None, None, None)
    assert answer.status_code == 503
    assert answer["Retry-After"] == "5"
    assert 'value="Words"' in answer.text


def test_another_error_is_the_500_that_it_was(topic, monkeypatch):
    def fails(*_asked):
        raise OperationalError("no such table")

    ines, _topic = topic
    browser = ines.browser()
    browser.raise_request_exception = False
    monkeypatch.setattr(MessageMiddleware, "process_response", fails)
    answer = browser.get("/")
    assert answer.status_code == 500
    assert "A stitch came loose" in answer.text


def test_a_postgresql_that_cannot_be_reached_has_no_turn():
    with pytest.raises(psycopg.OperationalError) as refused:
        psycopg.connect(host="127.0.0.1", port=free_port(), connect_timeout=2)
    error = OperationalError("connection failed")
    error.__cause__ = refused.value
    assert refused.value.sqlstate is None
    assert has_no_turn(error)
    error.__cause__ = psycopg.errors.DiskFull()
    assert not has_no_turn(error)


@pytest.mark.skipif("connection.vendor != 'postgresql'")
def test_whoever_is_signed_in_is_told_so_while_nobody_answers(topic, monkeypatch):
    ines, topic = topic
    browser, form = ines.browser(), {"client_key": "k", "source": "Words"}
    browser.get(topic.path)
    browser.raise_request_exception = False
    connection.close()
    with monkeypatch.context() as elsewhere:
        elsewhere.setitem(connection.settings_dict, "HOST", "127.0.0.1")
        elsewhere.setitem(connection.settings_dict, "PORT", str(free_port()))
        written, read = browser.post(f"{topic.path}posts/", form), browser.get(topic.path)
        connection.close()
    assert (written.status_code, read.status_code) == (503, 503)
    assert 'value="Words"' in written.text
    assert browser.post(f"{topic.path}posts/", form).status_code == 302


def test_what_is_secret_or_a_file_is_not_on_the_page(told):
    post = RequestFactory().post
    secret = told(post("/sign-in/", {"login": "a@example.org", "password": "hush"}))
    filed = told(post("/x/", {"note": "words", "file": SimpleUploadedFile("a.txt", b"hush")}))
    for page in (secret, filed):
        assert "hush" not in page
        assert "<form" not in page
        assert "look before you send it again" in page
    page = told(post("/x/", {"csrfmiddlewaretoken": "old", "note": "words"}))
    assert 'value="old"' not in page
    assert page.count('name="csrfmiddlewaretoken"') == 1


def test_what_is_asked_is_asked_again_by_a_link(told):
    page = told(RequestFactory().get("/t/x/?after=3"))
    assert 'href="/t/x/?after=3"' in page
    assert "<form" not in page
    assert "sent" not in page[page.index("<main") :]


def test_what_was_no_form_is_not_said_to_be_here(told):
    page = told(RequestFactory().post("/x/", {"a": 1}, content_type="application/json"))
    assert "<form" not in page
    assert "is here" not in page


def test_the_form_stands_in_no_paragraph_and_its_press_is_believed(topic, monkeypatch):
    ines, topic = topic
    browser = ines.browser()
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = browser.cookies
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', strict.get(topic.path).text)[1]
    form = {"client_key": "k", "source": "Words", "csrfmiddlewaretoken": token}
    with somebody_writes(topic, monkeypatch):
        page = strict.post(f"{topic.path}posts/", form).text
    before = page[: page.index("<form")]
    assert before.count("<p>") + before.count("<p ") == before.count("</p>")
    pressed = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
    assert pressed.keys() == form.keys()
    assert strict.post(f"{topic.path}posts/", pressed).status_code == 302
