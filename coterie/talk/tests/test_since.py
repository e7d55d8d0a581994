"""What a reader who was away asks for, as they meet it."""

import pytest
from django.test import Client

from coterie.communities.actions import keeping_away
from coterie.communities.models import Community, PostedBy
from coterie.talk.actions import importing, posting, reacting
from coterie.talk.models import ReadingPosition
from coterie.talk.tests.speaking import fresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def answer(ines, juno, circle, topic):
    juno.joins(circle, ines)
    return juno.replies(topic, "The answer.")


def since(browser: Client, topic, epoch=1, seq=0, rev=0):
    asked = {"epoch": epoch, "seq": seq, "rev": rev}
    return browser.get(f"{topic.path}since/", asked).json()


def ids(news):
    return [post["id"] for post in news["posts"]]


def test_it_gives_what_is_new_and_what_changed(ines, juno, circle, topic, answer):
    browser = ines.browser()
    assert ids(since(browser, topic, seq=1)) == [answer.public_id]
    assert ids(since(browser, topic, seq=2)) == []
    reacting.react(fresh(answer), by=ines.here(circle), emoji="💛")
    news = since(browser, topic, seq=2)
    assert (ids(news), news["at"]) == ([answer.public_id], [1, 2, 1])
    assert news["posts"][0]["mine"] == ["💛"]
    assert since(juno.browser(), topic, seq=2)["posts"][0]["own"]


def test_an_outsider_learns_nothing(wren, topic):
    assert wren.browser().get(f"{topic.path}since/").status_code == 404


def test_it_comes_page_by_page(ines, juno, topic, answer, monkeypatch):
    monkeypatch.setattr("coterie.talk.reads.since.NEW_AT_ONCE", 2)
    for n in range(3):
        juno.replies(topic, f"Answer {n}")
    first = since(ines.browser(), topic)
    assert (len(first["posts"]), first["at"], first["more"]) == (2, [1, 2, 0], True)
    rest = since(ines.browser(), topic, seq=4)
    assert (len(rest["posts"]), rest["at"], rest["more"]) == (1, [1, 5, 0], False)


def test_too_many_changes_ask_for_the_page(ines, circle, topic, answer, monkeypatch):
    monkeypatch.setattr("coterie.talk.reads.since.CHANGED_AT_ONCE", 0)
    assert not since(ines.browser(), topic, seq=2)["lost"]
    reacting.react(fresh(answer), by=ines.here(circle), emoji="💛")
    assert since(ines.browser(), topic, seq=2)["lost"]


@pytest.mark.parametrize("point", [(2, 1, 0), (1, 99, 0), (1, 1, 99)])
def test_other_numbers_ask_for_the_page(ines, topic, point):
    assert since(ines.browser(), topic, *point)["lost"]


@pytest.mark.parametrize("said", ["", "x", "-1", "9" * 40])
def test_nonsense_is_the_beginning(ines, topic, said):
    assert ids(since(ines.browser(), topic, epoch=1, seq=said)) == [
        topic.posts.get(seq=1).public_id
    ]


def test_whom_a_reader_does_not_meet_is_not_in_it(ines, juno, circle, topic, answer):
    keeping_away.block(juno.seat(circle), by=ines.here(circle))
    news = since(ines.browser(), topic, seq=1)
    assert (ids(news), news["at"]) == ([], [1, 2, 0])


def test_what_waits_is_there_for_its_author_and_the_hosts_alone(ines, juno, circle, topic, answer):
    moss_and_all = Community.objects.filter(pk=circle.pk)
    moss_and_all.update(posted_by=PostedBy.APPROVED)
    held = juno.replies(topic, "Waits.")
    for reader, waits in ((juno, [held.public_id]), (ines, [held.public_id])):
        news = since(reader.browser(), topic, seq=2)
        assert (ids(news), news["waiting"]) == (waits, waits)
    posting.publish(fresh(held), by=ines.here(circle))
    assert since(juno.browser(), topic, seq=2)["waiting"] == []


def test_a_member_does_not_get_what_waits_for_others(ines, juno, moss, circle, topic, answer):
    moss.joins(circle, ines)
    Community.objects.filter(pk=circle.pk).update(posted_by=PostedBy.APPROVED)
    juno.replies(topic, "Waits.")
    assert since(moss.browser(), topic, seq=2)["posts"] == []


def test_what_came_while_the_page_was_open_can_be_read(ines, circle, topic, answer):
    body = {"epoch": 1, "seq": 2}
    assert ines.browser().post(f"{topic.path}reading/", body).status_code == 204
    assert ReadingPosition.objects.get(persona=ines.here(circle)).read_seq == 2


def test_reading_by_old_numbers_says_nothing(ines, circle, topic, answer):
    topic.refresh_from_db()
    importing.renumber(topic)
    ines.browser().post(f"{topic.path}reading/", {"epoch": 7, "seq": 2})
    assert not ReadingPosition.objects.filter(persona=ines.here(circle), read_seq=2).exists()
