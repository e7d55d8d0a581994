"""What waits for one person, and where she belongs."""

from typing import Any

from django.db.models import Count, F, Max

from coterie.communities import rules
from coterie.communities.models import Community, JoinRequest
from coterie.communities.models.belonging import Duty
from coterie.communities.reads import own_places
from coterie.communities.rules import seats
from coterie.home.reads import news
from coterie.home.reads.beings import PLACE_FIELDS, asked, place
from coterie.home.reads.tiles import path, privacy
from coterie.personas.viewer import Viewer
from coterie.safety.models import Case
from coterie.talk.models import Post, PostState
from coterie.talk.reads import unread_by_community


def page(viewer: Viewer) -> dict[str, Any]:
    """Home: what is new, what waits for me, where I wait, and my communities."""
    newest, more = news.newest(viewer)
    return {
        "news": newest,
        "more_news": more,
        "communities": rail(viewer),
        "doors": doors(viewer),
        "reports": reports(viewer),
        "held": held(viewer),
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
    return sum(row["waiting"] for row in doors(viewer))


def doors(viewer: Viewer) -> list[dict[str, Any]]:
    """My communities at whose doors somebody waits for me; looked up once per request."""
    if "doors" not in viewer.memo:
        viewer.memo["doors"] = _doors(viewer)
    found: list[dict[str, Any]] = viewer.memo["doors"]
    return found


def reports(viewer: Viewer) -> list[dict[str, Any]]:
    """My communities in which something was reported that I may decide about."""
    if not seats(viewer):
        return []
    return _counted(Case.objects.open().judged_by(viewer), "opened_at", "")


def held(viewer: Viewer) -> list[dict[str, Any]]:
    """My communities in which posts wait until somebody like me has looked."""
    tended = _tended(viewer, Duty.TALK)
    if not tended:
        return []
    waiting = Post.objects.filter(state=PostState.HELD, conversation__community__in=tended)
    return _counted(waiting, "created_at", "conversation__")


def parents(viewer: Viewer) -> list[dict[str, Any]]:
    """My communities inside which I may start a micro community."""
    mine = Community.objects.filter(pk__in=[*seats(viewer)]).order_by("name", "pk")
    return [
        {"name": each.name, "hue": each.hue, "privacy": each.privacy, "public_id": each.public_id}
        for each in mine
        if rules.may_found(viewer, each)
    ]


def _rail(viewer: Viewer) -> list[dict[str, Any]]:
    unread = unread_by_community(viewer)
    return [
        {
            "name": row["name"],
            "public_id": row["public_id"],
            "hue": row["hue"],
            "path": path(row["slug"], row["public_id"]),
            "privacy": privacy(row["found_by"], row["seen_by"]),
            "unread": unread.get(row["pk"], 0),
            "persona": row["seat"].persona.name,
            "seed": row["seat"].persona.seed,
        }
        for row in own_places(viewer)
    ]


def _doors(viewer: Viewer) -> list[dict[str, Any]]:
    tended = _tended(viewer, Duty.DOOR)
    if not tended:
        return []
    return _counted(JoinRequest.objects.pending().filter(community__in=tended), "asked_at", "")


def _tended(viewer: Viewer, duty: str) -> list[int]:
    """The communities in which one of my seats carries this duty."""
    return [pk for pk, seat in seats(viewer).items() if seat.may(duty)]


def _counted(waiting: Any, at: str, via: str) -> list[dict[str, Any]]:
    """How many wait in each community, where somebody came last first."""
    fields = {each: F(f"{via}{each}") for each in PLACE_FIELDS} if via else {}
    rows = waiting.order_by().values(*([] if via else PLACE_FIELDS), **fields)
    counted = rows.annotate(waiting=Count("pk"), last=Max(at)).order_by("-last")
    return [{"waiting": row["waiting"], **place(row)} for row in counted]
