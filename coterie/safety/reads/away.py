"""Whom a member keeps away here."""

from __future__ import annotations

from typing import Any

from coterie.communities.models import Block, Membership, Mute


def kept_away(place: Membership) -> dict[str, list[dict[str, Any]]]:
    """The blocked and the muted, by the name under which they were met."""
    here = {"community": place.community_id, "nullifier": place.nullifier}
    blocks = Block.objects.filter(**{f"blocker__{name}": value for name, value in here.items()})
    mutes = Mute.objects.filter(**{f"muter__{name}": value for name, value in here.items()})
    return {
        "blocked": [_person(row, "blocked") for row in _rows(blocks, "blocked")],
        "muted": [_person(row, "muted") for row in _rows(mutes, "muted")],
    }


def _rows(found: Any, whom: str) -> Any:
    fields = ("public_id", "state", "persona__name", "persona__seed", "persona__gone")
    return found.order_by("-pk").values(*(f"{whom}__{field}" for field in fields))[:200]


def _person(row: dict[str, Any], whom: str) -> dict[str, Any]:
    gone = row[f"{whom}__persona__gone"]
    return {
        "public_id": row[f"{whom}__public_id"],
        "is_here": row[f"{whom}__state"] == Membership.State.LIVING,
        "name": "" if gone else row[f"{whom}__persona__name"],
        "seed": None if gone else row[f"{whom}__persona__seed"],
    }
