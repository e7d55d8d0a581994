"""What stands in a calendar file, before it is one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Entry:
    """Something with a date. `begins` and `ends` are what the clock of its zone shows."""

    uid: str
    title: str
    begins: datetime
    ends: datetime
    zone: str
    changed_at: datetime
    sequence: int
    place: str = ""
    url: str = ""
    words: str = ""
    is_off: bool = False
    rule: str = ""
    until: date | None = None
    instead_of: datetime | None = None
    """What the clock would show at the date of the rule that this one stands for."""
