"""Words become a post that nobody is told of yet, once however often they are sent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from coterie.communities.models import Community
from coterie.core.prepared import insert, prepared
from coterie.core.verdict import require
from coterie.media.actions import using
from coterie.personas.models import Persona
from coterie.personas.viewer import Viewer
from coterie.pure.markup import tidy_note
from coterie.talk import poll_rules, rules
from coterie.talk.actions import indexing, polling, tagging, wording
from coterie.talk.models import Asked, Conversation, Kind, Post, PostState


@transaction.atomic(savepoint=False)
def topic(
    community: Community,
    *,
    who: Viewer,
    title: str,
    source: str,
    voice: str,
    client_key: str,
    photos: Sequence[str] = (),
    tags: Sequence[str] = (),
    note: str = "",
    asked: Asked | None = None,
    state: PostState = PostState.PUBLISHED,
    kind: Kind = Kind.TOPIC,
) -> tuple[Conversation, Post | None]:
    """The topic and its first post; no post when the topic was there before."""
    by = speaker(who)
    earlier = _started_before(community, by, client_key)
    if earlier:
        return earlier, None
    require(rules.may_start(who, community, kind))
    require(rules.may_speak_as(who, community, voice))
    require(rules.can_be_said(source, len(photos)))
    require(poll_rules.can_be_asked(asked))
    started = Conversation(
        community=community,
        kind=kind,
        title=title.strip()[:120],
        see=community.seen_by,
        started_by=by,
        voice=voice,
        client_key=client_key,
        aside_with=by if rules.answers_aside(who, community) else None,
    )
    try:
        with transaction.atomic():
            started.save(force_insert=True)
    except IntegrityError:
        earlier = _started_before(community, by, client_key)
        if earlier is None:
            raise
        return earlier, None
    indexing.title(started)
    post = _new_post(
        started, who=who, source=source, note=note, voice=voice, client_key=client_key,
        state=state,
    )  # fmt: skip
    post.photos, post.polled = len(photos), asked is not None
    post.save(force_insert=True)
    _hang(photos, post)
    if tags:
        tagging.put(started, by=by, words=tags)
    polling.hang(asked, post)
    return started, post


@transaction.atomic(savepoint=False)
def answer(
    conversation: Conversation,
    *,
    who: Viewer,
    source: str,
    client_key: str,
    voice: str,
    reply_to: Post | None = None,
    photos: Sequence[str] = (),
    note: str = "",
    asked: Asked | None = None,
    state: PostState = PostState.PUBLISHED,
) -> tuple[Post, bool]:
    """The post, and whether it was written just now."""
    by = speaker(who)
    earlier = _said_before(conversation, by, client_key)
    if earlier:
        return earlier, False
    if conversation.slow_seconds:
        _hold(conversation)
    require(rules.may_reply_now(who, conversation))
    require(rules.may_speak_as(who, conversation.community, voice))
    require(rules.can_be_said(source, len(photos)))
    require(poll_rules.can_be_asked(asked))
    if reply_to is not None:
        require(rules.may_answer_in(who, reply_to, conversation))
    post = _new_post(
        conversation, who=who, source=source, note=note, voice=voice, client_key=client_key,
        reply_to=reply_to, state=state,
    )  # fmt: skip
    post.photos, post.polled = len(photos), asked is not None
    try:
        with transaction.atomic():
            insert(post)
    except IntegrityError:
        earlier = _said_before(conversation, by, client_key)
        if earlier is None:
            raise
        return earlier, False
    _hang(photos, post)
    polling.hang(asked, post)
    return post, True


def _hold(conversation: Conversation) -> None:
    """Whoever else says something there waits until we commit, and then sees that we did."""
    held = Conversation.objects.filter(pk=conversation.pk)
    held.update(slow_seconds=F("slow_seconds"))


def alone(persona: Persona) -> Viewer:
    """This persona and nobody else, with a memory that lasts for one action."""
    return Viewer((persona,), persona)


def speaker(who: Viewer) -> Persona:
    """The persona that acts."""
    if who.acting is None:
        raise TypeError("nobody speaks")
    return who.acting


def _new_post(
    conversation: Conversation,
    *,
    who: Viewer,
    source: str,
    note: str,
    voice: str,
    client_key: str,
    state: PostState,
    reply_to: Post | None = None,
) -> Post:
    post = Post(
        conversation=conversation,
        persona=who.acting,
        voice=voice,
        state=state,
        aside_with_id=_aside_with(conversation, who, reply_to),
        after_seq=conversation.last_seq,
        reply_to=reply_to,
        client_key=client_key,
        source=source,
        note=tidy_note(note),
    )
    wording.show(post)
    return post


def _hang(photos: Sequence[str], post: Post) -> None:
    """The pictures, named by public ids, belong to the post in this order."""
    if photos and post.persona:
        place = post.conversation.community
        using.attach(photos, by=post.persona, community=place, guard=rules.PHOTOS, subject=post.pk)


def _aside_with(conversation: Conversation, who: Viewer, reply_to: Post | None) -> int | None:
    """The member it stays between, with the hosts; what began aside never becomes public."""
    if conversation.aside_with_id or (reply_to and reply_to.aside_with_id):
        return conversation.aside_with_id or reply_to.aside_with_id  # type: ignore[union-attr]
    return speaker(who).pk if rules.answers_aside(who, conversation.community) else None


def _started_before(community: Community, by: Persona, client_key: str) -> Conversation | None:
    return Conversation.objects.filter(
        community=community, started_by=by, client_key=client_key
    ).first()


def _said_before(conversation: Conversation, by: Persona, client_key: str) -> Post | None:
    return next(iter(_said(conversation.pk, by.pk, client_key)), None)


@prepared
def _said(conversation: int, by: int, client_key: str) -> Any:
    said = Post.objects.filter(conversation=conversation, persona=by, client_key=client_key)
    return said.select_related("conversation")
