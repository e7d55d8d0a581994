"""All the selves of one sign-in and where each is known; for its owner's eyes only."""

from collections import defaultdict
from typing import Any

from coterie.communities.models import JoinRequest, Membership
from coterie.communities.models.community import privacy_of
from coterie.communities.reads import still_known
from coterie.core.prepared import prepared
from coterie.home.reads.tiles import path
from coterie.personas.models import Persona
from coterie.personas.viewer import Viewer

PLACE = ("public_id", "slug", "name", "hue", "found_by", "seen_by")
PLACE_FIELDS = tuple(f"community__{each}" for each in PLACE)
REQUEST = (
    "public_id", "persona_id", "community_id", "known_as", "asked_at", "persona__name",
    "persona__seed",
)  # fmt: skip


def beings(viewer: Viewer) -> list[dict[str, Any]]:
    """Every persona with the communities where it sits or waits."""
    seats = _seats(viewer)
    waits = _by_persona(asked(viewer))
    return [_being(each, seats[each.pk], waits[each.pk]) for each in viewer.personas]


def being(viewer: Viewer, public_id: str) -> dict[str, Any] | None:
    """The one of them with this id, or None."""
    return next((each for each in beings(viewer) if each["public_id"] == public_id), None)


def _being(persona: Persona, seats: list[Any], waits: list[Any]) -> dict[str, Any]:
    return {
        "persona": persona,
        "public_id": persona.public_id,
        "name": persona.name,
        "seed": persona.seed,
        "bio": persona.bio,
        "path": f"/me/{persona.public_id}/",
        "places": seats,
        "waits": waits,
        "is_linked": len(seats) + len(waits) > 1,
        "is_free": not seats and not waits,
    }


def _seats(viewer: Viewer) -> dict[int, list[dict[str, Any]]]:
    rows = Membership.objects.living().of(viewer).order_by("community__name")
    return _by_persona([row | place(row) for row in rows.values("persona_id", *PLACE_FIELDS)])


def _by_persona(rows: list[dict[str, Any]]) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        found[row["persona_id"]].append(row)
    return found


def asked(viewer: Viewer) -> list[dict[str, Any]]:
    """Doors at which I wait for an answer, and as whom; the latest first."""
    rows = _asked(tuple(sorted(viewer.ids)))
    today = still_known(viewer, (row["community_id"] for row in rows)) if rows else set()
    return [row | _door(row, row["community_id"] in today) for row in rows]


@prepared
def _asked(ids: tuple[int, ...]) -> Any:
    mine = JoinRequest.objects.pending().filter(persona__in=ids)
    return mine.order_by("-asked_at", "pk").values(*REQUEST, *PLACE_FIELDS)


def _door(row: dict[str, Any], known: bool) -> dict[str, Any]:
    # The community's own pages may be shut to her; its name of today is then, too.
    then = {"name": row["known_as"], "hue": 1, "privacy": "secret"}
    return (place(row) if known else then) | {"path": f"/join-requests/{row['public_id']}/"}


def place(row: dict[str, Any]) -> dict[str, Any]:
    """The community of a joined row: name, hue, address and stamp."""
    of = {each: row[f"community__{each}"] for each in PLACE}
    return {
        "name": of["name"],
        "hue": of["hue"],
        "path": path(of["slug"], of["public_id"]),
        "privacy": privacy_of(of["found_by"], of["seen_by"]),
    }
