"""What waits for one person, and where she belongs."""

from typing import Any

from django.db.models import Count, Max

from coterie.communities.models import Community, JoinRequest
from coterie.communities.models.belonging import Duty
from coterie.communities.rules import seats
from coterie.home.reads import news
from coterie.home.reads.beings import PLACE_FIELDS, own_request, place
from coterie.home.reads.tiles import path, privacy
from coterie.personas.viewer import Viewer
from coterie.talk.reads import unread_by_community

FIELDS = ("pk", "public_id", "slug", "name", "hue", "found_by", "seen_by")


def page(viewer: Viewer) -> dict[str, Any]:
    """Home: what is new, what waits for me, where I wait, and my communities."""
    newest, more = news.newest(viewer)
    return {
        "news": newest,
        "more_news": more,
        "communities": rail(viewer),
        "doors": doors(viewer),
        "asked": asked(viewer),
    }


def rail(viewer: Viewer) -> list[dict[str, Any]]:
    """My communities by name, who I am in each and what is unread; once per request."""
    if "rail" not in viewer.memo:
        viewer.memo["rail"] = _rail(viewer)
    found: list[dict[str, Any]] = viewer.memo["rail"]
    return found


def waiting(viewer: Viewer) -> int:
    """How many people wait at my doors."""
    return sum(row["asking"] for row in doors(viewer))


def doors(viewer: Viewer) -> list[dict[str, Any]]:
    """My communities at whose doors somebody waits for me; looked up once per request."""
    if "doors" not in viewer.memo:
        viewer.memo["doors"] = _doors(viewer)
    found: list[dict[str, Any]] = viewer.memo["doors"]
    return found


def asked(viewer: Viewer) -> list[dict[str, Any]]:
    """Doors at which I wait for an answer, and as whom."""
    rows = JoinRequest.objects.pending().filter(persona__in=viewer.ids).order_by("-asked_at", "pk")
    fields = ("public_id", "asked_at", "persona__name", "persona__seed", *PLACE_FIELDS)
    return [row | place(row) | own_request(row) for row in rows.values(*fields)]


def _rail(viewer: Viewer) -> list[dict[str, Any]]:
    mine = seats(viewer)
    if not mine:
        return []
    unread = unread_by_community(viewer)
    rows = Community.objects.filter(pk__in=mine).order_by("name", "pk").values(*FIELDS)
    return [
        {
            "name": row["name"],
            "hue": row["hue"],
            "path": path(row["slug"], row["public_id"]),
            "privacy": privacy(row["found_by"], row["seen_by"]),
            "unread": unread.get(row["pk"], 0),
            "persona": mine[row["pk"]].persona.name,
            "seed": mine[row["pk"]].persona.seed,
        }
        for row in rows
    ]


def _doors(viewer: Viewer) -> list[dict[str, Any]]:
    tended = [pk for pk, seat in seats(viewer).items() if seat.may(Duty.DOOR)]
    if not tended:
        return []
    pending = JoinRequest.objects.pending().filter(community__in=tended)
    counted = pending.values(*PLACE_FIELDS).annotate(asking=Count("pk"), last=Max("asked_at"))
    rows = counted.order_by("-last", "community__name")
    return [{"asking": row["asking"], **place(row)} for row in rows]
