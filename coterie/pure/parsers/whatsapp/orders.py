"""Which number of a date is the day: settled by what stands in the file, or not at all.

A file may be written in several ways, as when somebody changed phones; each is settled by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from coterie.pure.exports.records import DateOrder
from coterie.pure.parsers.whatsapp.lines import Head

ORDERS: dict[DateOrder, tuple[int, int, int]] = {
    "dmy": (2, 1, 0),
    "mdy": (2, 0, 1),
    "ymd": (0, 1, 2),
}
BUDDHIST, BUDDHIST_FROM = 543, 2400
MOST_DAYS = 5_000
CHANGES = 3


def day_of(head: Head, order: DateOrder) -> date | None:
    """The day, read in this order; None when there is no such day."""
    year, month, day = (head.numbers[at] for at in ORDERS[order])
    length = head.lengths[ORDERS[order][0]]
    if length == 2:
        year += 2000
    elif length != 4:
        return None
    try:
        return date(year - BUDDHIST if year >= BUDDHIST_FROM else year, month, day)
    except ValueError:
        return None


def readings(head: Head) -> set[DateOrder]:
    """The orders in which this is a day."""
    return {order for order in ORDERS if day_of(head, order)}


@dataclass
class Style:
    """The dates that are written in one way, in the order of the file, each day once."""

    example: Head
    sample: str
    """The line of a date that can be several days, where there is one."""
    heads: list[Head] = field(default_factory=list)
    possible: set[DateOrder] = field(default_factory=lambda: {*ORDERS})
    mixed: bool = False

    def note(self, head: Head, line: str) -> None:
        if self.heads and self.heads[-1].numbers == head.numbers:
            return
        can = readings(head)
        if len(can) > 1 >= len(readings(self.example)):
            self.example, self.sample = head, line
        self.mixed |= bool(can) and not can & self.possible
        self.possible = (can & self.possible) or self.possible
        if len(self.heads) < MOST_DAYS:
            self.heads.append(head)

    def candidates(self) -> list[DateOrder]:
        """Orders in which every date is a day; two-digit years stand first only where nothing
        else can be."""
        long = any(4 in head.lengths for head in self.heads)
        usual = [order for order in ("dmy", "mdy") if order in self.possible]
        if "ymd" in self.possible and (long or not usual):
            return ["ymd"] if long and self.heads[0].lengths[0] == 4 else [*usual, "ymd"]
        return [*usual]

    def settled(self) -> DateOrder | None:
        """The one order that the dates allow."""
        candidates = self.candidates()
        if self.mixed:
            return None
        if len(candidates) == 1:
            return candidates[0]
        return self._by_time(candidates) or self._by_change(candidates)

    def _by_time(self, candidates: list[DateOrder]) -> DateOrder | None:
        """The one in which time never goes back by a day, if in all others it does."""
        back = {order: sum(step < -1 for step in self._steps(order)) for order in candidates}
        forward = [order for order, times in back.items() if not times]
        return forward[0] if len(forward) == 1 and len(self.heads) > 1 else None

    def _by_change(self, candidates: list[DateOrder]) -> DateOrder | None:
        """The one in which the day changes, several times, and the month does not."""
        for order in candidates:
            _, month, day = ORDERS[order]
            days = sum(a.numbers[day] != b.numbers[day] for a, b in pairwise(self.heads))
            months = sum(a.numbers[month] != b.numbers[month] for a, b in pairwise(self.heads))
            if days >= CHANGES and days >= 3 * months:
                return order
        return None

    def _steps(self, order: DateOrder) -> Iterable[int]:
        days = [day for head in self.heads if (day := day_of(head, order))]
        return ((later - sooner).days for sooner, later in pairwise(days))


class Dates:
    """All ways in which a file writes its dates."""

    def __init__(self) -> None:
        self.styles: dict[str, Style] = {}

    def note(self, head: Head, line: str) -> None:
        self.styles.setdefault(head.style, Style(head, line)).note(head, line)

    def undecided(self) -> list[Style]:
        """Those whose order nothing in the file settles."""
        return [style for style in self.styles.values() if style.settled() is None]

    def orders(
        self, wanted: DateOrder | None, *, guess: bool = False
    ) -> dict[str, DateOrder | None]:
        """The order of each style; `wanted` where the file itself does not settle it, and for
        counting alone any that can be."""
        found = {name: style.settled() or wanted for name, style in self.styles.items()}
        if guess:
            any_of = {name: style.candidates() for name, style in self.styles.items()}
            return {name: order or next(iter(any_of[name]), "dmy") for name, order in found.items()}
        return found
