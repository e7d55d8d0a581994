"""The community that somebody is about to found, kept until it stands.

It lives in the session, which is sealed: the name of a persona never lies in the
clear beside an account.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

from coterie.communities.actions.founding import HUES
from coterie.communities.presets import PRESETS
from coterie.core.ids import random_key
from coterie.personas import bouquet

KEY = "first-run"
LONGEST = 300
TYPED = ("name", "purpose", "persona_name")


@dataclass(frozen=True)
class Draft:
    """What has been chosen so far; whoever comes back finds it so."""

    name: str = ""
    purpose: str = ""
    shape: str = PRESETS[0].key
    hue: int = field(default_factory=lambda: random_key() % HUES)
    who: str = ""
    persona_name: str = ""
    seeds: list[int] = field(default_factory=bouquet.offer)
    seed: int = 0
    made: str = ""
    """The public id of the community once it stands."""

    def with_other_flowers(self) -> Draft:
        """The same draft with four fresh flowers, none of them picked."""
        return replace(self, seeds=bouquet.offer(), seed=0)


def opened(session: Any) -> Draft:
    """The draft of this browser, or a fresh one."""
    kept = session.get(KEY) or {}
    return Draft(**{each.name: kept[each.name] for each in fields(Draft) if each.name in kept})


def unfinished(session: Any) -> Draft:
    """The draft of this browser; a fresh one when the last stands already."""
    draft = opened(session)
    return Draft() if draft.made else draft


def keep(session: Any, draft: Draft) -> Draft:
    """The browser finds this draft when it comes back."""
    session[KEY] = asdict(draft)
    return draft


def with_typed(draft: Draft, typed: Any) -> Draft:
    """The draft with whatever a form holds of it, finished or not."""
    words: dict[str, Any] = {name: str(typed[name])[:LONGEST] for name in TYPED if name in typed}
    return replace(draft, **words, **_chosen(typed))


def _chosen(typed: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if typed.get("shape") in {each.key for each in PRESETS}:
        found["shape"] = typed["shape"]
    if str(typed.get("hue", "")) in {str(hue) for hue in range(HUES)}:
        found["hue"] = int(typed["hue"])
    if seed := bouquet.redeem(typed.get("flower")):
        found["seed"] = seed
    if "who" in typed:
        found["who"] = str(typed["who"])[:LONGEST]
    return found
