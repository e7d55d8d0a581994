"""What happened to imports and imported authors. Ids only."""

from dataclasses import dataclass


@dataclass(frozen=True)
class BroughtHome:
    """A chat of an export is in: a new community, or more of one that was brought before."""

    community_id: int
    by_id: int
    messages: int


@dataclass(frozen=True)
class Claimed:
    """Somebody said what becomes of their old words; never who, never which link."""

    community_id: int
