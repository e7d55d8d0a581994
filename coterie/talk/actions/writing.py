"""Words become a post that nobody is told of yet, once however often they are sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import IntegrityError, transaction

from coterie.communities.models import Community
from coterie.core.prepared import insert, prepared
from coterie.core.verdict import require
from coterie.media.actions import using
from coterie.personas.models import Persona
from coterie.personas.viewer import Viewer
from coterie.talk import rules
from coterie.talk.actions import holding, indexing, polling, tagging
from coterie.talk.actions.wording import Worded
from coterie.talk.models import Conversation, Kind, Post, PostState, Said


@transaction.atomic(savepoint=False)
def topic(
    community: Community,
    worded: Worded,
    *,
    who: Viewer,
    title: str,
    client_key: str,
    state: PostState = PostState.PUBLISHED,
    kind: Kind = Kind.TOPIC,
) -> tuple[Conversation, Post | None]:
    """The topic and its first post; no post when the topic was there before."""
    by, said = speaker(who), worded.said
    earlier = _started_before(community, by, client_key)
    if earlier:
        return earlier, None
    require(rules.may_start(who, community, kind))
    require(rules.may_speak_as(who, community, said.voice))
    require(rules.can_be_titled(title))
    started = Conversation(
        community=community,
        kind=kind,
        title=title.strip()[:120],
        see=community.seen_by,
        started_by=by,
        voice=said.voice,
        client_key=client_key,
        aside_with=by if rules.answers_aside(who, community) else None,
    )
    earlier = _first(
        lambda: started.save(force_insert=True),
        lambda: _started_before(community, by, client_key),
    )
    if earlier:
        return earlier, None
    indexing.title(started)
    post = _new_post(started, worded, who=who, client_key=client_key, state=state)
    post.save(force_insert=True)
    _hang(said, post)
    if said.tags:
        tagging.put(started, by=by, words=said.tags)
    return started, post


@transaction.atomic(savepoint=False)
def answer(
    conversation: Conversation,
    worded: Worded,
    *,
    who: Viewer,
    client_key: str,
    reply_to: Post | None = None,
    state: PostState = PostState.PUBLISHED,
) -> tuple[Post, bool]:
    """The post, and whether it was written just now."""
    by, said = speaker(who), worded.said
    earlier = _said_before(conversation, by, client_key)
    if earlier:
        return earlier, False
    if conversation.slow_seconds or said.photos:
        # Of two who were slowed down the second sees what the first said; pictures come behind.
        holding.conversation(conversation.pk)
    require(rules.may_reply_now(who, conversation))
    require(rules.may_speak_as(who, conversation.community, said.voice))
    if reply_to is not None:
        require(rules.may_answer_in(who, reply_to, conversation))
    post = _new_post(
        conversation, worded, who=who, client_key=client_key, state=state, reply_to=reply_to
    )
    earlier = _first(lambda: insert(post), lambda: _said_before(conversation, by, client_key))
    if earlier:
        return earlier, False
    _hang(said, post)
    return post, True


def _first[Row](write: Callable[[], None], find: Callable[[], Row | None]) -> Row | None:
    """What was written first under the same key; None where that is what we `write`."""
    try:
        with transaction.atomic():
            write()
    except IntegrityError:
        earlier = find()
        if earlier is None:
            raise
        return earlier
    return None


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
    worded: Worded,
    *,
    who: Viewer,
    client_key: str,
    state: PostState,
    reply_to: Post | None = None,
) -> Post:
    return Post(
        conversation=conversation,
        persona=who.acting,
        state=state,
        aside_with_id=_aside_with(conversation, who, reply_to),
        after_seq=conversation.last_seq,
        reply_to=reply_to,
        client_key=client_key,
        **worded.columns,
    )


def _hang(said: Said, post: Post) -> None:
    """The pictures, named by public ids, belong to the post in this order, and so does the poll."""
    if said.photos and post.persona:
        using.attach(
            said.photos, by=post.persona, community=post.conversation.community,
            guard=rules.PHOTOS, subject=post.pk,
        )  # fmt: skip
    polling.hang(said.asked, post)


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
