"""Bringing in many posts: once, in order, without gaps, and every reader's place is kept."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisCase

from coterie.talk.actions import importing, reading
from coterie.talk.models import Conversation, Post, ReadingPosition
from coterie.talk.tests.speaking import Speaker, fresh, seqs

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def message(number, minutes=None, **more):
    at = NOON + timedelta(minutes=number if minutes is None else minutes)
    return importing.Message(None, f"message {number}", at, f"t:{number}", order=number, **more)


@pytest.fixture
def home(ines, circle):
    return importing.open_conversation(
        circle, by=ines.here(circle), title="Old chat", started_at=NOON
    )


def said(conversation):
    rows = Post.objects.filter(conversation=conversation, seq__isnull=False).order_by("seq")
    return list(rows.values_list("source", flat=True))


def test_an_empty_conversation_is_there_for_nobody(ines, home):
    assert not ines.sees(home)
    importing.bring_in(home, [message(1)])
    assert ines.sees(home)


def test_more_than_one_chunk_is_numbered_through(home, circle):
    assert importing.bring_in(home, (message(n) for n in range(1201))) == 1201
    assert seqs(home) == list(range(1, 1202))
    assert fresh(home).last_seq == 1201
    assert fresh(home).last_post_at == NOON + timedelta(minutes=1200)
    assert home.see == "members"


def test_an_import_in_a_public_community_is_still_for_members(ines, wren, circle):
    circle.seen_by = "everyone"
    home = importing.open_conversation(circle, by=None, title="Private chat", started_at=NOON)
    importing.bring_in(home, [message(1)])
    assert not wren.sees(home)


def test_the_same_export_again_changes_nothing(home):
    importing.bring_in(home, [message(n) for n in range(30)])
    before = list(Post.objects.order_by("pk").values())
    assert importing.bring_in(fresh(home), [message(n) for n in range(30)]) == 0
    assert not importing.renumber(fresh(home))
    assert list(Post.objects.order_by("pk").values()) == before
    assert fresh(home).epoch == 1


def test_one_export_that_names_a_message_twice_brings_it_once(home):
    assert importing.bring_in(home, [message(1), message(1), message(2)]) == 2


def test_erased_words_do_not_come_back(ines, home, circle):
    from coterie.talk.actions import erasing

    author = ines.persona("imported")
    brought = importing.Message(author, "words", NOON, "t:1")
    importing.bring_in(home, [brought])
    erasing.erase_words(author.pk)
    assert importing.bring_in(fresh(home), [brought]) == 0
    assert said(home) == [""]


def test_replies_are_tied_across_chunks_and_imports(home):
    first = [message(n) for n in range(600)]
    first[550] = message(550, reply_to="t:3")
    importing.bring_in(home, first)
    importing.bring_in(
        fresh(home), [message(601, reply_to="t:550"), message(602, reply_to="t:9999")]
    )
    of = {post.client_key: post for post in Post.objects.all()}
    assert of["t:550"].reply_to == of["t:3"]
    assert of["t:601"].reply_to == of["t:550"]
    assert of["t:602"].reply_to is None


def test_overlapping_exports_end_in_the_order_of_time(home):
    importing.bring_in(home, [message(n) for n in (5, 6, 9)])
    importing.bring_in(fresh(home), [message(n) for n in (1, 6, 7, 12)])
    assert importing.renumber(fresh(home))
    assert said(home) == [f"message {n}" for n in (1, 5, 6, 7, 9, 12)]
    assert seqs(home) == [1, 2, 3, 4, 5, 6]
    assert fresh(home).epoch == 2
    assert fresh(home).started_at == NOON


def test_at_the_same_moment_the_order_of_the_source_counts(home):
    importing.bring_in(home, [message(n, 0) for n in (1, 3)])
    importing.bring_in(fresh(home), [message(2, 0)])
    importing.renumber(fresh(home))
    assert said(home) == ["message 1", "message 2", "message 3"]


def test_what_is_older_than_a_conversation_makes_it_older(home, ines):
    importing.bring_in(home, [message(-60)])
    assert fresh(home).started_at == NOON - timedelta(hours=1)


def test_a_post_without_number_stays_behind_the_same_post(ines, moss, circle, home):
    moss.joins(circle, ines)
    importing.bring_in(home, [message(n) for n in (1, 9)])
    circle.__class__.objects.filter(pk=circle.pk).update(members_meet=False)
    aside = moss.replies(home)
    assert aside.after_seq == 2
    importing.bring_in(fresh(home), [message(5)])
    importing.renumber(fresh(home))
    assert fresh(aside).after_seq == 3


class Renumbering(HypothesisCase):
    """No reader loses an unread post, whatever was written, read and brought in between."""

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(
        steps=st.lists(
            st.one_of(
                st.tuples(st.just("said"), st.integers(0, 1)),
                st.tuples(st.just("brought"), st.integers(-40, 40)),
                st.tuples(st.just("read"), st.integers(1, 25)),
                st.tuples(st.just("renumber"), st.just(0)),
            ),
            max_size=25,
        )
    )
    def test_nothing_unread_is_lost(self, steps):
        ines, moss = Speaker("ines"), Speaker("moss")
        circle = ines.founds()
        moss.joins(circle, ines)
        topic = ines.starts(circle)
        people, unread, by = (ines, moss), {topic.posts.get().pk}, moss.here(circle)
        for number, (what, which) in enumerate(steps):
            topic = fresh(topic)
            if what == "said":
                post = people[which].replies(topic)
                if which == 0 or len(unread) == 0:
                    unread |= {post.pk} if which == 0 else set()
                else:
                    unread.add(post.pk)
            elif what == "brought":
                at = post_time(topic) + timedelta(seconds=which)
                one = importing.Message(None, "brought", at, f"t:{number}", order=number)
                importing.bring_in(topic, [one])
            elif what == "read":
                reading.read_up_to(topic, by=by, seq=which)
                unread -= set(topic.posts.filter(seq__lte=which).values_list("pk", flat=True))
            else:
                importing.renumber(topic)
            topic = fresh(topic)
            assert seqs(topic) == list(range(1, topic.last_seq + 1))
            seen = Conversation.objects.with_seen(by).get(pk=topic.pk).seen
            shown = set(topic.posts.filter(seq__gt=seen).values_list("pk", flat=True))
            assert unread <= shown
            assert topic.epoch == 1 or all(
                row.epoch == topic.epoch for row in ReadingPosition.objects.all()
            )


def post_time(topic):
    return topic.posts.order_by("-seq").values_list("published_at", flat=True)[0]
