"""Two topics become one, one becomes two, one moves house: no word and no reader is lost."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisCase

from coterie.communities.models import Community, Membership
from coterie.core.verdict import Refused
from coterie.talk import reads
from coterie.talk.actions import (
    drafting,
    posting,
    reading,
    rearranging,
)
from coterie.talk.models import Conversation, Draft, Post, TopicLevel, Voice
from coterie.talk.tests.speaking import Speaker, fresh, seqs

pytestmark = pytest.mark.django_db


def words(topic):
    posts = Post.objects.filter(conversation=topic, seq__isnull=False)
    return list(posts.order_by("seq").values_list("source", flat=True))


def seen_by(person, topic):
    return Conversation.objects.with_seen(person.viewer).get(pk=topic.pk).seen


def lasting(post):
    return Post.objects.select_related("conversation", "persona").get(pk=post.pk)


# One of two


def test_two_topics_become_one_in_the_order_of_time(ines, member, circle, topic, elbows):
    member.replies(topic, "third")
    member.replies(elbows, "fourth")
    before = fresh(elbows).epoch
    rearranging.merge(topic, into=elbows, by=ines.here(circle))
    assert words(elbows) == ["Three evenings.", "And again.", "third", "fourth"]
    assert seqs(elbows) == [1, 2, 3, 4]
    assert fresh(elbows).last_seq == 4
    assert fresh(elbows).epoch == before + 1, "whoever has the old page open reloads it"
    assert not ines.sees(topic)
    assert fresh(topic).last_seq == 0


def test_the_old_address_leads_on_for_those_who_may_see_and_is_nothing_to_others(
    ines, member, wren, circle, topic, elbows
):
    said = member.replies(topic)
    rearranging.merge(fresh(topic), into=elbows, by=ines.here(circle))
    answer = member.browser().get(f"{topic.path}?at={said.public_id}")
    assert answer.status_code == 302
    assert answer["Location"] == f"{elbows.path}?at={said.public_id}"
    assert member.browser().get(said.path).status_code == 200
    for stranger in (wren.browser(), Client()):
        gone = stranger.get(topic.path)
        assert gone.status_code == 404
        nothing = stranger.get("/t/bbbbbbbbbbbbbbbbbb/")
        assert nothing.status_code == 404


def test_an_address_leads_on_through_two_mergers(ines, circle, topic, elbows):
    third = ines.starts(circle, "The third")
    by = ines.here(circle)
    rearranging.merge(topic, into=elbows, by=by)
    rearranging.merge(fresh(elbows), into=third, by=by)
    for old in (topic, elbows):
        assert ines.browser().get(old.path)["Location"] == third.path


def test_the_narrower_of_two_audiences_counts(ines, circle, topic, elbows):
    Conversation.objects.filter(pk=topic.pk).update(
        see="everyone", history_shared=True, started_at=timezone.now() - timedelta(days=9)
    )
    version = fresh(circle).access_version
    rearranging.merge(fresh(topic), into=elbows, by=ines.here(circle))
    now = fresh(elbows)
    assert now.see == "members"
    assert not now.history_shared
    assert now.started_at < timezone.now() - timedelta(days=8)
    assert fresh(circle).access_version > version, "who listens is asked again"


def test_who_could_not_read_one_of_them_reads_no_more_than_before(
    ines, juno, circle, topic, elbows
):
    juno.joins(circle, ines)
    Membership.objects.filter(persona=juno.here(circle)).update(
        history_from=fresh(elbows).started_at
    )
    assert not juno.sees(topic)
    assert juno.sees(elbows)
    rearranging.merge(topic, into=elbows, by=ines.here(circle))
    assert not juno.sees(elbows)


def test_what_a_reader_had_not_read_is_still_new_and_what_they_had_is_not(
    ines, member, circle, topic, elbows
):
    reading.read_up_to(fresh(topic), by=member.here(circle), seq=1)
    reading.read_up_to(fresh(elbows), by=member.here(circle), seq=1)
    ines.replies(topic, "new to moss")
    rearranging.merge(fresh(topic), into=fresh(elbows), by=ines.here(circle))
    assert seen_by(member, elbows) == 2
    assert seen_by(ines, elbows) == 3


def test_a_draft_in_the_old_one_waits_in_the_new_one(ines, member, circle, topic, elbows):
    poll = {"poll_options": "yes\nno"}
    drafting.keep(topic, by=member.here(circle), source="half a", note="moths", poll=poll)
    drafting.keep(elbows, by=member.here(circle), source="thought")
    rearranging.merge(topic, into=elbows, by=ines.here(circle))
    assert Draft.objects.get().source == "half a\n\nthought"
    assert Draft.objects.get().poll == poll
    assert Draft.objects.get().note == "moths"
    assert Draft.objects.get().place == elbows.public_id


def test_two_posts_with_one_key_both_stay(ines, member, circle, topic, elbows):
    member.replies(topic, "one", client_key="k")
    member.replies(elbows, "two", client_key="k")
    rearranging.merge(fresh(topic), into=fresh(elbows), by=ines.here(circle))
    assert len(words(elbows)) == 4


def test_words_that_are_kept_at_the_old_address_wait_in_the_new_topic(
    ines, member, wren, circle, topic, elbows
):
    rearranging.merge(topic, into=elbows, by=ines.here(circle))
    begun = {"source": "half a thought"}
    assert member.browser().post(f"{topic.path}draft/", begun).status_code == 204
    assert Draft.objects.get().place == elbows.public_id
    assert wren.browser().post(f"{topic.path}draft/", begun).status_code == 404


def test_an_answer_sent_to_the_old_address_lands_in_the_new_topic(
    ines, member, circle, topic, elbows
):
    rearranging.merge(topic, into=elbows, by=ines.here(circle))
    said = {"source": "late", "client_key": "k9", "voice": "own"}
    answer = member.browser().post(f"{topic.path}posts/", said)
    assert answer.status_code == 302
    assert Post.objects.get(source="late").conversation_id == elbows.pk
    told = member.browser().get(f"{topic.path}since/?epoch=2&seq=1&rev=0").json()
    assert told["lost"], "and an open page of the old one looks again"


def test_who_followed_or_muted_the_old_one_does_so_with_the_new(
    ines, member, circle, topic, elbows
):
    for who, where, level in (
        (member, topic, "mute"),
        (ines, topic, "mute"),
        (ines, elbows, "all"),
    ):
        TopicLevel.objects.create(persona=who.here(circle), conversation=where, level=level)
    rearranging.merge(topic, into=elbows, by=ines.here(circle))
    chosen = TopicLevel.objects.filter(conversation=elbows)
    assert dict(chosen.values_list("persona", "level")) == {
        member.here(circle).pk: "mute",
        ines.here(circle).pk: "all",
    }


def test_only_hosts_and_only_within_one_community(ines, member, circle, topic, elbows):
    with pytest.raises(Refused):
        rearranging.merge(topic, into=elbows, by=member.here(circle))
    elsewhere = ines.founds(name="Elsewhere")
    with pytest.raises(Refused):
        rearranging.merge(topic, into=ines.starts(elsewhere), by=ines.here(circle))
    with pytest.raises(Refused, match="Choose another topic"):
        rearranging.merge(topic, into=topic, by=ines.here(circle))
    assert len(words(topic)) == 1


# Two of one


def test_a_post_and_its_answers_become_a_topic(ines, member, circle, topic):
    aside = member.replies(topic, "by the way")
    ines.replies(topic, "to the point")
    answer = ines.replies(topic, "oh?", reply_to=aside)
    member.replies(topic, "yes", reply_to=answer)
    new = rearranging.split_answers(lasting(aside), by=ines.here(circle), title="By the way")
    assert words(new) == ["by the way", "oh?", "yes"]
    assert words(topic) == ["Three evenings.", "to the point"]
    assert seqs(new) == [1, 2, 3]
    assert seqs(topic) == [1, 2]
    assert fresh(new).started_by == member.here(circle)


def test_a_post_and_all_that_follows_become_a_topic(ines, member, circle, topic):
    first = member.replies(topic, "two")
    member.replies(topic, "three")
    new = rearranging.split_onward(lasting(first), by=ines.here(circle), title="Two")
    assert (words(topic), words(new)) == (["Three evenings."], ["two", "three"])


def test_a_split_topic_has_the_same_readers(ines, member, juno, circle, topic):
    first = member.replies(topic)
    juno.joins(circle, ines)
    Membership.objects.filter(persona=juno.here(circle)).update(history_from=first.created_at)
    assert not juno.sees(topic)
    new = rearranging.split_onward(lasting(first), by=ines.here(circle), title="Later")
    assert not juno.sees(new), "it began when the old one did"
    assert member.sees(new)


def test_the_voice_of_a_member_stays_without_a_name(ines, member, circle, topic):
    Community.objects.filter(pk=circle.pk).update(anonymous_voice=True)
    said = member.replies(topic, voice=Voice.MEMBER)
    new = rearranging.split_onward(lasting(said), by=ines.here(circle), title="Later")
    row = next(r for r in reads.topics(ines.viewer, circle).rows if r["path"] == new.path)
    assert row["starter"] == {"word": "member", "name": "A member", "seed": None}


def test_the_first_post_stays(ines, circle, topic):
    with pytest.raises(Refused, match="keeps its first post"):
        rearranging.split_onward(
            lasting(topic.posts.get()), by=ines.here(circle), title="All of it"
        )


def test_a_link_into_the_old_topic_finds_a_post_that_went(ines, member, circle, topic):
    said = member.replies(topic)
    new = rearranging.split_onward(lasting(said), by=ines.here(circle), title="Later")
    answer = member.browser().get(f"{topic.path}?at={said.public_id}")
    assert answer["Location"] == f"{new.path}?at={said.public_id}#p-{said.public_id}"


def test_what_waits_stays_behind_the_last_post_that_stayed(ines, member, circle, topic):
    member.replies(topic, "stays")
    goes = member.replies(topic, "goes")
    Community.objects.filter(pk=circle.pk).update(posted_by="approved")
    waits = member.replies(topic, "waits")
    assert waits.after_seq == 3
    rearranging.split_answers(lasting(goes), by=ines.here(circle), title="Gone")
    assert (fresh(waits).conversation_id, fresh(waits).after_seq) == (topic.pk, 2)


def test_what_waits_and_went_meanwhile_takes_no_number_of_the_old_topic(
    ines, member, circle, topic
):
    goes = member.replies(topic, "goes")
    Community.objects.filter(pk=circle.pk).update(posted_by="approved")
    waits = member.replies(topic, "waits")
    opened = Post.objects.select_related("conversation__community", "persona").get(pk=waits.pk)
    new = rearranging.split_onward(lasting(goes), by=ines.here(circle), title="Gone")
    with pytest.raises(Refused):
        posting.publish(opened, by=ines.here(circle))
    posting.publish(lasting(waits), by=ines.here(circle))
    assert words(new) == ["goes", "waits"]
    for each in (topic, new):
        assert seqs(each) == list(range(1, fresh(each).last_seq + 1))


class Rearranging(HypothesisCase):
    """Whatever was said, read, merged and split in between: nothing unread is lost."""

    @settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(
        steps=st.lists(
            st.tuples(
                st.sampled_from(["said", "said", "read", "merge", "onward", "answers"]),
                st.integers(0, 7),
                st.integers(1, 9),
            ),
            max_size=22,
        )
    )
    def test_nothing_unread_is_lost(self, steps):
        ines, moss = Speaker("ines"), Speaker("moss")
        circle = ines.founds()
        moss.joins(circle, ines)
        host, by = ines.here(circle), moss.here(circle)
        topics = [ines.starts(circle) for _ in range(2)]
        unread = set(Post.objects.values_list("pk", flat=True))
        for what, which, number in steps:
            topic = fresh(topics[which % len(topics)])
            if what == "said":
                answered = topic.posts.filter(seq=number).first()
                unread.add(ines.replies(topic, reply_to=answered).pk)
            elif what == "read":
                reading.read_up_to(topic, by=by, seq=number)
                unread -= set(topic.posts.filter(seq__lte=number).values_list("pk", flat=True))
            elif what == "merge" and len(topics) > 1:
                into = topics[(which + 1) % len(topics)]
                rearranging.merge(topic, into=into, by=host)
                topics.remove(topic)
            elif what in ("onward", "answers"):
                post = topic.posts.filter(seq=number, seq__gt=1).first()
                split = {"onward": rearranging.split_onward, "answers": rearranging.split_answers}
                if post:
                    topics.append(split[what](lasting(post), by=host, title="Apart"))
            shown = set()
            for each in map(fresh, topics):
                assert seqs(each) == list(range(1, each.last_seq + 1))
                seen = seen_by(moss, each)
                shown |= set(each.posts.filter(seq__gt=seen).values_list("pk", flat=True))
                assert seen_by(ines, each) <= each.last_seq
            assert unread <= shown
            assert sum(each.posts.count() for each in topics) == Post.objects.count()
