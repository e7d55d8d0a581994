"""Two topics become one, or one becomes two; whoever read in them loses nothing."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.db.models import F, Q

from coterie.communities import seating
from coterie.communities.models import Community, SeenBy
from coterie.core.events import announce
from coterie.core.ids import new_token
from coterie.core.verdict import require
from coterie.personas.models import Persona
from coterie.talk import events, rearranging_rules, rules
from coterie.talk.actions import drafting, indexing, numbering, reading, tagging
from coterie.talk.actions.numbering import Track
from coterie.talk.models import Conversation, Draft, Greeting, Post, ReadingPosition, TopicLevel

NARROWEST = (SeenBy.MEMBERS, SeenBy.PARENT, SeenBy.EVERYONE)


@transaction.atomic
def merge(topic: Conversation, *, into: Conversation, by: Persona) -> Conversation:
    """All posts stand in `into`, by time; the address of the other one leads there.

    Whoever could read only one of the two reads no more than before: the narrower of each counts.
    """
    Community.objects.hold(into.community_id)
    topic, into = numbering.hold(topic.pk, into.pk)
    require(rearranging_rules.may_merge(by, topic, into))
    tracks = [Track(topic), Track(into)]
    opening = [track.all[0] for track in tracks]
    _free_keys(topic, into)
    numbered = Post.objects.filter(conversation=topic, seq__isnull=False)
    numbered.update(conversation=into, seq=F("seq") + into.last_seq)
    Post.objects.filter(conversation=topic).update(conversation=into)
    into.last_seq += topic.last_seq
    Conversation.objects.filter(pk=into.pk).update(**_narrower(topic, into))
    numbering.begin_epoch(into)
    numbering.carry(tracks, into)
    numbering.cut_answers(into)
    indexing.drop_titles(Conversation.objects.filter(pk=topic.pk))
    indexing.rehomed(Post.objects.filter(pk__in=opening))
    _leave_behind(topic, into)
    seating.ask_again(into.community_id)
    reading.look_again(into.community_id, into.last_post_at)
    announce(events.Merged(topic.pk, into.pk, by.pk))
    announce(events.Renumbered(topic.pk, topic.epoch + 1))
    announce(events.Renumbered(into.pk, into.epoch))
    return into


def _free_keys(topic: Conversation, into: Conversation) -> None:
    """No post of the one is taken for a retry of one in the other."""
    taken = Post.objects.filter(conversation=into).values("client_key")
    for pk in Post.objects.filter(conversation=topic, client_key__in=taken).values_list("pk"):
        Post.objects.filter(pk=pk[0]).update(client_key=new_token())


def _narrower(topic: Conversation, into: Conversation) -> dict[str, object]:
    return {
        "see": min(topic.see, into.see, key=lambda see: NARROWEST.index(SeenBy(see))),
        "started_at": min(topic.started_at, into.started_at),
        "history_shared": topic.history_shared and into.history_shared,
        "last_rev": max(topic.last_rev, into.last_rev),
    }


def _leave_behind(topic: Conversation, into: Conversation) -> None:
    """An empty place, whose address leads on, and all addresses that led there."""
    ReadingPosition.objects.filter(conversation=topic).delete()
    there = list(TopicLevel.objects.filter(conversation=into).values_list("persona", flat=True))
    levels = TopicLevel.objects.filter(conversation=topic).exclude(persona__in=there)
    levels.update(conversation=into)
    tagging.join(topic, to=into)
    Greeting.objects.filter(hello=topic).update(hello=into)
    Conversation.objects.filter(merged_into=topic).update(merged_into=into)
    Conversation.objects.filter(pk=topic.pk).update(
        merged_into=into, title="", last_seq=0, epoch=F("epoch") + 1, pinned_at=None
    )
    drafts = Draft.objects.filter(place=topic.public_id).select_related("persona")
    for draft in drafts:
        drafting.bring_back(
            into,
            by=draft.persona,
            source=draft.source,
            note=draft.note,
            photos=draft.photos,
            voice=draft.voice,
            reply_to=draft.reply_to,
            poll=draft.poll,
            refusal=draft.refusal,
        )
    drafts.delete()


@transaction.atomic
def split_onward(post: Post, *, by: Persona, title: str) -> Conversation:
    """This post and all that follow it are a topic of their own."""

    def chosen(held: Post) -> Q:
        return Q(seq__gte=held.seq) | Q(seq=None, after_seq__gte=held.seq)

    return _split(post, by, title, chosen)


@transaction.atomic
def split_answers(post: Post, *, by: Persona, title: str) -> Conversation:
    """This post, its answers and theirs are a topic of their own."""
    return _split(post, by, title, _answers)


def _answers(post: Post) -> Q:
    found, last = {post.pk}, {post.pk}
    while last:
        answers = Post.objects.filter(conversation=post.conversation_id, reply_to__in=last)
        last = set(answers.exclude(seq=1).values_list("pk", flat=True)) - found
        found |= last
    return Q(pk__in=found)


def _split(post: Post, by: Persona, title: str, chosen: Callable[[Post], Q]) -> Conversation:
    (topic,) = numbering.hold(post.conversation_id)
    post = Post.objects.select_related("persona").get(pk=post.pk)
    post.conversation = topic
    require(rearranging_rules.may_split(by, post))
    require(rules.can_be_titled(title))
    track = Track(topic)
    new = _beside(topic, post, title)
    Post.objects.filter(chosen(post), conversation=topic).update(conversation=new)
    for each in (new, topic):
        numbering.begin_epoch(each)
        numbering.carry([track], each)
        reading.look_again(each.community_id, each.last_post_at)
        announce(events.Renumbered(each.pk, each.epoch))
    indexing.retitled(new)
    announce(events.Split(topic.pk, new.pk, by.pk))
    return new


def _beside(topic: Conversation, post: Post, title: str) -> Conversation:
    """A topic with the same readers: it counts as begun when the old one was."""
    return Conversation.objects.create(
        community=topic.community,
        circle=topic.circle,
        title=title.strip()[:120],
        see=topic.see,
        history_shared=topic.history_shared,
        started_by=post.persona,
        voice=post.voice,
        started_at=topic.started_at,
        last_post_at=topic.last_post_at,
        last_seq=topic.last_seq,
        last_rev=topic.last_rev,
        slow_seconds=topic.slow_seconds,
        locked_at=topic.locked_at,
        unlisted_at=topic.unlisted_at,
    )
