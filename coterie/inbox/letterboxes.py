"""Letterboxes as they lie in the database: found by a tag, read with the key file only."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from coterie.core.boxes import seal, unseal
from coterie.core.ids import hashed, new_token
from coterie.core.keys import keyed
from coterie.inbox.models import Letterbox

PURPOSE = "letterbox"


@dataclass(frozen=True)
class Opened:
    """Whose it is, the token of its letters, and whether any may come."""

    persona_id: int
    token: str
    is_open: bool = True


def tag_of(persona_id: int) -> str:
    """Where this persona's letterbox hangs."""
    return keyed("letterbox-tag", persona_id)


def fresh(persona_id: int) -> Opened:
    """Open, and with a token that no letter has yet."""
    return Opened(persona_id, new_token())


def columns(known: Opened) -> dict[str, str]:
    """What stands in its row: nothing that tells whose, or whether it is open."""
    text = f"{known.persona_id:020d}{int(known.is_open)}{known.token}"
    return {"token_hash": hashed(known.token), "box": seal(text, PURPOSE)}


def opened(row: Letterbox) -> Opened:
    """What lies in it."""
    text = unseal(row.box, PURPOSE)
    return Opened(int(text[:20]), text[21:], text[20] == "1")


def closed(persona_ids: Collection[int]) -> set[int]:
    """Those of these personas for which no letters come."""
    rows = Letterbox.objects.filter(tag__in=[tag_of(each) for each in persona_ids])
    return {known.persona_id for known in map(opened, rows) if not known.is_open}
