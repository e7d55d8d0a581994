"""Saying something with second thoughts: for seven seconds its author alone sees it."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from coterie.communities.models import Community
from coterie.core import gates
from coterie.core.events import announce
from coterie.core.verdict import require
from coterie.media.actions import using
from coterie.personas.actions import intending
from coterie.personas.models import Persona
from coterie.talk import rules
from coterie.talk.actions import drafting, posting, writing
from coterie.talk.events import SentBack, Started
from coterie.talk.models import SENDING, Conversation, Kind, Post, PostState, Voice


@transaction.atomic
def start_topic(
    community: Community,
    *,
    by: Persona,
    title: str,
    source: str,
    voice: str = Voice.OWN,
    client_key: str,
    photos: Sequence[str] = (),
) -> Conversation:
    """The topic is written, once however often it was sent, and goes out in seven seconds."""
    topic, post = writing.topic(
        community, by=by, title=title, source=source, voice=voice, client_key=client_key,
        photos=photos, state=PostState.SCHEDULED,
    )  # fmt: skip
    if post is not None:
        _schedule(post, by)
    return topic


@transaction.atomic
def reply(
    conversation: Conversation,
    *,
    by: Persona,
    source: str,
    client_key: str,
    voice: str = Voice.OWN,
    reply_to: Post | None = None,
    photos: Sequence[str] = (),
) -> Post:
    """The answer is written, once however often it was sent, and goes out in seven seconds."""
    post, is_new = writing.answer(
        conversation, by=by, source=source, client_key=client_key, voice=voice,
        reply_to=reply_to, photos=photos, state=PostState.SCHEDULED,
    )  # fmt: skip
    if is_new:
        _schedule(post, by)
    return post


@transaction.atomic
def send(post: Post, *, by: Persona) -> None:
    """It is out, or waits for a host: as rules and gates have it by now."""
    who, conversation = writing.alone(by), post.conversation
    opens = _opens(post)
    place = conversation.community
    require(rules.may_start(who, place) if opens else rules.may_reply(who, conversation))
    require(rules.may_speak_as(who, place, post.voice))
    posting.change_state(post, PostState.SCHEDULED, PostState.PUBLISHED)
    if opens:
        announce(Started(conversation.pk))
    posting.let_out(post)
    if post.seq:
        # What its author is yet to say stands behind it.
        later = conversation.posts.filter(persona=by, state=PostState.SCHEDULED)
        later.update(after_seq=post.seq)


@transaction.atomic
def undo(post: Post, *, by: Persona) -> None:
    """It was never there; its words wait in the composer again."""
    require(rules.may_undo(by, post))
    if not intending.drop(SENDING, subject=post.pk, by=by):
        raise posting.ChangedMeanwhile
    _bring_back(post, by)


@transaction.atomic
def send_back(post: Post, *, by: Persona, because: str) -> None:
    """It did not go out; its words wait in the composer, with the reason."""
    announce(SentBack(_bring_back(post, by, refusal=because)))


@transaction.atomic
def forget(persona_id: int, *, community_id: int) -> None:
    """What this persona was about to say in this community is never said."""
    unsent = Post.objects.filter(persona=persona_id, state=PostState.SCHEDULED)
    here = unsent.filter(conversation__community=community_id)
    begun = set(here.values_list("conversation", flat=True))
    using.let_go(rules.PHOTOS, here.filter(photos__gt=0).values("pk"))
    here.delete()
    Conversation.objects.filter(pk__in=begun, kind=Kind.TOPIC, posts=None).delete()


def _schedule(post: Post, by: Persona) -> None:
    # Whoever refuses it says so while the words still stand in the box; what a gate holds
    # is held when it goes out.
    gates.ask(rules.POST_GATE, post)
    intending.intend(SENDING, post.pk, by=by)


def _opens(post: Post) -> bool:
    """Whether it is the first post of what it started."""
    conversation = post.conversation
    started = conversation.started_by_id == post.persona_id
    return started and conversation.client_key == post.client_key


def _bring_back(post: Post, by: Persona, refusal: str = "") -> int:
    conversation = post.conversation
    waiting = conversation.posts.filter(persona=by, state=PostState.SCHEDULED).order_by("pk")
    opens = _opens(post)
    # What was said in a topic that never was comes back with it.
    lost = list(waiting if opens else waiting.filter(pk=post.pk))
    draft = drafting.bring_back(
        conversation.community if opens else conversation,
        by=by,
        title=conversation.title if opens else "",
        source="\n\n".join(each.source for each in lost),
        voice=post.voice,
        reply_to=post.reply_to,
        photos=[name for each in lost for name in using.detach(rules.PHOTOS, each.pk)],
        refusal=refusal,
    )
    for each in lost:
        intending.drop(SENDING, subject=each.pk, by=by)
    if not waiting.filter(pk__in=[each.pk for each in lost]).delete()[0]:
        raise posting.ChangedMeanwhile
    if opens:
        Conversation.objects.filter(pk=conversation.pk, posts=None).delete()
    return draft
