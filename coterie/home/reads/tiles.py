"""A community as a patch of a quilt: what anybody who may find it may know."""

from datetime import timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from coterie.communities.models import Community, JoinedBy, SeenBy
from coterie.communities.models.community import cover_path, privacy_of
from coterie.communities.reads import own_places
from coterie.personas.viewer import Viewer

FIELDS = (
    "pk",
    "public_id",
    "slug",
    "name",
    "purpose",
    "hue",
    "cover",
    "cover_at",
    "found_by",
    "seen_by",
    "joined_by",
    "size",
    "created_at",
    "moved",
)
WEEK = timedelta(days=7)
YOUNG = timedelta(days=21)

PACES: tuple[tuple[int, str | Promise], ...] = (
    (20, _("Lively most days")),
    (7, _("Something new every day")),
    (2, _("Something new most weeks")),
    (1, _("Slow and steady")),
)
"""Conversations that moved within a week, and the words for so many: never the number."""

JOINING: dict[str, str | Promise] = {
    JoinedBy.OPEN: _("Open to all"),
    JoinedBy.PARENT: _("For members of its parent"),
    JoinedBy.REQUEST: _("By request"),
    JoinedBy.INVITATION: _("By invitation"),
}


def on_the_map() -> QuerySet[Community]:
    """What strangers are shown."""
    return Community.objects.on_the_map()


def tiles(which: QuerySet[Community], most: int, *order: str) -> list[dict[str, Any]]:
    """At most so many of these communities, as the templates want them."""
    lately = Count(
        "conversations",
        filter=Q(
            conversations__see=SeenBy.EVERYONE,
            conversations__circle=None,
            conversations__last_seq__gt=0,
            conversations__last_post_at__gte=timezone.now() - WEEK,
        ),
    )
    rows = which.annotate(moved=lately).order_by(*order).values(*FIELDS)
    return [_tile(row) for row in rows[:most]]


def path(slug: str | None, public_id: str) -> str:
    """The address of a row, as `Community.path` says it of an instance."""
    return f"/c/{slug or public_id}/"


def places(viewer: Viewer) -> dict[int, dict[str, Any]]:
    """My communities by name, who I am in each; no query beyond that of the seats."""
    return {
        row["pk"]: {
            "name": row["name"],
            "public_id": row["public_id"],
            "hue": row["hue"],
            "path": path(row["slug"], row["public_id"]),
            "privacy": privacy_of(row["found_by"], row["seen_by"]),
            "persona": row["seat"].persona.name,
            "seed": row["seat"].persona.seed,
        }
        for row in own_places(viewer)
    }


def _tile(row: dict[str, Any]) -> dict[str, Any]:
    rank, pace = _pace(row["moved"], row["created_at"])
    return row | {
        "path": path(row["slug"], row["public_id"]),
        "privacy": privacy_of(row["found_by"], row["seen_by"]),
        "cover_path": cover_path(row["cover"], 320),
        "joining": JOINING[row["joined_by"]],
        "rank": rank,
        "pace": pace if row["seen_by"] == SeenBy.EVERYONE else "",
    }


def _pace(moved: int, created_at: Any) -> tuple[int, str | Promise]:
    for rank, (least, words) in enumerate(PACES):
        if moved >= least:
            return rank, words
    if created_at > timezone.now() - YOUNG:
        return len(PACES), _("Recently planted")
    return len(PACES) + 1, _("Quiet just now")
