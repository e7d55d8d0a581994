"""The liveliest rooms, for the community's home."""

from __future__ import annotations

from typing import Any

from coterie.communities.models import Community
from coterie.core.prepared import prepared
from coterie.personas.viewer import Viewer
from coterie.talk.models import Kind, path_of
from coterie.talk.reads.here import Standing, readable, standing, with_seen
from coterie.talk.reads.reader import hidden_ids
from coterie.talk.reads.topics import unread_counts

MOST = 4
COLUMNS = ("pk", "public_id", "community_id", "title", "circle_id", "last_seq", "seen")


def lively(viewer: Viewer, community: Community) -> list[dict[str, Any]]:
    """Those where it was spoken last, by name, and how much is new; none where there is no chat."""
    if not community.chat:
        return []
    rows = list(_lively(*standing(viewer, community.pk, community.parent_id)))
    unread = unread_counts(rows, {(community.pk, who) for who in hidden_ids(viewer, community)})
    return [
        {
            "path": path_of(Kind.ROOM, row["public_id"]),
            "title": row["title"],
            "hosts_only": row["circle_id"] is not None,
            "unread": unread[row["pk"]],
        }
        for row in rows
    ]


@prepared
def _lively(*at: Any) -> Any:
    place = Standing(*at)
    open_ones = readable(place).filter(
        kind="room", locked_at=None, archived_at=None, unlisted_at=None
    )
    ordered = open_ones.order_by("-last_post_at", "-pk")
    return with_seen(ordered, place).values(*COLUMNS)[:MOST]
