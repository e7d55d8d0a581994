"""What became different in a conversation since a moment, the same for every reader."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple

from django.template.loader import render_to_string

from coterie.communities import rules as communities
from coterie.core.prepared import prepared
from coterie.personas.viewer import NOBODY, Viewer
from coterie.talk import rules
from coterie.talk.models import Conversation, Kind, Post, Voice
from coterie.talk.reads.pages import met
from coterie.talk.reads.reader import hidden_ids, put_away
from coterie.talk.reads.rows import COLUMNS, tell

NEW_AT_ONCE = 50
CHANGED_AT_ONCE = 100
PARTIALS = {Kind.TOPIC.value: "talk/_post.html", Kind.ROOM.value: "talk/_bubble.html"}
"""How a post is drawn in each kind of conversation: the same bytes for every reader."""


class Point(NamedTuple):
    """How far a conversation is known: its numbering, its last post, its last change."""

    epoch: int
    seq: int
    rev: int


class Changes(NamedTuple):
    """The posts to show (again), and how far that brings a reader."""

    rows: list[dict[str, Any]]
    point: Point
    more: bool
    """Further new posts follow; ask again from `point`."""
    lost: bool
    """Too much is different, or all numbers are: look at the whole page again."""


WAITING_AT_ONCE = 50


def waiting(conversation: Conversation, viewer: Viewer) -> list[dict[str, Any]] | None:
    """What only this viewer reads of it, and perhaps its hosts; None when that is too much."""
    if not communities.is_member(viewer, conversation.community_id):
        return []
    hidden = hidden_ids(viewer, conversation.community)
    place, ids = (conversation.pk, conversation.community_id), tuple(sorted(viewer.ids))
    rows = _waiting(*place, ids, tuple(hidden), rules.reads_from(viewer, conversation))
    return None if len(rows) > WAITING_AT_ONCE else _pieces(rows, conversation, viewer, hidden)


def point_of(conversation: Conversation) -> Point:
    return Point(conversation.epoch, conversation.last_seq, conversation.last_rev)


def changes(conversation: Conversation, since: Point, viewer: Viewer = NOBODY) -> Changes:
    """New and changed posts that are out; for a viewer without those whom they do not meet.

    `conversation` is fresh: the posts are read after it, so that nothing is missed.
    """
    now = point_of(conversation)
    if since.epoch != now.epoch or since.seq > now.seq or since.rev > now.rev:
        return Changes([], now, more=False, lost=since != now)
    hidden = hidden_ids(viewer, conversation.community)
    place, ids = (conversation.pk, conversation.community_id), tuple(sorted(viewer.ids))
    of = (*place, ids, tuple(hidden), rules.reads_from(viewer, conversation))
    rows, last = [], min(now.seq, since.seq + NEW_AT_ONCE)
    if now.rev > since.rev:
        rows += _changed(since.rev, now.rev, since.seq, *of)
    if len(rows) > CHANGED_AT_ONCE:
        return Changes([], now, more=False, lost=True)
    # Up to `now.seq` even if the next post is there by now: it comes next time.
    if last > since.seq:
        rows += _new(since.seq, last, *of)
    point = Point(now.epoch, last, now.rev)
    pieces = _pieces(rows, conversation, viewer, hidden)
    return Changes(pieces, point, more=last < now.seq, lost=False)


@prepared
def _new(after: int, last: int, *of: Any) -> Any:
    return told_of(met(*of).filter(seq__gt=after, seq__lte=last).order_by("seq"))


@prepared
def _changed(after: int, last: int, seq: int, *of: Any) -> Any:
    found = met(*of).filter(rev__gt=after, rev__lte=last, seq__lte=seq)
    return told_of(found.order_by("rev", "seq"))[: CHANGED_AT_ONCE + 1]


@prepared
def _waiting(conversation_id: int, community_id: int, ids: tuple[int, ...], *of: Any) -> Any:
    found: Any = met(conversation_id, community_id, ids, *of)
    mine = found.unnumbered_for(ids).order_by("after_seq", "pk")
    return told_of(mine)[: WAITING_AT_ONCE + 1]


def told_of(posts: Any) -> Any:
    return posts.values(*COLUMNS, "reply_to_id")


def _pieces(
    rows: list[dict[str, Any]],
    conversation: Conversation,
    viewer: Viewer,
    hidden: Collection[int],
) -> list[dict[str, Any]]:
    told = tell(rows, viewer, conversation, hidden)
    return [_piece(*pair, conversation.kind) for pair in zip(rows, told, strict=True)]


def _piece(row: dict[str, Any], told: dict[str, Any], kind: str) -> dict[str, Any]:
    """What a browser is told of one post, and who is in it."""
    return {
        "body": {
            "id": told["public_id"],
            "seq": told["seq"],
            "after": row["after_seq"],
            "html": drawn(told, kind),
        },
        "mine": told["mine"],
        "own": told["own"],
        "about": marks(row["pk"], row["voice"], row["persona_id"]),
        "quotes": marks(row["reply_to_id"], row["reply_to__voice"], row["reply_to__persona_id"]),
        "said_at": row["published_at"],
        "quoted_at": row["reply_to__published_at"],
    }


def drawn(told: dict[str, Any], kind: str) -> str:
    """The post as it stands in a conversation of this kind."""
    return render_to_string(PARTIALS[kind], {"post": told})


def marks(post_id: int | None, voice: str | None, persona_id: int | None) -> frozenset[str]:
    """By these a reader may not meet it: the very post, or who is seen to speak in it."""
    post = {f"post:{post_id}"} if post_id else set()
    person = {f"persona:{persona_id}"} if persona_id and voice == Voice.OWN else set()
    return frozenset(post | person)


def away_marks(viewer: Viewer, conversation: Conversation) -> frozenset[str]:
    """All that this reader does not meet here."""
    people = {f"persona:{pk}" for pk in hidden_ids(viewer, conversation.community)}
    here = Post.objects.filter(pk__in=put_away(viewer), conversation=conversation)
    return frozenset(people | {f"post:{pk}" for pk in here.values_list("pk", flat=True)})
