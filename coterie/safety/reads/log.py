"""The log of a community: for members without any name, for hosts with names and words."""

from __future__ import annotations

from typing import Any

from coterie.communities.models import Membership
from coterie.core.pages import Page, cut
from coterie.safety import words
from coterie.safety.models import AuditEntry

SIZE = 40
FIELDS = (
    "n",
    "day",
    "fact__kind",
    "fact__rule",
    "fact__sentence",
    "fact__actor__name",
    "fact__actor__gone",
    "fact__subject__name",
    "fact__subject__gone",
)


def log(place: Membership, before: str = "") -> Page[dict[str, Any]]:
    """Entries from the newest on, as the member with this seat may read them."""
    entries = AuditEntry.objects.filter(community=place.community_id)
    if before.isdecimal() and len(before) < 10:
        entries = entries.filter(n__lt=int(before))
    rows = entries.order_by("-n").values(*FIELDS)[: SIZE + 1]
    found = [_line(row, place) for row in rows]
    return cut(found, SIZE, str(found[SIZE - 1]["n"]) if len(found) > SIZE else "")


def _line(row: dict[str, Any], place: Membership) -> dict[str, Any]:
    line = {
        "n": row["n"],
        "day": row["day"],
        "words": words.of_entry(row["fact__kind"]),
        "rule": row["fact__rule"] or "",
        "who": "",
        "sentence": "",
    }
    if not place.may(_duty_to_read(row["fact__kind"])):
        return line
    names = {
        who: "" if row[f"fact__{who}__gone"] else row[f"fact__{who}__name"]
        for who in ("actor", "subject")
    }
    return line | {"who": words.with_names(names), "sentence": row["fact__sentence"] or ""}


def _duty_to_read(kind: str | None) -> str:
    # Whoever asked in vain is known to those at the door, and to nobody else.
    return Membership.Duty.DOOR if kind == "turned-away" else Membership.Duty.TALK
