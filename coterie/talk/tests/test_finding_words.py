"""What is said is found at once, as long as it is there, by those who may read it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from coterie.communities.actions import founding, keeping_away, leaving, shaping
from coterie.communities.models import Circle, CircleMember, Community, Membership
from coterie.search.models import Entry, Title
from coterie.search.questions import Question, terms
from coterie.talk.actions import (
    erasing,
    hiding,
    importing,
    indexing,
    keeping_order,
    pacing,
    posting,
    sending,
)
from coterie.talk.models import Conversation, Post, Said, Voice
from coterie.talk.reads import found
from coterie.talk.tests.speaking import fresh

pytestmark = pytest.mark.django_db


def finds(person, *words, **more):
    """The public ids of what this person finds, newest first."""
    wish = found.Wish(Question(every=terms(words)), **more)
    return [row["public_id"] for row in found.posts(person.viewer, wish).rows]


def finds_title(person, *words):
    wish = found.Wish(Question(every=terms(words)))
    return [row["public_id"] for row in found.titles(person.viewer, wish)]


def test_a_post_is_found_as_soon_as_it_is_said_and_a_stranger_never_finds_it(
    ines, moss, wren, circle, topic
):
    moss.joins(circle, ines)
    post = moss.replies(topic, "The token is **zyzzyva**.")
    assert finds(ines, "zyzzyva") == finds(moss, "ZYZZYVA") == [post.public_id]
    assert finds(wren, "zyzzyva") == []


def test_an_edit_changes_what_finds_it(ines, topic, circle):
    post = ines.replies(topic, "walnut")
    posting.edit(post, by=ines.here(circle), source="birch")
    assert (finds(ines, "walnut"), finds(ines, "birch")) == ([], [post.public_id])


def test_what_is_taken_back_removed_or_erased_is_not_found_and_what_is_put_back_is(
    ines, moss, circle, topic
):
    moss.joins(circle, ines)
    back, removed, erased, kept = (moss.replies(topic, f"walnut {n}") for n in range(4))
    posting.retract(back, by=moss.here(circle))
    keeping_order.remove_post(removed, by=ines.here(circle))
    erasing.erase_post(erased.pk)
    assert finds(moss, "walnut") == [kept.public_id]
    assert Entry.objects.count() == Post.objects.filter(state__in=Post.LIVING).count()
    keeping_order.restore_post(fresh(removed), by=ines.here(circle))
    assert finds(moss, "walnut") == [kept.public_id, removed.public_id]


def test_who_leaves_with_their_posts_leaves_no_words_in_the_index(ines, moss, circle):
    moss.joins(circle, ines)
    topic = moss.starts(circle, "Grandmother", "Private walnut")
    answer = ines.replies(topic, "An answer")
    seat = moss.seat(circle)
    leaving.leave_and_take_posts(seat, by=seat.persona)
    assert finds(ines, "walnut") == finds(ines, "grandmother") == finds_title(ines, "Grand") == []
    assert finds(ines, "answer") == [answer.public_id]
    assert Entry.objects.count() == 1
    assert not Title.objects.filter(pk=topic.pk).exists()


def test_what_waits_is_found_by_its_author_and_the_hosts(ines, moss, juno, circle):
    for one in (moss, juno):
        one.joins(circle, ines)
    topic = ines.starts(circle)
    Community.objects.filter(pk=circle.pk).update(posted_by="approved")
    post = moss.replies(topic, "walnut")
    found_by = [bool(finds(one, "walnut")) for one in (moss, ines, juno)]
    assert found_by == [True, True, False]
    posting.publish(fresh(post), by=ines.here(circle))
    assert finds(juno, "walnut") == [post.public_id]
    assert Entry.objects.count() == 2, "it is entered once, under the time when it came out"


def test_what_is_about_to_be_said_is_not_found_yet(ines, topic, circle):
    post = ines.starts_to_say(topic, "walnut")
    assert finds(ines, "walnut") == []
    sending.send(fresh(post), by=ines.here(circle))
    assert finds(ines, "walnut") == [post.public_id]


def test_a_title_finds_its_topic_and_what_opened_it(ines, wren, circle):
    topic = ines.starts(circle, "Walnut", "How long does the dye take?")
    opening = topic.posts.get()
    assert finds(ines, "walnut", "dye") == [opening.public_id]
    assert finds_title(ines, "walnut") == [topic.public_id]
    assert finds_title(wren, "walnut") == []
    keeping_order.retitle(fresh(topic), by=ines.here(circle), title="Birch")
    assert finds_title(ines, "walnut") == finds(ines, "walnut", "dye") == []
    assert finds_title(ines, "birch") == [topic.public_id]
    assert finds(ines, "birch", "dye") == [opening.public_id]


def test_a_topic_that_never_was_leaves_no_title(ines, circle):
    from coterie.core.ids import new_token

    here = ines.here(circle)
    topic = sending.start_topic(circle, Said("x"), by=here, title="Walnut", client_key=new_token())
    assert finds_title(ines, "walnut") == [topic.public_id]
    sending.undo(topic.posts.get(), by=here)
    assert not Title.objects.filter(pk=topic.pk).exists()


def test_narrowing_and_moving_take_it_from_whoever_may_not_read_it_any_more(ines, moss, wren):
    old, new = ines.founds("Old parent"), None
    micro = ines.founds("Micro", parent=old, seen_by="parent", found_by="parent")
    moss.joins(old, ines)
    post = ines.starts(micro, "A", "walnut").posts.get()
    assert finds(moss, "walnut") == [post.public_id]
    new = founding.found("New parent", by=ines.here(micro)).community
    shaping.reshape(fresh(micro), by=ines.here(micro), found_by="everyone", seen_by="everyone")
    public = ines.starts(micro, "B", "birch").posts.get()
    assert finds(wren, "birch") == [public.public_id]
    shaping.reshape(fresh(micro), by=ines.here(micro), found_by="parent", seen_by="parent")
    assert (finds(wren, "birch"), finds(moss, "birch")) == ([], [public.public_id])
    shaping.move(fresh(micro), by=ines.here(micro), parent=new)
    assert finds(moss, "birch") == finds(moss, "walnut") == []
    assert finds(ines, "birch") == [public.public_id]


def test_what_a_late_comer_a_circle_and_an_aside_keep_apart_is_kept_apart(ines, moss, juno, circle):
    for one in (moss, juno):
        one.joins(circle, ines)
    before = ines.starts(circle, "Before", "walnut")
    Membership.objects.filter(pk=juno.seat(circle).pk).update(
        history_from=timezone.now() + timedelta(seconds=1)
    )
    assert (len(finds(moss, "walnut")), finds(juno, "walnut")) == (1, [])
    keeping_order.share_history(fresh(before), by=ines.here(circle))
    assert len(finds(juno, "walnut")) == 1
    few = Circle.objects.create(community=circle, name="few")
    CircleMember.objects.create(circle=few, membership=ines.seat(circle))
    Conversation.objects.filter(pk=before.pk).update(circle=few)
    assert [len(finds(one, "walnut")) for one in (ines, moss, juno)] == [1, 0, 0]
    Conversation.objects.filter(pk=before.pk).update(circle=None)
    Community.objects.filter(pk=circle.pk).update(members_meet=False)
    moss.replies(before, "birch")
    assert [len(finds(one, "birch")) for one in (ines, moss, juno)] == [1, 1, 0]


def test_blocked_muted_and_hidden_words_are_not_found_and_the_nameless_are(
    ines, moss, juno, circle
):
    for one in (moss, juno):
        one.joins(circle, ines)
    Community.objects.filter(pk=circle.pk).update(anonymous_voice=True)
    topic = moss.starts(circle, "Elbows", "walnut")
    nameless = moss.replies(topic, "walnut", voice=Voice.MEMBER)
    other = ines.replies(topic, "walnut")
    keeping_away.block(moss.seat(circle), by=juno.here(circle))
    assert finds(juno, "walnut") == [other.public_id, nameless.public_id]
    assert finds_title(juno, "elbows") == []
    hiding.hide(nameless, by=juno.here(circle))
    assert finds(juno, "walnut") == [other.public_id]
    assert len(finds(ines, "walnut")) == 3


def test_what_hosts_took_out_of_the_lists_they_alone_find(ines, moss, circle, topic):
    moss.joins(circle, ines)
    post = moss.replies(topic, "walnut")
    pacing.unlist(fresh(topic), by=ines.here(circle))
    assert finds(moss, "walnut") == finds_title(moss, "sashiko") == []
    assert finds(ines, "walnut") == [post.public_id]
    assert finds_title(ines, "sashiko") == [topic.public_id]
    pacing.relist(fresh(topic), by=ines.here(circle))
    assert finds(moss, "walnut") == [post.public_id]


def test_an_import_is_found_when_it_has_arrived_and_gone_when_it_is_taken_back(ines, circle):
    at = datetime(2019, 5, 1, 12, tzinfo=UTC)
    arriving = importing.open_conversation(
        circle, by=ines.here(circle), title="Old chat", started_at=at, arriving=True
    )
    messages = [
        importing.Message(None, f"walnut {n}", at + timedelta(days=n), f"m{n}") for n in range(30)
    ]
    with CaptureQueriesContext(connection) as caught:
        importing.bring_in(arriving, messages)
    assert len([q for q in caught if "search_entry" in q["sql"]]) == 1, "all in one statement"
    assert finds(ines, "walnut") == finds_title(ines, "old") == []
    importing.arrive([arriving], by=ines.here(circle))
    assert len(finds(ines, "walnut")) == 20
    assert len(finds(ines, "walnut", until=at + timedelta(days=3))) == 3
    assert len(finds(ines, "walnut", since=at + timedelta(days=28))) == 2
    Conversation.objects.filter(pk=arriving.pk).update(arriving=True)
    importing.take_back(fresh(arriving))
    assert not Entry.objects.exists()
    assert not Title.objects.filter(pk=arriving.pk).exists()


def test_pages_follow_each_other_without_a_gap(ines, circle, topic):
    said = [ines.replies(topic, f"walnut {n}").public_id for n in range(45)][::-1]
    wish = found.Wish(Question(every=terms(["walnut"])))
    seen, after = [], ""
    for _ in range(3):
        page = found.posts(ines.viewer, wish, after)
        seen += [row["public_id"] for row in page.rows]
        after = page.after
    assert (seen, after) == (said, "")
    for nonsense in ("x", "-", "f" * 40, "-1", "0x", "١"):
        assert found.posts(ines.viewer, wish, nonsense).rows is not None


def test_what_one_person_said_is_found_by_their_persona_but_never_what_they_said_nameless(
    ines, moss, circle, topic
):
    moss.joins(circle, ines)
    Community.objects.filter(pk=circle.pk).update(anonymous_voice=True)
    named = moss.replies(topic, "walnut")
    moss.replies(topic, "walnut", voice=Voice.MEMBER)
    ines.replies(topic, "walnut")
    assert finds(ines, "walnut", people=(moss.here(circle).pk,)) == [named.public_id]
    assert finds(ines, people=(moss.here(circle).pk,)) == [named.public_id]


def test_one_statement_more_is_all_that_an_answer_costs(ines, circle, topic):
    with CaptureQueriesContext(connection) as caught:
        ines.replies(topic, "walnut")
    assert len([q for q in caught if "search_" in q["sql"]]) == 1


def test_the_index_is_mended_and_then_there_is_nothing_left_to_do(ines, moss, circle):
    moss.joins(circle, ines)
    topic = ines.starts(circle, "Elbows", "walnut")
    lost, changed = moss.replies(topic, "birch"), moss.replies(topic, "oak")
    assert not indexing.is_wrong()
    indexing.drop(lost)
    assert indexing.is_wrong()
    Post.objects.filter(pk=changed.pk).update(source="elm")
    indexing.index.put(Entry, [(12345, ["stray", "_open"])])
    indexing.index.put(Title, [(topic.pk, ["wrong"])])
    assert sum(wrong for _looked, wrong in indexing.mend()) == 4
    assert finds(ines, "birch") == [lost.public_id]
    assert (len(finds(ines, "elm")), finds(ines, "oak")) == (1, [])
    assert finds_title(ines, "elbows") == [topic.public_id]
    assert not indexing.is_wrong()
    assert sum(wrong for _looked, wrong in indexing.mend()) == 0
