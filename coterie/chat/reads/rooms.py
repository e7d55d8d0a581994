"""The rooms of a community, those with news and the lively ones first."""

from __future__ import annotations

from typing import Any

from coterie.chat.rules import MOST_ROOMS
from coterie.communities.models import Community
from coterie.personas.viewer import Viewer
from coterie.talk import rules
from coterie.talk.models import Conversation, Kind, path_of
from coterie.talk.reads.faces import face
from coterie.talk.reads.reader import hidden_ids
from coterie.talk.reads.rows import beginning
from coterie.talk.reads.topics import last_posts, unread_counts

COLUMNS = (
    "pk", "public_id", "title", "last_seq", "last_post_at", "locked_at", "circle_id", "seen",
    "community_id", "see", "started_at", "history_shared",
    "community__seen_by",
)  # fmt: skip


def rooms(viewer: Viewer, community: Community) -> list[dict[str, Any]]:
    """Each with its last words and how much is new; the locked ones last."""
    here = Conversation.objects.visible_to(viewer).filter(community=community, kind=Kind.ROOM)
    found = here.with_seen(viewer).order_by("-last_post_at", "-pk")
    rows = list(found.values(*COLUMNS)[:MOST_ROOMS])
    hidden = tuple(sorted(hidden_ids(viewer, community)))
    for row in rows:
        begun = rules.reads_from(viewer, _as_read(row, community))
        row["quiet"] = not row["last_seq"] or bool(begun and row["last_post_at"] < begun)
    latest = last_posts([row for row in rows if not row["quiet"]], hidden, viewer)
    unread = unread_counts(rows, {(community.pk, who) for who in hidden})
    told = [_room(row, latest.get(row["pk"]), unread[row["pk"]]) for row in rows]
    return sorted(told, key=lambda room: bool(room["locked"]))


def heard_through(community: Community, rooms: list[dict[str, Any]]) -> str:
    """The live topics that tell when this list is another; of what not all read, each its own."""
    own = [f"conversation/{room['public_id']}" for room in rooms if room["apart"]]
    return " ".join(["inbox", f"rooms/{community.public_id}", *own])


def _as_read(row: dict[str, Any], community: Community) -> Conversation:
    """What a rule has to know of it."""
    known = {name: row[name] for name in ("see", "started_at", "history_shared")}
    return Conversation(kind=Kind.ROOM, community=community, **known)


def _room(row: dict[str, Any], last: dict[str, Any] | None, unread: int) -> dict[str, Any]:
    return {
        "path": path_of(Kind.ROOM, row["public_id"]),
        "public_id": row["public_id"],
        "title": row["title"],
        "apart": row["circle_id"] is not None or row["see"] != row["community__seen_by"],
        "hosts_only": row["circle_id"] is not None,
        "locked": row["locked_at"] is not None,
        "quiet": row["quiet"],
        "last_post_at": row["last_post_at"],
        "last_by": face(last) if last else None,
        "excerpt": beginning(last["beginning"]) if last else "",
        "unread": unread,
    }
