"""One topic: a page of its posts around a place, and whoever speaks in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Min

from coterie.communities import rules as communities
from coterie.core.prepared import prepared
from coterie.personas.viewer import Viewer
from coterie.talk import rules
from coterie.talk.models import Conversation, Post, PostState, Voice
from coterie.talk.reads.faces import FIELDS, face
from coterie.talk.reads.pages import (
    THE_END,
    THE_START,
    Place,
    Shown,
    backwards,
    find_place,
    forwards,
)
from coterie.talk.reads.reader import hidden_ids
from coterie.talk.reads.rows import COLUMNS, tell, with_columns

ABOVE = 4
"""How many posts are shown above where somebody left off."""
AROUND = 20
"""How many stand before, and after, the one that a link names."""
LATELY = 300
PEOPLE = 8


@dataclass(frozen=True)
class TopicPage:
    """Posts in their order, the posts to page on from, and where the news begins."""

    posts: list[dict[str, Any]]
    before: str
    after: str
    last_seq: int
    """The highest seq on this page."""
    first_new: str
    """The public id of the first new post on this page, if anything was read before."""


def topic(
    viewer: Viewer,
    conversation: Conversation,
    *,
    before: str = "",
    after: str = "",
    at: str = "",
    whole: bool = False,
) -> TopicPage:
    """A page of posts: before, after or around one of them, else where the reader left off.

    `before`, `after` and `at` are public ids; `whole` begins with the first post.
    `conversation` comes from `with_seen`.
    """
    hidden = hidden_ids(viewer, conversation.community)
    shown = shown_to(viewer, conversation, hidden)
    place = find_place(shown, before or after or at) if before or after or at else None
    rows, back, on = _window(shown, conversation, place, before, at, whole)
    seen: int = conversation.seen  # type: ignore[attr-defined]
    news = next((row["public_id"] for row in rows if row["seq"] and row["seq"] > seen), "")
    return TopicPage(
        posts=tell(rows, viewer, conversation, hidden),
        before=rows[0]["public_id"] if rows and back else "",
        after=rows[-1]["public_id"] if rows and on else "",
        last_seq=max((row["seq"] or 0 for row in rows), default=0),
        first_new=news if seen else "",
    )


def shown_to(viewer: Viewer, conversation: Conversation, hidden: Any) -> Shown:
    """What this reader meets of a conversation, to be cut into pages."""
    member = communities.is_member(viewer, conversation.community_id)
    return Shown(
        conversation.pk,
        conversation.community_id,
        tuple(sorted(viewer.ids)),
        tuple(sorted(hidden)),
        unnumbered=member and getattr(conversation, "without_seq", True),
        since=rules.reads_from(viewer, conversation),
    )


def _window(
    shown: Shown, conversation: Conversation, place: Place | None, before: str, at: str, whole: bool
) -> tuple[list[dict[str, Any]], bool, bool]:
    """Rows, whether some come before, whether more follow."""
    if place and before:
        rows, back = backwards(shown, place)
        return rows, back, True
    if place and at:
        return _around(shown, place, at)
    if place:
        rows, on = forwards(shown, place)
        return rows, True, on
    return _where_left_off(shown, conversation, whole)


def _around(shown: Shown, place: Place, at: str) -> tuple[list[dict[str, Any]], bool, bool]:
    start = (place[0] - AROUND - 1, 0, 0)
    rows, on = forwards(shown, start if start[0] > 0 else THE_START, far=True)
    if not any(row["public_id"] == at for row in rows):
        # Many posts without seq stand between: begin with the very one.
        rows, on = forwards(shown, (place[0] - 1 + place[1], place[1], place[2] - 1))
    return rows, start[0] > 0, on


def _where_left_off(
    shown: Shown, conversation: Conversation, whole: bool
) -> tuple[list[dict[str, Any]], bool, bool]:
    seen: int = conversation.seen  # type: ignore[attr-defined]
    if not whole and seen and seen >= conversation.last_seq:
        rows, back = backwards(shown, THE_END)
        return rows, back, False
    start = seen - ABOVE
    if whole or start <= 0:
        rows, on = forwards(shown, THE_START)
        return rows, False, on
    rows, on = forwards(shown, (start, 1, 0))
    return rows, True, on


def one_post(viewer: Viewer, post: Post) -> dict[str, Any]:
    """The row of one post that this reader may read."""
    conversation = post.conversation
    hidden = hidden_ids(viewer, conversation.community)
    rows = _one(post.pk, conversation.community_id, tuple(sorted(viewer.ids)))
    return tell(rows, viewer, conversation, hidden)[0]


@prepared
def _one(pk: int, community_id: int, ids: tuple[int, ...]) -> Any:
    return with_columns(Post.objects.filter(pk=pk), community_id, ids).values(*COLUMNS)


def speakers(page: TopicPage) -> list[dict[str, Any]]:
    """Who speaks on this page under their own name, in the order in which they first do."""
    said = [post for post in page.posts if post["state"] == PostState.PUBLISHED]
    faces = [post["face"] for post in said if not post["face"]["word"]]
    return list({(each["name"], each["seed"]): each for each in faces}.values())[:PEOPLE]


def people(viewer: Viewer, conversation: Conversation) -> list[dict[str, Any]]:
    """Who spoke lately under their own name: nobody whose voice was another."""
    hidden = hidden_ids(viewer, conversation.community)
    lately, since = max(conversation.last_seq - LATELY, 0), rules.reads_from(viewer, conversation)
    return [face(row) for row in _spoken(conversation.pk, lately, tuple(sorted(hidden)), since)]


@prepared
def _spoken(
    conversation_id: int, lately: int, hidden: tuple[int, ...], since: datetime | None
) -> Any:
    spoken = (
        Post.objects.said_since(since)
        .filter(
            conversation=conversation_id,
            seq__gt=lately,
            voice=Voice.OWN,
            state=PostState.PUBLISHED,
            persona__isnull=False,
            persona__gone=False,
        )
        .exclude(persona__in=hidden)
    )
    return spoken.values(*FIELDS).annotate(first=Min("seq")).order_by("first")[:PEOPLE]
