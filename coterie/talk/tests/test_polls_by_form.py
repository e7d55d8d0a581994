"""A poll is asked and answered with plain forms; nothing that was typed for it is lost."""

from datetime import timedelta

import pytest
from django.utils import timezone

from coterie.communities.actions import keeping_away
from coterie.communities.models import Community
from coterie.talk.models import Ballot, Conversation, Poll, PollKind, Post
from coterie.talk.tests.speaking import fresh, seven_seconds_pass
from coterie.talk.tests.test_polling import TEA, asks, votes

pytestmark = pytest.mark.django_db

POLL = {"source": "Which tea?", "poll_options": "Nettle\n Mint \n\nSage", "poll_kind": "ranked"}


@pytest.fixture
def sent(ines, circle, topic):
    """What the composer answers to a form that is sent."""
    browser = ines.browser()

    def send(**words):
        words = {"client_key": f"k{sorted(words.items())}"[:40], "source": "Which tea?", **words}
        return browser.post(f"{topic.path}posts/", words)

    return send


def test_the_composer_asks_and_a_second_sending_asks_once(sent, ines, topic):
    for _ in range(2):
        assert sent(**POLL, poll_named="yes", poll_hours="72").status_code == 302
    poll = Poll.objects.get()
    assert (poll.options, poll.kind, poll.named) == (["Nettle", "Mint", "Sage"], "ranked", True)
    assert poll.closes_at is None
    seven_seconds_pass()
    assert timedelta(hours=71) < fresh(poll).closes_at - timezone.now() < timedelta(hours=73)
    page = ines.browser().get(topic.path).content.decode()
    assert page.count("poll/ballot/") == 1
    assert all(option in page for option in poll.options)


def test_a_topic_and_a_room_ask_too(ines, circle):
    Community.objects.filter(pk=circle.pk).update(chat=True)
    browser = ines.browser()
    browser.post(f"{circle.path}topics/new/", {"title": "Tea", "client_key": "a", **POLL})
    room = Conversation.objects.create(
        community=circle, kind="room", title="Kitchen", see="members"
    )
    browser.post(f"{room.path}posts/", {"client_key": "b", **POLL})
    seven_seconds_pass()
    assert Poll.objects.count() == 2
    assert b"poll/ballot/" in browser.get(room.path).content


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("Nettle", "at least two options"),
        ("Mint\nmint", "twice"),
        ("x" * 101 + "\ny", "100 characters"),
    ],
)
def test_a_poll_that_cannot_be_comes_back_with_all_that_was_typed(sent, options, said):
    answer = sent(poll_options=options, poll_kind="several", poll_most="2")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert options.replace("\n", "\r\n") in page or options in page
    assert 'value="several" selected' in page
    assert '<details class="asking" open>' in page
    assert not Poll.objects.exists()


def test_without_options_nothing_is_asked(sent):
    assert sent(poll_options=" \n ", poll_kind="several", poll_most="").status_code == 302
    assert not Poll.objects.exists()
    assert not Post.objects.filter(polled=True).exists()


def test_a_poll_that_is_undone_waits_in_the_draft(sent, ines, topic):
    sent(**POLL, poll_grows="yes")
    post = Post.objects.get(polled=True)
    browser = ines.browser()
    browser.post(f"{post.path}undo/")
    assert not Poll.objects.exists()
    page = browser.get(topic.path).content.decode()
    assert "Nettle\nMint\nSage" in page.replace("\r", "")
    assert 'value="ranked" selected' in page


def test_what_is_being_asked_is_kept_as_it_is_written(ines, topic):
    browser = ines.browser()
    draft = f"{topic.path}draft/"
    assert browser.post(draft, {"source": "", **POLL, "client_key": "c"}).status_code == 204
    page = browser.get(topic.path).content.decode()
    assert "Nettle" in page
    assert '<details class="asking" open>' in page
    browser.post(draft, {"source": "", "poll_options": "", "client_key": "c"})
    assert "Nettle" not in browser.get(topic.path).content.decode()


def test_votes_come_by_plain_forms(ines, moss, juno, circle, topic):
    for person in (moss, juno):
        person.joins(circle, ines)
    poll = asks(ines, topic, kind=PollKind.RANKED, named=True, grows=True)
    browser, path = moss.browser(), f"{poll.post.path}poll/"
    twice = browser.post(f"{path}ballot/", {"rank-0": "1", "rank-1": "1"})
    assert (twice.status_code, b"same rank" in twice.content) == (422, True)
    assert b"Choose something" in browser.post(f"{path}ballot/", {}).content
    assert browser.post(f"{path}ballot/", {"rank-2": "1", "rank-0": "2"}).status_code == 302
    assert Ballot.objects.get().choices == [2, 0]
    assert b"twice" in browser.post(f"{path}options/", {"option": "MINT"}).content
    assert browser.post(f"{path}options/", {"option": "Sage"}).status_code == 302
    assert browser.post(f"{path}options/", {"struck": "1"}).status_code == 403
    assert fresh(poll).options == [*TEA, "Sage"]
    assert browser.post(f"{path}closing/").status_code == 403
    named = browser.get(path).content.decode()
    assert named.count(f"{circle.path}members/{moss.seat(circle).public_id}/") == 1
    part = browser.get(path, headers={"X-Part": "1"}).content.decode()
    assert part.startswith('<div class="ballot"')
    # Whom somebody does not meet, they do not read among the voters either.
    keeping_away.block(moss.seat(circle), by=juno.here(circle))
    votes(juno, poll, 0)
    seen = juno.browser().get(path).content.decode()
    assert moss.seat(circle).public_id not in seen
    assert ines.browser().post(f"{path}closing/").status_code == 302
    assert "Round 1" in ines.browser().get(path).content.decode()
