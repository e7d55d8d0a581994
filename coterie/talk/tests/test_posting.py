"""What is said lands once, in its place, under the voice that said it."""

import pytest

from coterie.communities.models import Community
from coterie.core.verdict import Refused
from coterie.talk.actions import holding, keeping_order, posting
from coterie.talk.models import Conversation, Post, PostState, PostVersion, Said, Voice
from coterie.talk.tests.speaking import fresh, seqs

pytestmark = pytest.mark.django_db


def test_a_topic_has_its_first_post(topic, circle):
    post = topic.posts.get()
    assert (post.seq, post.state, post.source) == (1, PostState.PUBLISHED, "Three evenings.")
    assert post.html == '<p dir="auto">Three evenings.</p>'
    assert fresh(topic).last_seq == 1
    assert topic.see == circle.seen_by


def test_replies_are_numbered_without_gaps(ines, moss, circle, topic):
    moss.joins(circle, ines)
    posts = [moss.replies(topic) for _ in range(3)] + [ines.replies(topic)]
    assert [post.seq for post in posts] == [2, 3, 4, 5]
    assert fresh(topic).last_seq == 5


def test_what_is_sent_twice_lands_once_and_gets_the_first_answer(ines, topic, circle):
    first = ines.replies(topic, "Once.", client_key="k1")
    second = ines.replies(topic, "Once, said differently.", client_key="k1")
    assert second.pk == first.pk
    assert seqs(topic) == [1, 2]
    one = ines.starts(circle, "Twice?", client_key="t1")
    assert ines.starts(circle, "Twice?", client_key="t1").pk == one.pk
    assert Post.objects.filter(conversation=one).count() == 1


def test_a_retry_gets_its_answer_though_the_topic_is_locked_by_now(ines, moss, circle, topic):
    moss.joins(circle, ines)
    first = moss.replies(topic, client_key="k1")
    keeping_order.lock(topic, by=ines.here(circle))
    assert moss.replies(topic, client_key="k1").pk == first.pk
    with pytest.raises(Refused):
        moss.replies(topic)


def test_two_people_may_use_the_same_client_key(ines, moss, circle, topic):
    moss.joins(circle, ines)
    assert ines.replies(topic, client_key="k").pk != moss.replies(topic, client_key="k").pk


def test_nothing_and_too_much_cannot_be_said(ines, topic):
    for source in ("", "  \n ", "x" * 50_001):
        with pytest.raises(Refused):
            ines.replies(topic, source)
    assert seqs(topic) == [1]


def test_a_stranger_and_a_former_member_say_nothing(ines, moss, wren, circle, topic):
    seat = moss.joins(circle, ines)
    from coterie.communities.actions import leaving

    leaving.leave(seat, by=seat.persona)
    for persona in (seat.persona, wren.persona()):
        with pytest.raises(Refused):
            posting.reply(fresh(topic), Said("Hello"), by=persona, client_key="x")
        with pytest.raises(Refused):
            posting.start_topic(fresh(circle), Said("Hello"), by=persona, title="T", client_key="x")
    assert seqs(topic) == [1]
    assert Conversation.objects.filter(kind="topic").count() == 1


def test_where_only_hosts_post_members_read(ines, moss, circle, topic):
    moss.joins(circle, ines)
    Community.objects.filter(pk=circle.pk).update(posted_by="hosts")
    with pytest.raises(Refused, match="only the hosts"):
        moss.replies(topic)
    assert ines.replies(topic).seq == 2


def test_new_rules_must_be_accepted_before_anything_is_said(ines, moss, circle, topic):
    moss.joins(circle, ines)
    Community.objects.filter(pk=circle.pk).update(rules_version=7)
    with pytest.raises(Refused, match="rules have changed"):
        moss.replies(topic)


def test_a_reply_knows_what_it_answers_in_its_own_topic_only(ines, circle, topic):
    other = ines.starts(circle, "Another").posts.get()
    first = topic.posts.get()
    assert ines.replies(topic, reply_to=first).reply_to_id == first.pk
    with pytest.raises(Refused):
        ines.replies(topic, reply_to=other)


def test_what_was_taken_back_cannot_be_answered(ines, topic):
    post = ines.replies(topic)
    posting.retract(post, by=post.persona)
    with pytest.raises(Refused):
        ines.replies(topic, reply_to=post)


def test_an_edit_keeps_what_it_said_before(ines, topic):
    post = ines.replies(topic, "One *pricked* thumb")
    posting.edit(post, by=post.persona, source="Two **pricked** thumbs")
    post = fresh(post)
    assert "<strong>pricked</strong>" in post.html
    assert post.edited_at
    assert post.seq == 2
    assert [version.source for version in post.versions.all()] == ["One *pricked* thumb"]


def test_saying_the_same_again_is_no_edit(ines, topic):
    post = ines.replies(topic, "Same")
    posting.edit(post, by=post.persona, source="Same")
    assert fresh(post).edited_at is None
    assert not PostVersion.objects.exists()


def test_nobody_edits_or_takes_back_the_words_of_another(ines, moss, circle, topic):
    moss.joins(circle, ines)
    post = ines.replies(topic)
    for act in (
        lambda by: posting.edit(post, by=by, source="Mine now"),
        lambda by: posting.retract(post, by=by),
    ):
        with pytest.raises(Refused):
            act(moss.here(circle))
    theirs = moss.replies(topic)
    with pytest.raises(Refused):
        posting.edit(theirs, by=ines.here(circle), source="The host rewrites")


def test_an_edit_of_older_words_does_not_overwrite_newer_ones(ines, topic):
    post = ines.replies(topic, "One")
    stale = fresh(post)
    posting.edit(post, by=post.persona, source="Two")
    with pytest.raises(holding.ChangedMeanwhile):
        posting.edit(stale, by=post.persona, source="Three")
    assert fresh(post).source == "Two"


def test_what_is_taken_back_leaves_an_empty_place(ines, topic):
    post = ines.replies(topic, "A secret")
    posting.edit(post, by=post.persona, source="A bigger secret")
    posting.retract(post, by=post.persona)
    post = fresh(post)
    assert (post.state, post.source, post.html, post.seq) == (PostState.RETRACTED, "", "", 2)
    assert not PostVersion.objects.exists()
    with pytest.raises(Refused):
        posting.retract(post, by=post.persona)
    assert seqs(topic) == [1, 2]


def test_voices_are_for_those_who_may_use_them(ines, moss, circle, topic):
    moss.joins(circle, ines)
    assert ines.replies(topic, voice=Voice.HOSTS).voice == Voice.HOSTS
    with pytest.raises(Refused):
        moss.replies(topic, voice=Voice.HOSTS)
    with pytest.raises(Refused, match="no anonymous voice"):
        moss.replies(topic, voice=Voice.MEMBER)
    with pytest.raises(Refused):
        moss.replies(topic, voice="operator")
    Community.objects.filter(pk=circle.pk).update(anonymous_voice=True)
    post = moss.replies(topic, voice=Voice.MEMBER)
    posting.edit(post, by=post.persona, source="Its author still edits it")
    posting.retract(post, by=post.persona)


def test_a_closed_community_is_read_only(ines, circle, topic):
    from django.utils import timezone

    Community.objects.filter(pk=circle.pk).update(closed_at=timezone.now())
    with pytest.raises(Refused, match="closed"):
        ines.replies(topic)


def test_topics_can_be_switched_off(ines, circle):
    Community.objects.filter(pk=circle.pk).update(topics=False)
    with pytest.raises(Refused, match="switched off"):
        ines.starts(circle)


@pytest.mark.parametrize("blank", ["\u200b\u2060", "\u202e \u2800", "\u3164"])
def test_what_no_eye_sees_is_neither_a_title_nor_a_post(ines, circle, topic, blank):
    for start in (lambda: ines.starts(circle, blank), lambda: ines.replies(topic, blank)):
        with pytest.raises(Refused):
            start()
    with pytest.raises(Refused):
        keeping_order.retitle(fresh(topic), by=ines.here(circle), title=blank)
    assert ines.starts(circle, "👨\u200d👩\u200d👧", "नि").last_seq == 1
