"""What happened to a persona. Ids only, and never whose it is."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Restyled:
    """It has another name, another flower or other words about itself."""

    persona_id: int


@dataclass(frozen=True)
class Faded:
    """Its owner put it away: it is "a former member" for ever."""

    persona_id: int
