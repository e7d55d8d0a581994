"""What is new to whom."""

from datetime import timedelta

import pytest
from django.utils import timezone

from coterie.communities.models import Membership
from coterie.core.verdict import Refused
from coterie.talk import reads
from coterie.talk.actions import importing, keeping_order, posting, reading
from coterie.talk.models import CaughtUp, Conversation, ReadingPosition
from coterie.talk.reads.counting import LOOKED_AT
from coterie.talk.tests.speaking import fresh

pytestmark = pytest.mark.django_db


def unread(person, conversation):
    row = Conversation.objects.with_seen(person.viewer).get(pk=conversation.pk)
    return row.last_seq - row.seen


def test_who_speaks_has_read_their_own_words(ines, circle, topic):
    assert unread(ines, topic) == 0
    ines.replies(topic)
    assert unread(ines, topic) == 0


def test_what_was_there_before_a_member_came_is_not_new(ines, moss, circle, topic):
    ines.replies(topic)
    moss.joins(circle, ines)
    assert unread(moss, topic) == 0
    ines.replies(topic)
    assert unread(moss, topic) == 1
    assert reads.unread_by_community(moss.viewer) == {circle.pk: 1}


def test_reading_moves_forward_only(ines, moss, circle, topic):
    moss.joins(circle, ines)
    for _ in range(5):
        ines.replies(topic)
    by = moss.here(circle)
    assert reading.read_up_to(topic, by=by, seq=4)
    assert unread(moss, topic) == 2
    assert not reading.read_up_to(topic, by=by, seq=3)
    assert unread(moss, topic) == 2
    assert reading.read_up_to(topic, by=by, seq=999)
    assert unread(moss, topic) == 0
    ines.replies(topic)
    assert unread(moss, topic) == 1


def test_a_number_of_another_epoch_says_nothing(ines, moss, circle, topic):
    moss.joins(circle, ines)
    ines.replies(topic)
    assert not reading.read_up_to(topic, by=moss.here(circle), seq=2, epoch=7)
    ReadingPosition.objects.create(
        persona=moss.here(circle), conversation=topic, epoch=7, read_seq=99
    )
    assert unread(moss, topic) == 1
    assert reading.read_up_to(topic, by=moss.here(circle), seq=2, epoch=1)
    assert unread(moss, topic) == 0


def test_an_answer_out_of_turn_leaves_the_unread_unread(ines, moss, circle, topic):
    moss.joins(circle, ines)
    ines.replies(topic)
    ines.replies(topic)
    moss.replies(topic)
    assert unread(moss, topic) == 3


def test_all_is_read_at_once(ines, moss, circle, topic):
    moss.joins(circle, ines)
    ines.replies(topic)
    ines.starts(circle, "Another")
    assert reading.mark_all_read(circle, by=moss.here(circle)) == 2
    assert reads.unread_by_community(moss.viewer) == {}
    assert reading.mark_all_read(circle, by=moss.here(circle)) == 0


def test_a_stranger_has_no_position(ines, wren, circle, topic):
    with pytest.raises(Refused):
        reading.read_up_to(topic, by=wren.persona(), seq=1)
    Conversation.objects.filter(pk=topic.pk).update(see="everyone")
    assert not reading.read_up_to(fresh(topic), by=wren.persona(), seq=1)
    assert unread(wren, topic) == 0
    assert reads.unread_by_community(wren.viewer) == {}


def test_with_a_new_persona_reading_begins_anew(ines, moss, circle, topic):
    from coterie.communities.actions import leaving

    seat = moss.joins(circle, ines)
    ines.replies(topic)
    reading.read_up_to(topic, by=seat.persona, seq=2)
    leaving.leave(seat, by=seat.persona)
    ines.replies(topic)
    moss.joins(circle, ines, name="moss again")
    assert unread(moss, topic) == 0
    ines.replies(topic)
    assert unread(moss, topic) == 1


def test_what_waits_is_not_news(ines, moss, circle, topic):
    circle.__class__.objects.filter(pk=circle.pk).update(posted_by="approved")
    moss.joins(circle, ines)
    held = moss.replies(topic)
    assert unread(ines, topic) == 0
    posting.publish(held, by=ines.here(circle))
    assert unread(ines, topic) == 1
    assert unread(moss, topic) == 0


def test_an_import_is_news_to_nobody(ines, moss, circle):
    moss.joins(circle, ines)
    began = timezone.now() - timedelta(days=30)
    home = importing.open_conversation(
        circle, by=ines.here(circle), title="Old chat", started_at=began
    )
    later = timezone.now() + timedelta(seconds=5)
    messages = [
        importing.Message(None, f"m{n}", later if n > 8 else began, client_key=f"t:{n}")
        for n in range(10)
    ]
    assert importing.bring_in(home, messages) == 10
    assert unread(ines, home) == 0
    assert unread(moss, home) == 0
    ines.replies(home)
    assert unread(moss, home) == 1
    reading.read_up_to(fresh(home), by=moss.here(circle), seq=11)
    more = [importing.Message(None, "later", later, client_key="t:77")]
    assert importing.bring_in(fresh(home), more) == 1
    assert unread(moss, home) == 0


def test_unread_counts_equal_a_recount(ines, moss, juno, circle, topic):
    """For everybody in every topic, counted post by post."""
    moss.joins(circle, ines)
    other = ines.starts(circle, "Another")
    juno.joins(circle, ines)
    for conversation in (topic, other, topic):
        ines.replies(conversation)
        moss.replies(conversation)
    reading.read_up_to(topic, by=moss.here(circle), seq=3)
    for person in (ines, moss, juno):
        since = Membership.objects.get(pk=person.seat(circle).pk).joined_at
        for conversation in (topic, other):
            row = ReadingPosition.objects.filter(
                persona=person.here(circle), conversation=conversation
            ).first()
            posts = conversation.posts.filter(seq__isnull=False, published_at__gt=since)
            if row:
                posts = posts.filter(seq__gt=max(row.read_seq, row.from_seq))
            assert unread(person, conversation) == posts.count()


def moved_long_ago(conversation, hours):
    at = timezone.now() - timedelta(hours=hours)
    Conversation.objects.filter(pk=conversation.pk).update(last_post_at=at)
    return at


def test_a_reader_catches_up_with_what_is_read_and_not_further(ines, moss, circle, topic):
    seat = moss.joins(circle, ines)
    Membership.objects.filter(pk=seat.pk).update(joined_at=timezone.now() - timedelta(days=2))
    others = [ines.starts(circle, f"Topic {n}") for n in range(3)]
    times = [moved_long_ago(each, 9 - n) for n, each in enumerate([topic, *others])]
    for conversation in (others[0], others[2]):
        reading.read_up_to(fresh(conversation), by=moss.here(circle), seq=1)
    # The first is unread: nothing behind it is passed by.
    assert CaughtUp.objects.get(seat=seat).until < times[0]
    assert reads.unread_by_community(moss.viewer) == {circle.pk: 2}
    reading.read_up_to(fresh(topic), by=moss.here(circle), seq=1)
    assert CaughtUp.objects.get(seat=seat).until == times[1]
    assert reads.unread_by_community(moss.viewer) == {circle.pk: 1}
    reading.mark_all_read(fresh(circle), by=moss.here(circle))
    assert CaughtUp.objects.get(seat=seat).until == times[3]
    assert reads.unread_by_community(moss.viewer) == {}
    ines.replies(others[1])
    assert reads.unread_by_community(moss.viewer) == {circle.pk: 1}


def test_nobody_catches_up_with_a_moment_that_may_not_be_over(ines, moss, circle, topic):
    seat = moss.joins(circle, ines)
    ines.replies(topic)
    reading.read_up_to(fresh(topic), by=moss.here(circle), seq=2)
    assert CaughtUp.objects.get(seat=seat).until == seat.joined_at
    # One that bears an earlier time and could be seen only now.
    late = ines.starts(circle, "Written slowly")
    Conversation.objects.filter(pk=late.pk).update(last_post_at=fresh(topic).last_post_at)
    assert reads.unread_by_community(moss.viewer) == {circle.pk: 1}


def test_what_becomes_readable_later_is_looked_at_again(ines, moss, circle, topic):
    seat = moss.joins(circle, ines)
    ines.replies(topic)
    moved_long_ago(topic, -1)
    Membership.objects.filter(pk=seat.pk).update(history_from=timezone.now())
    CaughtUp.objects.create(seat=seat, until=timezone.now() + timedelta(hours=2))
    assert reads.unread_by_community(moss.viewer) == {}
    keeping_order.share_history(fresh(topic), by=ines.here(circle))
    assert reads.unread_by_community(moss.viewer) == {circle.pk: 1}


def test_pages_look_at_so_many_and_no_more(ines, moss, circle, topic, monkeypatch):
    moss.joins(circle, ines)
    for number in range(LOOKED_AT + 3):
        ines.starts(circle, f"Topic {number}")
    assert reads.unread_by_community(moss.viewer) == {circle.pk: LOOKED_AT}
