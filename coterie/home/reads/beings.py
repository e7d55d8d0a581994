"""All the selves of one sign-in and where each is known; for its owner's eyes only."""

from collections import defaultdict
from typing import Any

from coterie.communities.models import JoinRequest, Membership
from coterie.home.reads.tiles import path, privacy
from coterie.personas.models import Persona
from coterie.personas.viewer import Viewer

PLACE = ("public_id", "slug", "name", "hue", "found_by", "seen_by")
PLACE_FIELDS = tuple(f"community__{each}" for each in PLACE)


def beings(viewer: Viewer) -> list[dict[str, Any]]:
    """Every persona with the communities where it sits or waits."""
    seats = _places(Membership.objects.living().of(viewer).order_by("community__name"))
    waits = _places(JoinRequest.objects.pending().filter(persona__in=viewer.ids), own_request)
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


def _places(rows: Any, more: Any = lambda row: {}) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows.values("public_id", "persona_id", *PLACE_FIELDS):
        found[row["persona_id"]].append(place(row) | more(row))
    return found


def own_request(row: dict[str, Any]) -> dict[str, str]:
    """Where the asker follows a request: the community's own pages may be shut to her."""
    return {"path": f"/join-requests/{row['public_id']}/"}


def place(row: dict[str, Any]) -> dict[str, Any]:
    """The community of a joined row: name, hue, address and stamp."""
    of = {each: row[f"community__{each}"] for each in PLACE}
    return {
        "name": of["name"],
        "hue": of["hue"],
        "path": path(of["slug"], of["public_id"]),
        "privacy": privacy(of["found_by"], of["seen_by"]),
    }
