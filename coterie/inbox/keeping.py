"""What becomes of notifications."""

from typing import Any

from coterie.core.keeping import keep
from coterie.inbox import letterboxes
from coterie.inbox.models import Letterbox, Notification


def _export(persona_id: int) -> list[dict[str, Any]]:
    rows = Notification.objects.filter(persona_id=persona_id).order_by("pk")
    fields = ("kind", "facts", "path", "told_at", "community__name")
    return [dict(row) for row in rows.values(*fields)]


def _erase(persona_id: int) -> int:
    return Notification.objects.filter(persona_id=persona_id).delete()[0]


def _letters(persona_id: int) -> list[dict[str, Any]]:
    return [{"letters": not letterboxes.closed([persona_id])}]


def _take_down(persona_id: int) -> int:
    return Letterbox.objects.filter(tag=letterboxes.tag_of(persona_id)).delete()[0]


keep(
    Notification,
    why="So that a person finds what happened while they were away.",
    export=_export,
    erase=_erase,
)
keep(
    Letterbox,
    why="So that who wants no letters gets none; a person's wishes hang on no persona.",
    export=_letters,
    erase=_take_down,
)
