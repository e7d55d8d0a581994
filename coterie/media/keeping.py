"""What becomes of pictures when whoever sent them goes."""

from __future__ import annotations

from typing import Any

from coterie.core.keeping import keep
from coterie.media.actions import using
from coterie.media.models import Picture


def _export(persona_id: int) -> list[dict[str, Any]]:
    rows = Picture.objects.filter(persona_id=persona_id).order_by("pk")
    fields = ("public_id", "alt", "width", "height", "guard", "made_at", "community__name")
    return [dict(row) for row in rows.values(*fields)]


keep(
    Picture,
    why="Photos are part of what was said; a community keeps its cover.",
    export=_export,
    erase=using.erase,
)
