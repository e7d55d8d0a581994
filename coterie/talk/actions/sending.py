"""Saying something with second thoughts: for seven seconds its author alone sees it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from coterie.communities.models import Community
from coterie.core import gates
from coterie.core.events import announce
from coterie.core.prepared import changing
from coterie.core.verdict import YES, Verdict, require
from coterie.media.actions import using
from coterie.personas.actions import intending
from coterie.personas.models import Persona
from coterie.personas.viewer import Viewer
from coterie.talk import rules
from coterie.talk.actions import drafting, holding, indexing, posting, wording, writing
from coterie.talk.events import SentBack, Started
from coterie.talk.models import SENDING, Conversation, Kind, Poll, Post, PostState, Said


def start_topic(
    community: Community, said: Said, *, by: Persona, title: str, client_key: str
) -> Conversation:
    """The topic is written, once however often it was sent, and goes out in seven seconds."""
    worded, who = wording.worded(said, community), writing.alone(by)
    with transaction.atomic():
        topic, post = writing.topic(
            community, worded, who=who, title=title, client_key=client_key,
            state=PostState.SCHEDULED,
        )  # fmt: skip
        if post is not None:
            drafting.clear(community, by=by)
            schedule(post, who)
    return topic


def reply(
    conversation: Conversation,
    said: Said,
    *,
    by: Persona,
    client_key: str,
    reply_to: Post | None = None,
) -> Post:
    """The answer is written, once however often it was sent, and goes out in seven seconds."""
    worded, who = wording.worded(said, conversation.community), writing.alone(by)
    with transaction.atomic():
        post, is_new = writing.answer(
            conversation, worded, who=who, client_key=client_key, reply_to=reply_to,
            state=PostState.SCHEDULED,
        )  # fmt: skip
        if is_new:
            schedule(post, who)
            drafting.clear(conversation, by=by)
    return post


@transaction.atomic
def send(post: Post, *, by: Persona) -> None:
    """It is out, or waits for a host: as rules and gates have it by now."""
    who, conversation = writing.alone(by), post.conversation
    opens = _opens(post)
    place = conversation.community
    require(rules.may_start(who, place) if opens else rules.may_reply(who, conversation))
    require(rules.may_speak_as(who, place, post.voice))
    require(_still_answers(who, post))
    holding.conversation(conversation.pk)
    posting.change_state(post, PostState.SCHEDULED, PostState.PUBLISHED)
    if opens:
        announce(Started(conversation.pk))
    posting.let_out(post, who)
    if post.seq:
        _stand_behind(conversation.pk, by.pk, post.seq)


@transaction.atomic
def undo(post: Post, *, by: Persona) -> None:
    """It was never there; its words wait in the composer again."""
    require(rules.may_undo(by, post))
    if not intending.drop(SENDING, subject=post.pk, by=by):
        raise holding.ChangedMeanwhile
    _bring_back(post, by)


@transaction.atomic
def send_back(post: Post, *, by: Persona, because: str) -> None:
    """It did not go out; its words wait in the composer, with the reason."""
    announce(SentBack(_bring_back(post, by, refusal=because)))


@transaction.atomic
def forget(persona_id: int, *, community_id: int) -> None:
    """What this persona was about to say in this community is never said."""
    holding.of_persona(persona_id, community=community_id)
    unsent = Post.objects.filter(persona=persona_id, state=PostState.SCHEDULED)
    here = unsent.filter(conversation__community=community_id)
    begun = set(here.values_list("conversation", flat=True))
    using.let_go(rules.PHOTOS, here.filter(photos__gt=0).values("pk"))
    here.delete()
    _clear(Conversation.objects.filter(pk__in=begun, kind=Kind.TOPIC, posts=None))


@changing
def _stand_behind(conversation_id: int, by: int, seq: int) -> Any:
    """What its author is yet to say here."""
    posts = Post.objects.filter(conversation=conversation_id, persona=by)
    return posts.filter(state=PostState.SCHEDULED, seq=None), {"after_seq": seq}


def schedule(post: Post, who: Viewer) -> None:
    """What was written just now goes out in seven seconds."""
    # Whoever refuses it says so while the words still stand in the box; what a gate holds
    # is held when it goes out.
    gates.ask(rules.POST_GATE, post, who)
    intending.intend_first(SENDING, post.pk, by=writing.speaker(who))


def _still_answers(who: Viewer, post: Post) -> Verdict:
    """It answers nothing, or what can be answered by now; why not, no sentence betrays."""
    answered = post.reply_to
    if answered is None:
        return YES
    if answered.conversation_id == post.conversation_id:
        answered.conversation = post.conversation
    if rules.may_answer_in(who, answered, post.conversation):
        return YES
    return Verdict(_("What you answered is not there any more. Your words are kept for you."))


def _opens(post: Post) -> bool:
    """Whether it is the first post of what it started."""
    conversation = post.conversation
    started = conversation.started_by_id == post.persona_id
    return started and conversation.client_key == post.client_key


def _polled(posts: Sequence[Post]) -> dict[str, str]:
    """The first poll on these posts, as a draft keeps it."""
    poll = Poll.objects.filter(post__in=posts).order_by("pk").first() if posts else None
    return poll.asked.written() if poll else {}


def _bring_back(post: Post, by: Persona, refusal: str = "") -> int:
    conversation = post.conversation
    waiting = conversation.posts.filter(persona=by, state=PostState.SCHEDULED).order_by("pk")
    opens = _opens(post)
    # What was said in a topic that never was comes back with it.
    lost = list(waiting if opens else waiting.filter(pk=post.pk))
    for each in lost:
        intending.drop(SENDING, subject=each.pk, by=by)
    holding.conversation(conversation.pk)
    draft = drafting.bring_back(
        conversation.community if opens else conversation,
        by=by,
        title=conversation.title if opens else "",
        tags=conversation.tagged if opens else [],
        source="\n\n".join(each.source for each in lost),
        note=next((each.note for each in lost if each.note), ""),
        voice=post.voice,
        # What cannot be answered any more would only bring the words back once more.
        reply_to=post.reply_to if _still_answers(writing.alone(by), post) else None,
        photos=[name for each in lost for name in using.detach(rules.PHOTOS, each.pk)],
        poll=_polled(lost),
        refusal=refusal,
    )
    if not waiting.filter(pk__in=[each.pk for each in lost]).delete()[0]:
        raise holding.ChangedMeanwhile
    if opens:
        _clear(Conversation.objects.filter(pk=conversation.pk, posts=None))
    return draft


def _clear(never_begun: QuerySet[Conversation]) -> None:
    indexing.drop_titles(never_begun)
    never_begun.delete()
