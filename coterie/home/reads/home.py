"""What waits for one person, and where she belongs."""

from typing import Any

from django.db.models import Count, F, Max, Value

from coterie.communities import rules
from coterie.communities.models import Community, JoinRequest
from coterie.communities.models.belonging import Duty
from coterie.communities.rules import seats
from coterie.core.prepared import prepared
from coterie.home.reads import news
from coterie.home.reads.beings import asked
from coterie.home.reads.tiles import places
from coterie.home.reads.wishes import Wish
from coterie.personas.viewer import Viewer
from coterie.safety.models import Case
from coterie.talk.models import Post, PostState
from coterie.talk.reads import unread_by_community


def page(viewer: Viewer, wish: Wish) -> dict[str, Any]:
    """Home: what is new, what waits for me, where I wait, and my communities."""
    newest, more = news.newest(viewer, wish) if not wish.known else ([], False)
    known, after = news.known(viewer, wish) if wish.known else ([], "")
    return {
        "wish": wish,
        "news": newest,
        "more_news": more,
        "known": known,
        "older_path": wish.older_path(after) if after else "",
        "communities": rail(viewer),
        **desk(viewer),
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
    return sum(row["waiting"] for row in desk(viewer)["doors"])


def desk(viewer: Viewer) -> dict[str, list[dict[str, Any]]]:
    """My communities in which somebody waits at the door, something was reported or held back,
    where it happened last first; one query per request, none for who looks after nothing."""
    if "desk" not in viewer.memo:
        viewer.memo["desk"] = _desk(viewer)
    found: dict[str, list[dict[str, Any]]] = viewer.memo["desk"]
    return found


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
    return [row | {"unread": unread.get(pk, 0)} for pk, row in places(viewer).items()]


def _desk(viewer: Viewer) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {"doors": [], "reports": [], "held": []}
    door, talk = _tended(viewer, Duty.DOOR), _tended(viewer, Duty.TALK)
    if not door and not talk:
        return found
    where = places(viewer)
    rows = _waiting(door, talk, tuple(sorted(viewer.ids)) if talk else ())
    for kind, place, count, _last in sorted(rows, key=lambda row: row[3], reverse=True):
        found[kind].append({"waiting": count, **where[place]})
    return found


def _tended(viewer: Viewer, duty: str) -> tuple[int, ...]:
    """The communities in which one of my seats carries this duty."""
    return tuple(sorted(pk for pk, seat in seats(viewer).items() if seat.may(duty)))


@prepared
def _waiting(door: tuple[int, ...], talk: tuple[int, ...], ids: tuple[int, ...]) -> Any:
    """Of what, in which community, how many, since when."""
    asking = JoinRequest.objects.pending().filter(community__in=door)
    cases = Case.objects.open().judged_by(ids).filter(community__in=talk)
    held = Post.objects.filter(state=PostState.HELD, conversation__community__in=talk)
    return _counted("doors", asking, "community_id", "asked_at").union(
        _counted("reports", cases, "community_id", "opened_at"),
        _counted("held", held, "conversation__community_id", "created_at"),
        all=True,
    )


def _counted(kind: str, waiting: Any, place: str, at: str) -> Any:
    rows = waiting.order_by().annotate(kind=Value(kind), place=F(place)).values("kind", "place")
    counted = rows.annotate(waiting=Count("pk"), last=Max(at))
    return counted.values_list("kind", "place", "waiting", "last")
