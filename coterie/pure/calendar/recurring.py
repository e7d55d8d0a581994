"""What comes again: a rule as RFC 5545 writes it, and the dates that it stands for.

Rules speak of wall clocks, so that seven in the evening stays seven in the evening.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import takewhile

from dateutil.rrule import rrule, rrulestr

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class Every(StrEnum):
    """How often."""

    ONCE = ""
    WEEK = "week"
    FORTNIGHT = "fortnight"
    MONTH_ON_DATE = "date"
    MONTH_ON_DAY = "day"
    YEAR = "year"


def rule(every: str, first: date) -> str:
    """The rule for something that first happens on this date; empty for what happens once."""
    weekday = DAYS[first.weekday()]
    match every:
        case Every.WEEK:
            return f"FREQ=WEEKLY;BYDAY={weekday}"
        case Every.FORTNIGHT:
            return f"FREQ=WEEKLY;INTERVAL=2;BYDAY={weekday}"
        case Every.MONTH_ON_DATE:
            return f"FREQ=MONTHLY;{_on_date(first.day)}"
        case Every.MONTH_ON_DAY:
            return f"FREQ=MONTHLY;BYDAY={_which(first)}{weekday}"
        case Every.YEAR:
            return f"FREQ=YEARLY;BYMONTH={first.month};{_on_date(first.day)}"
    return ""


def _on_date(day: int) -> str:
    """A day that some months lack is their last one there, instead of being left out."""
    if day <= 28:
        return f"BYMONTHDAY={day}"
    days = ",".join(str(each) for each in range(28, day + 1))
    return f"BYMONTHDAY={days};BYSETPOS=-1"


def _which(first: date) -> int:
    """The second Tuesday is 2; a fifth one is the last, since most months have none."""
    nth = (first.day - 1) // 7 + 1
    return nth if nth < 5 else -1


def every(written: str) -> Every:
    """How often a rule of ours comes."""
    if not written:
        return Every.ONCE
    parts = dict(part.split("=", 1) for part in written.split(";"))
    if parts["FREQ"] == "WEEKLY":
        return Every.FORTNIGHT if "INTERVAL" in parts else Every.WEEK
    if parts["FREQ"] == "YEARLY":
        return Every.YEAR
    return Every.MONTH_ON_DAY if "BYDAY" in parts else Every.MONTH_ON_DATE


def dates(written: str, first: datetime, until: date | None = None) -> Iterator[datetime]:
    """All its dates on the wall clock, one after the other, perhaps without end."""
    if not written:
        yield first
        return
    found = rrulestr(written, dtstart=first)
    if not isinstance(found, rrule):
        raise TypeError("one rule and no more")
    end = datetime.combine(until, time.max) if until else datetime.max - timedelta(days=1)
    yield from takewhile(lambda each: each <= end, found)
