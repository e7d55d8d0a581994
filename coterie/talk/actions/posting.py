"""Saying something, changing it, taking it back, letting out what waits."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext as _

from coterie.communities.models import Community
from coterie.core import gates
from coterie.core.events import announce
from coterie.core.gates import Hold
from coterie.core.prepared import changing
from coterie.core.verdict import Refused, require
from coterie.media.actions import using
from coterie.personas.models import Persona
from coterie.personas.viewer import Viewer
from coterie.pure.markup import tidy_note
from coterie.talk import reads, rules
from coterie.talk.actions import (
    drafting,
    glimpsing,
    holding,
    indexing,
    marking,
    polling,
    reading,
    wording,
    writing,
)
from coterie.talk.events import (
    Answered,
    Edited,
    HeldBack,
    LetOut,
    Mentioned,
    Posted,
    Retracted,
    Started,
)
from coterie.talk.models import Conversation, Poll, Post, PostState, PostVersion, Said


def start_topic(
    community: Community, said: Said, *, by: Persona, title: str, client_key: str
) -> Conversation:
    """A topic exists, once however often it was sent, and its first post is out or waits."""
    worded, who = wording.worded(said, community), writing.alone(by)
    with transaction.atomic():
        topic, post = writing.topic(community, worded, who=who, title=title, client_key=client_key)
        if post is not None:
            drafting.clear(community, by=by)
            announce(Started(topic.pk))
            let_out(post, who)
    return topic


def reply(
    conversation: Conversation,
    said: Said,
    *,
    by: Persona,
    client_key: str,
    reply_to: Post | None = None,
) -> Post:
    """It is said, once however often it was sent; the retry gets the first answer."""
    worded, who = wording.worded(said, conversation.community), writing.alone(by)
    with transaction.atomic():
        post, is_new = writing.answer(
            conversation, worded, who=who, client_key=client_key, reply_to=reply_to
        )
        if is_new:
            let_out(post, who)
            drafting.clear(conversation, by=by)
    return post


@transaction.atomic
def publish(post: Post, *, by: Persona, as_read: str | None = None) -> None:
    """What waited is out, as the newest post of its conversation.

    With `as_read` only if it says what it said when that was drawn: its author may have changed
    it since a host read it.
    """
    require(rules.may_publish(by, post))
    holding.conversation(post.conversation_id)
    change_state(post, PostState.HELD, PostState.PUBLISHED, held_because="")
    if as_read is not None and as_read != _as_it_is(post):
        raise holding.ChangedMeanwhile
    indexing.drop(post)
    announce(LetOut(post.pk, by.pk))
    _come_out(post)


def _as_it_is(post: Post) -> str:
    """Read once its state is ours: nobody changes it before this transaction ends."""
    now = Post.objects.select_related("conversation").get(pk=post.pk)
    return reads.as_read([now])[now.pk]


def edit(
    post: Post,
    *,
    by: Persona,
    source: str,
    photos: Mapping[str, str] | None = None,
    taken_off: Collection[str] = (),
    note: str | None = None,
    opening: str = "",
) -> None:
    """It says something else; what it said before can be read by all who read it.

    With `photos`, these and no others hang on it, each with what is said of it; of those that
    were `taken_off` nothing is kept, and none goes that is not named so. Of what still waits
    nothing is kept at all: a host lets out the last words and no others. A note that the hosts
    put before it stays, and its author's behind it.
    """
    count = post.photos if photos is None else len(photos)
    new_note = post.note if note is None or post.hosts_note else tidy_note(note)
    words = wording.reworded(post, source, note=new_note, photos=count)
    with transaction.atomic():
        require(rules.may_edit(by, post))
        holding.conversation(post.conversation_id)
        about_photos = [] if photos is None else _rehang(post, by, photos, taken_off)
        if (source, new_note) != (post.source, post.note) or about_photos:
            _change(post, by, words | {"changed_from": opening}, about_photos)


def _change(post: Post, by: Persona, words: Mapping[str, Any], about_photos: list[str]) -> None:
    same = _there(post).filter(state=post.state, source=post.source, html=post.html)
    now = timezone.now()
    before = PostVersion(
        post=post, source=post.source, html=post.html, until=now, about_photos=about_photos
    )
    was_out = post.state == PostState.PUBLISHED
    new = {**words, "edited_at": now if was_out else None}
    for field, value in new.items():
        setattr(post, field, value)
    answer = gates.ask(rules.EDIT_GATE, post, writing.alone(by))
    if isinstance(answer, Hold):
        raise Refused(_(answer.reason))
    if not same.update(**new):
        raise holding.ChangedMeanwhile
    if was_out:
        before.save(force_insert=True)
        glimpsing.renew(post)
    indexing.note(post)
    marking.post(post)
    drafting.clear(post, by=by)
    announce(Edited(post.pk))


def _rehang(
    post: Post, by: Persona, photos: Mapping[str, str], taken_off: Collection[str]
) -> list[str]:
    # The post before its pictures, as whoever takes it back does.
    same = _there(post).filter(state=post.state, source=post.source)
    if not same.update(photos=len(photos)):
        raise holding.ChangedMeanwhile
    place = post.conversation.community
    return using.rehang(
        photos, by=by, community=place, guard=rules.PHOTOS, subject=post.pk, taken_off=taken_off
    )


@transaction.atomic
def retract(post: Post, *, by: Persona) -> None:
    """Its author took it back: an empty tombstone keeps its seq, nothing keeps its words."""
    require(rules.may_retract(by, post))
    take_back(post)


@transaction.atomic(savepoint=False)
def take_back(post: Post) -> None:
    """The rules were asked: an empty tombstone stands."""
    holding.conversation(post.conversation_id)
    asked = post.polled
    empty = dict.fromkeys(("source", "note", "hosts_note", "html", "held_because", "card"), "")
    gone = empty | {"polled": False}
    change_state(post, post.state, PostState.RETRACTED, **gone)
    if asked:
        Poll.objects.filter(post=post).delete()
    post.versions.all().delete()
    post.reactions.all().delete()
    indexing.drop(post)
    marking.post(post)
    announce(Retracted(post.pk))


@transaction.atomic(savepoint=False)
def let_out(post: Post, who: Viewer) -> None:
    """The gates were asked: the saved post is published, or it waits."""
    answer = gates.ask(rules.POST_GATE, post, who)
    if isinstance(answer, Hold):
        post.state, post.held_because = PostState.HELD, answer.reason[:200]
        Post.objects.filter(pk=post.pk).update(state=post.state, held_because=post.held_because)
        indexing.note(post)
        announce(HeldBack(post.pk))
        return
    _come_out(post)


def _come_out(post: Post) -> None:
    answered, started = post.reply_to, post.conversation.started_by_id
    heard = answered.persona_id if answered else started
    # Open pages hear of it before anybody is told in other ways.
    announce(Posted(post.pk))
    # Most words in a room answer nobody, and leave nothing to be told.
    if heard not in (None, post.persona_id):
        announce(Answered(post.pk))
    # Whether somebody is, and who, is looked for once it is out.
    if "@" in post.source:
        announce(Mentioned(post.pk))
    glimpsing.note(post)
    _take_place(post)


def _take_place(post: Post) -> None:
    """The post has the next seq, which is taken last: its lock ends with this transaction."""
    now = timezone.now()
    post.published_at = now
    if post.polled:
        polling.begin(post, now)
    if post.aside_with_id:
        Post.objects.filter(pk=post.pk).update(published_at=now)
        indexing.note(post)
        if post.conversation.aside_with_id:
            later = Greatest("last_post_at", now)
            Conversation.objects.filter(pk=post.conversation_id).update(last_post_at=later)
        return
    seen = reading.seen(post.conversation_id, post.persona)
    post.seq, epoch = next_seq(post.conversation_id, 1, now)
    post.conversation.last_seq = post.seq
    if not _number(post.pk, post.conversation_id, post.seq, now):
        # It went to another topic while we waited for this one: the number is not from there.
        raise holding.ChangedMeanwhile
    if post.persona and seen == post.seq - 1:
        reading.note(post.conversation_id, post.persona, post.seq, epoch)
    indexing.note(post)


@changing
def _number(post_id: int, conversation_id: int, seq: int, at: datetime) -> Any:
    there = Post.objects.filter(pk=post_id, conversation=conversation_id)
    return there, {"seq": seq, "published_at": at}


def next_seq(conversation_id: int, posts: int, at: datetime) -> tuple[int, int]:
    """So many new numbers belong to the caller; the last of them, and of what epoch they are."""
    with connection.cursor() as cursor:
        stamp = connection.ops.adapt_datetimefield_value(at)
        cursor.execute(
            "UPDATE talk_conversation SET last_seq = last_seq + %s, last_post_at = "
            "CASE WHEN last_post_at < %s THEN %s ELSE last_post_at END "
            "WHERE id = %s RETURNING last_seq, epoch",
            [posts, stamp, stamp, conversation_id],
        )
        # All rows: SQLite does not commit while a statement still has some to give.
        ((seq, epoch),) = cursor.fetchall()
        return seq, epoch


@changing
def _turn(post_id: int, conversation_id: int, old: str, new: str) -> Any:
    there = Post.objects.filter(pk=post_id, conversation=conversation_id)
    return there.filter(state=old), {"state": new}


def change_state(post: Post, old: str, new: str, **more: object) -> None:
    """The post went from one state to another, unless somebody else was first."""
    if more:
        turned = _there(post).filter(state=old).update(state=new, **more)
    else:
        turned = _turn(post.pk, post.conversation_id, str(old), str(new))
    if not turned:
        raise holding.ChangedMeanwhile
    post.state = PostState(new)
    for field, value in more.items():
        setattr(post, field, value)


def _there(post: Post) -> QuerySet[Post]:
    """The post, unless it went to another conversation than the one that is held."""
    return Post.objects.filter(pk=post.pk, conversation=post.conversation_id)
