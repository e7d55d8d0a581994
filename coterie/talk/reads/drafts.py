"""What waits in a composer for whoever speaks there, and for nobody else."""

from __future__ import annotations

from dataclasses import dataclass, field

from coterie.core.keys import keyed
from coterie.personas.models import Persona
from coterie.talk.models import Draft

KEY = 24


@dataclass(frozen=True)
class Kept:
    """A draft as a form begins with it."""

    key: str
    """Under which a browser keeps it: the same for this persona here, and tells neither."""
    words: dict[str, str] = field(default_factory=dict)
    photos: tuple[str, ...] = ()
    """Public ids of pictures that wait with it."""
    refusal: str = ""


def draft(persona: Persona, place: str, *, begun: bool = True) -> Kept:
    """What this persona has begun in the place with this public id; one query.

    None where it is known that nothing was `begun`.
    """
    key = keyed("draft", persona.pk, place)[:KEY]
    if not begun:
        return Kept(key)
    rows = Draft.objects.filter(persona=persona, place=place)
    row = rows.values(
        "title", "source", "voice", "reply_to__public_id", "photos", "refusal"
    ).first()
    if row is None:
        return Kept(key)
    words = {name: row[name] for name in ("title", "source", "voice")}
    words["reply_to"] = row["reply_to__public_id"] or ""
    return Kept(key, words, tuple(row["photos"]), row["refusal"])
