"""The rooms of a community, those with news and the lively ones first."""

from __future__ import annotations

from typing import Any

from coterie.chat.rules import MOST_ROOMS
from coterie.communities.models import Community
from coterie.personas.viewer import Viewer
from coterie.talk.models import Conversation, Kind, path_of
from coterie.talk.reads.faces import face
from coterie.talk.reads.reader import hidden_ids
from coterie.talk.reads.rows import beginning
from coterie.talk.reads.topics import last_posts, unread_counts

COLUMNS = (
    "pk", "public_id", "title", "last_seq", "last_post_at", "locked_at", "circle_id", "seen",
    "community_id",
)  # fmt: skip


def rooms(viewer: Viewer, community: Community) -> list[dict[str, Any]]:
    """Each with its last words and how much is new; the locked ones last."""
    here = Conversation.objects.visible_to(viewer).filter(community=community, kind=Kind.ROOM)
    found = here.with_seen(viewer).order_by("-last_post_at", "-pk")
    rows = list(found.values(*COLUMNS)[:MOST_ROOMS])
    hidden = tuple(sorted(hidden_ids(viewer, community)))
    latest = last_posts(rows, hidden, viewer)
    unread = unread_counts(rows, {(community.pk, who) for who in hidden})
    told = [_room(row, latest.get(row["pk"]), unread[row["pk"]]) for row in rows]
    return sorted(told, key=lambda room: bool(room["locked"]))


def _room(row: dict[str, Any], last: dict[str, Any] | None, unread: int) -> dict[str, Any]:
    return {
        "path": path_of(Kind.ROOM, row["public_id"]),
        "title": row["title"],
        "hosts_only": row["circle_id"] is not None,
        "locked": row["locked_at"] is not None,
        "quiet": not row["last_seq"],
        "last_post_at": row["last_post_at"],
        "last_by": face(last) if last else None,
        "excerpt": beginning(last["beginning"]) if last else "",
        "unread": unread,
    }
