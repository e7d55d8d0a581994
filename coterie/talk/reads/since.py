"""What became different in a conversation since a moment, the same for every reader."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.template.loader import render_to_string

from coterie.communities import rules as communities
from coterie.personas.viewer import NOBODY, Viewer
from coterie.talk.models import Conversation, Post, Voice
from coterie.talk.reads.reader import hidden_ids, hidden_voices, put_away
from coterie.talk.reads.rows import COLUMNS, tell, with_columns

NEW_AT_ONCE = 50
CHANGED_AT_ONCE = 100


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
    found = Post.objects.filter(conversation=conversation)
    posts = with_columns(found, conversation.community_id, tuple(viewer.ids))
    mine = posts.unnumbered_for(viewer).order_by("after_seq", "pk")  # type: ignore[attr-defined]
    rows = list(mine.values(*COLUMNS, "rev", "reply_to_id")[: WAITING_AT_ONCE + 1])
    if len(rows) > WAITING_AT_ONCE:
        return None
    told = tell(rows, viewer, conversation, ())
    return [_piece(*pair) for pair in zip(rows, told, strict=True)]


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
    # The last `now.seq` is the end even if the next post is there by now: it comes next time.
    new, last = _new(conversation, since, now)
    known = Post.objects.filter(conversation=conversation, seq__lte=since.seq)
    changed = known.filter(rev__gt=since.rev, rev__lte=now.rev).order_by("rev", "seq")
    ids = list(changed.values_list("pk", flat=True)[: CHANGED_AT_ONCE + 1])
    if len(ids) > CHANGED_AT_ONCE:
        return Changes([], now, more=False, lost=True)
    found = Post.objects.filter(pk__in=[*ids, *new])
    posts = with_columns(found, conversation.community_id, tuple(viewer.ids))
    met = posts.exclude(hidden_voices(hidden)).exclude(pk__in=put_away(viewer))
    rows = list(met.order_by("seq").values(*COLUMNS, "rev", "reply_to_id"))
    told = tell(rows, viewer, conversation, hidden)
    point = Point(now.epoch, last, now.rev)
    return Changes(
        [_piece(*pair) for pair in zip(rows, told, strict=True)], point, last < now.seq, lost=False
    )


def _new(conversation: Conversation, since: Point, now: Point) -> tuple[list[int], int]:
    """The ids of the next new posts, and the number that they reach."""
    last = min(now.seq, since.seq + NEW_AT_ONCE)
    posts = Post.objects.filter(conversation=conversation, seq__gt=since.seq, seq__lte=last)
    return list(posts.values_list("pk", flat=True)), last


def _piece(row: dict[str, Any], told: dict[str, Any]) -> dict[str, Any]:
    """What a browser is told of one post, and who is in it."""
    return {
        "body": {
            "id": told["public_id"],
            "seq": told["seq"],
            "after": row["after_seq"],
            "html": render_to_string("talk/_post.html", {"post": told}),
        },
        "mine": told["mine"],
        "own": told["own"],
        "about": marks(row["pk"], row["voice"], row["persona_id"]),
        "quotes": marks(row["reply_to_id"], row["reply_to__voice"], row["reply_to__persona_id"]),
    }


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
