"""What the owner of a file is asked about it in a shell, and types."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from coterie.pure.exports.records import Choices, DateOrder, Preview, Remark, Unreadable, worded

NO_ZONE = worded("There is no time zone “{zone}”. Write one like Europe/Berlin.")


def choices_of(zone: str | None, date_order: DateOrder | None) -> Choices:
    """These choices; raises `Unreadable` for a zone that there is not."""
    if not zone:
        return Choices(None, date_order)
    try:
        return Choices(ZoneInfo(zone), date_order)
    except (KeyError, ValueError, OSError) as why:
        raise Unreadable(Remark(NO_ZONE, zone=zone)) from why


def asked(seen: Preview) -> Iterator[str]:
    """What must be said before this file can be read, line by line; nothing where all is clear."""
    if seen.questions:
        yield "The dates in this file can be read in several ways. Say which:"
    for each in seen.questions:
        yield f"? {each.sample}"
        for way in each.readings:
            yield f"    --date-order {way.choice}: {way.at:%-d %B %Y}" if way.at else ""
