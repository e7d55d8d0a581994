"""Who is looking: the one argument of every rule and every query that reads."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from coterie.personas import sealed
from coterie.personas.models import Persona


@dataclass(frozen=True)
class Viewer:
    """One sign-in: `personas` are all of it, `acting` the one that speaks here, or none.

    Never rendered to others, logged or stored.
    """

    personas: tuple[Persona, ...] = ()
    acting: Persona | None = None
    owner: sealed.Owner | None = field(default=None, repr=False)
    is_operator: bool = False
    memo: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)
    """What reads of higher floors have already looked up for this viewer in this request."""

    @property
    def signed_in(self) -> bool:
        return self.owner is not None

    @cached_property
    def ids(self) -> frozenset[int]:
        """The ids of all personas of this sign-in."""
        return frozenset(persona.pk for persona in self.personas)

    def speaking_as(self, persona: Persona | None) -> Viewer:
        """The same sign-in with one persona acting."""
        return replace(self, acting=persona)


NOBODY = Viewer()


def viewer_of(owner: sealed.Owner | None, *, is_operator: bool = False) -> Viewer:
    """Everything that this sign-in may be."""
    if owner is None:
        return NOBODY
    return Viewer(tuple(sealed.personas_of(owner)), None, owner, is_operator)


def ids_of(who: Viewer | Persona | tuple[int, ...] | None) -> Collection[int]:
    """The persona ids that speak for `who`: all of a viewer's, the one of a persona."""
    if who is None or isinstance(who, tuple):
        return who or ()
    return who.ids if isinstance(who, Viewer) else (who.pk,)
