"""What of gatherings is one persona's: its answers, its calendar address, what it convenes."""

from __future__ import annotations

from typing import Any

from coterie.core.keeping import keep
from coterie.gatherings.actions import answering, forgetting
from coterie.gatherings.models import Attendance, Convener, Feed, Gathering, Occurrence

TITLE = "gathering__conversation__title"


def _attendances(persona_id: int) -> list[dict[str, Any]]:
    rows = Attendance.objects.filter(persona=persona_id).order_by("pk")
    fields = ("answer", "guests", "before", "answered_at", "occurrence__starts_at")
    return [dict(row) for row in rows.values(f"occurrence__{TITLE}", *fields)]


def _conveners(persona_id: int) -> list[dict[str, Any]]:
    rows = Convener.objects.filter(persona=persona_id).order_by("pk")
    places = ("starts_at", "zone", "rule", "place", "map_link", "online_link")
    return [dict(row) for row in rows.values(TITLE, *(f"gathering__{each}" for each in places))]


def _feeds(persona_id: int) -> list[dict[str, Any]]:
    """That there is an address; never the address."""
    rows = Feed.objects.filter(seat__persona=persona_id).order_by("pk")
    return [dict(row) for row in rows.values("seat__community__name", "only_mine")]


keep(
    Gathering,
    why="Others come to it; the words in it go with whoever called it alone.",
    export=None,
    erase=forgetting.empty_places,
)
keep(Occurrence, why="A date of a gathering, not one persona's.", export=None, erase=None)
keep(
    Convener,
    why="So that it is known who may change it.",
    export=_conveners,
    erase=forgetting.step_back,
)
keep(
    Attendance,
    why="So that people know who comes, and places are given fairly.",
    export=_attendances,
    erase=answering.forget,
)
keep(
    Feed,
    why="So that a calendar can read what its member may see.",
    export=_feeds,
    erase=lambda persona_id: Feed.objects.filter(seat__persona=persona_id).delete()[0],
)
