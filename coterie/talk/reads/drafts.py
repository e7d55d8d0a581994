"""What waits in a composer for whoever speaks there, and for nobody else."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from coterie.core.keys import keyed
from coterie.personas.models import Persona
from coterie.talk.models import Draft, Planned

KEY = 24
KEPT = ("title", "source", "note", "voice", "tags")


@dataclass(frozen=True)
class Kept:
    """A draft as a form begins with it."""

    key: str
    """Under which a browser keeps it: the same for this persona here, and tells neither."""
    words: dict[str, Any] = field(default_factory=dict)
    photos: tuple[str, ...] = ()
    """Public ids of pictures that wait with it."""
    refusal: str = ""

    @property
    def timed(self) -> bool:
        """Whether it says when it is to go out."""
        return "later_day" in self.words


def photos_in_drafts() -> set[str]:
    """The pictures that wait with a draft, or with what is planned, whoever's."""
    begun = Draft.objects.exclude(photos=[]).values_list("photos", flat=True)
    planned = Planned.objects.exclude(photos=[]).values_list("photos", flat=True)
    return {each for photos in (*begun, *planned) for each in photos}


def photos_planned(persona_id: int) -> set[str]:
    """The pictures that go out with what this persona planned."""
    planned = Planned.objects.filter(persona=persona_id).exclude(photos=[])
    return {each for photos in planned.values_list("photos", flat=True) for each in photos}


def draft(persona: Persona, place: str, *, begun: bool = True) -> Kept:
    """What this persona has begun in the place with this public id; one query.

    None where it is known that nothing was `begun`.
    """
    key = keyed("draft", persona.pk, place)[:KEY]
    if not begun:
        return Kept(key)
    rows = Draft.objects.begun(place, persona)
    row = rows.values(*KEPT, "reply_to__public_id", "photos", "poll", "later", "refusal").first()
    if row is None:
        return Kept(key)
    words = {name: row[name] for name in KEPT}
    words |= row["poll"] | row["later"]
    words["reply_to"] = row["reply_to__public_id"] or ""
    return Kept(key, words, tuple(row["photos"]), row["refusal"])
