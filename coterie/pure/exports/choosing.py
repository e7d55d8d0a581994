"""What the owner of a file types about it."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from coterie.pure.exports.records import Choices, DateOrder, Remark, Unreadable, worded

NO_ZONE = worded("There is no time zone “{zone}”. Write one like Europe/Berlin.")


def choices_of(zone: str | None, date_order: DateOrder | None) -> Choices:
    """These choices; raises `Unreadable` for a zone that there is not."""
    if not zone:
        return Choices(None, date_order)
    try:
        return Choices(ZoneInfo(zone), date_order)
    except (KeyError, ValueError, OSError) as why:
        raise Unreadable(Remark(NO_ZONE, zone=zone)) from why
