"""What is new for one person, over all her communities and selves."""

from typing import Any

from django.db.models import Count, F, Max

from coterie.communities.models import Community, JoinRequest
from coterie.communities.models.belonging import Duty
from coterie.communities.rules import seats
from coterie.home.reads.beings import PLACE_FIELDS, place
from coterie.home.reads.tiles import path, privacy
from coterie.personas.viewer import Viewer
from coterie.talk.models import Conversation

NEWS = 30


def page(viewer: Viewer) -> dict[str, Any]:
    """Home: what is new, what waits for me, where I wait, and my communities."""
    mine = rail(viewer)
    news = newest(viewer)
    return {
        "news": news[:NEWS],
        "more_news": len(news) > NEWS,
        "fresh": len({row["path"] for row in news}),
        "communities": mine,
        "doors": doors(viewer),
        "asked": asked(viewer),
    }


def rail(viewer: Viewer) -> list[dict[str, Any]]:
    """My communities by name with what is unread; looked up once per request."""
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


def newest(viewer: Viewer) -> list[dict[str, Any]]:
    """Topics with something new to me in my communities, the latest first."""
    rows = _news(viewer).order_by("-last_post_at", "-pk")
    fields = ("public_id", "title", "last_post_at", "started_at", "last_seq", "seen", *PLACE_FIELDS)
    return [_topic(row) for row in rows.values(*fields)[: NEWS + 1]]


def asked(viewer: Viewer) -> list[dict[str, Any]]:
    """Doors at which I wait for an answer, and as whom."""
    rows = JoinRequest.objects.pending().filter(persona__in=viewer.ids).order_by("-asked_at", "pk")
    fields = ("asked_at", "persona__name", "persona__seed", *PLACE_FIELDS)
    return [row | place(row) for row in rows.values(*fields)]


def _rail(viewer: Viewer) -> list[dict[str, Any]]:
    mine = seats(viewer)
    if not mine:
        return []
    fields = ("pk", "public_id", "slug", "name", "hue", "found_by", "seen_by", "depth")
    rows = Community.objects.filter(pk__in=mine).order_by("name", "pk").values(*fields)
    unread = _unread(viewer)
    return [
        {
            "name": row["name"],
            "hue": row["hue"],
            "path": path(row["slug"], row["public_id"]),
            "privacy": privacy(row["found_by"], row["seen_by"]),
            "unread": unread.get(row["pk"], 0),
            "seed": mine[row["pk"]].persona.seed,
            "persona": mine[row["pk"]].persona.name,
        }
        for row in rows
    ]


def _news(viewer: Viewer) -> Any:
    mine = list(seats(viewer))
    readable = Conversation.objects.visible_to(viewer).filter(community__in=mine)
    return readable.with_seen(viewer).filter(last_seq__gt=F("seen"))


def _unread(viewer: Viewer) -> dict[int, int]:
    counted = _news(viewer).values_list("community_id", "last_seq", "seen")
    found: dict[int, int] = {}
    for community, last, seen in counted:
        found[community] = found.get(community, 0) + last - seen
    return found


def _doors(viewer: Viewer) -> list[dict[str, Any]]:
    tended = [pk for pk, seat in seats(viewer).items() if seat.may(Duty.DOOR)]
    if not tended:
        return []
    pending = JoinRequest.objects.pending().filter(community__in=tended)
    counted = pending.values(*PLACE_FIELDS).annotate(asking=Count("pk"), last=Max("asked_at"))
    rows = counted.order_by("-last", "community__name")
    return [{"asking": row["asking"], **place(row)} for row in rows]


def _topic(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "path": f"/t/{row['public_id']}/",
        "title": row["title"],
        "at": row["last_post_at"],
        "new": row["last_seq"] - row["seen"],
        "place": place(row),
    }
