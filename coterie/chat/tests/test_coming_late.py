"""Whoever comes through a door that was made wider reads a room from then on, not before."""

import pytest
from django.utils import timezone

from coterie.chat import reads
from coterie.communities.actions import leaving
from coterie.communities.models import Community
from coterie.media import guarding
from coterie.media.models import Picture
from coterie.talk import reads as talk
from coterie.talk.actions import drafting, keeping_order, reading
from coterie.talk.models import Draft
from coterie.talk.rules import PHOTOS
from coterie.talk.tests.speaking import fresh

pytestmark = pytest.mark.django_db
JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def before(ines, juno, circle, room):
    """What juno and ines said while they were among themselves."""
    juno.joins(circle, ines)
    return juno.replies(room, "MARKER among us")


@pytest.fixture
def late(moss, ines, circle, before):
    """Somebody who came after the door was opened wider."""
    widen(circle)
    moss.joins(circle, ines)
    return moss


def widen(circle):
    Community.objects.filter(pk=circle.pk).update(history_from=timezone.now())


def text(person, path):
    answer = person.browser().get(path)
    return answer.content.decode() if answer.status_code == 200 else ""


def test_the_room_is_there_and_what_was_said_before_is_not(late, juno, room, before):
    after = juno.replies(room, "Good morning")
    assert late.sees(room)
    assert (late.reads(before), late.reads(after)) == (False, True)
    for page in (room.path, f"{room.path}?newest", f"{room.path}?before={after.public_id}"):
        shown = text(late, page)
        assert "MARKER" not in shown
        assert "This is where you came in." in shown
    assert "Good morning" in text(late, room.path)
    assert "MARKER" in text(juno, room.path)
    assert "begins here" in text(juno, room.path)


def test_no_other_door_shows_it_either(late, ines, juno, circle, room, before):
    photo = Picture.objects.create(
        persona=juno.here(circle), community=circle, width=40, height=30, bytes=1
    )
    Picture.objects.filter(pk=photo.pk).update(guard=PHOTOS, subject=before.pk)
    assert guarding.may_see(juno.viewer, fresh(photo))
    assert not guarding.may_see(late.viewer, fresh(photo))
    doors = ("", "versions/", "words/", "removal/")
    assert {late.browser().get(f"{before.path}{door}").status_code for door in doors} == {404}
    assert late.browser().post(f"{before.path}reactions/", {"emoji": "💛"}).status_code == 404
    since = late.browser().get(f"/t/{room.public_id}/since/?epoch=1&seq=0&rev=0").json()
    assert since["posts"] == []
    around, nothing = f"{room.path}?at={before.public_id}", f"{room.path}?at=AAAAAAAAAAAAAAAAAA"
    assert len(text(late, around)) == len(text(late, nothing))
    drafting.keep(room, by=late.here(circle), source="Half", reply_to=before)
    assert "MARKER" not in text(late, room.path)
    sent = {"source": "An answer", "client_key": "k1", "reply_to": before.public_id}
    late.browser().post(f"{room.path}posts/", sent, **JSON)
    assert late.here(circle).posts.get().reply_to is None
    assert not Draft.objects.exists()


def test_an_answer_to_it_comes_without_it(late, ines, juno, room, before):
    answer = ines.replies(room, "So it was", reply_to=fresh(before))
    for shown in (text(late, room.path), text(late, answer.path)):
        assert "So it was" in shown
        assert "MARKER" not in shown
        assert before.public_id not in shown
    assert "MARKER" in text(juno, room.path)


def test_lists_tell_nothing_of_it(late, juno, circle, room, before):
    [row] = reads.rooms(late.viewer, circle)
    assert (row["quiet"], row["excerpt"], row["unread"]) == (True, "", 0)
    assert talk.people(late.viewer, fresh(room)) == []
    assert reads.rooms(juno.viewer, circle)[0]["excerpt"] == "MARKER among us"
    juno.replies(room, "Good morning")
    [row] = reads.rooms(late.viewer, circle)
    assert (row["quiet"], row["excerpt"], row["unread"]) == (False, "Good morning", 1)
    assert talk.unread_by_community(late.viewer) == {circle.pk: 1}
    assert "MARKER" not in text(late, "/")
    text(late, room.path)
    assert reads.rooms(late.viewer, circle)[0]["unread"] == 0


def test_who_comes_back_late_does_not_count_what_was_said_meanwhile(
    ines, juno, circle, room, before
):
    reading.read_up_to(fresh(room), by=juno.here(circle), seq=1)
    leaving.leave(juno.seat(circle), by=juno.here(circle))
    ines.replies(room, "MARKER behind her back")
    widen(circle)
    juno.joins(circle, ines)
    assert talk.unread_by_community(juno.viewer) == {}
    ines.replies(room, "Welcome back")
    assert reads.rooms(juno.viewer, circle)[0]["unread"] == 1
    for page in ("/", room.path):
        assert "Welcome back" in text(juno, page)
        assert "MARKER" not in text(juno, page)


def test_hosts_may_share_it_and_close_it_again(late, ines, circle, room, before):
    keeping_order.share_history(fresh(room), by=ines.here(circle))
    assert late.reads(before)
    assert "MARKER" in text(late, room.path)
    keeping_order.close_history(fresh(room), by=ines.here(circle))
    assert not late.reads(before)
    assert late.sees(room)


def test_members_of_the_parent_who_came_late_read_it_from_then_on(ines, juno, moss):
    above = ines.founds("Above", preset="forum", seen_by="members")
    below = ines.founds(
        "Below", parent=above, preset="private_group", found_by="parent", seen_by="parent"
    )
    room = below.conversations.get()
    juno.joins(above, ines)
    before = ines.replies(room, "MARKER of old")
    widen(above)
    moss.joins(above, ines)
    after = ines.replies(room, "For all above")
    assert (juno.reads(before), juno.reads(after)) == (True, True)
    assert (moss.reads(before), moss.reads(after)) == (False, True)
    assert "MARKER" not in text(moss, room.path)
    assert "For all above" in text(moss, room.path)


def test_a_late_host_reads_what_waits_since_then(late, ines, juno, circle, room):
    Community.objects.filter(pk=circle.pk).update(posted_by="approved")
    old = juno.replies(room, "MARKER waits")
    Community.objects.filter(pk=circle.pk).update(history_from=timezone.now())
    seat = late.seat(circle)
    late.becomes(circle, "host")
    type(seat).objects.filter(pk=seat.pk).update(history_from=timezone.now())
    new = juno.replies(room, "Waits too")
    assert (late.reads(old), late.reads(new)) == (False, True)
    own = late.replies(room, "My own")
    assert late.reads(own)
