"""Dates in words and on a tile, as the clock of the place shows them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coterie.gatherings.models import Reply
from coterie.pure.calendar import recurring, zones

HOW_OFTEN = {
    recurring.Every.ONCE: gettext_lazy("Once"),
    recurring.Every.WEEK: gettext_lazy("Every week"),
    recurring.Every.FORTNIGHT: gettext_lazy("Every two weeks"),
    recurring.Every.MONTH_ON_DATE: gettext_lazy("Every month on this date"),
    recurring.Every.MONTH_ON_DAY: gettext_lazy("Every month on this day of the week"),
    recurring.Every.YEAR: gettext_lazy("Every year"),
}
REPEATS = HOW_OFTEN | {
    recurring.Every.MONTH_ON_DATE: gettext_lazy("Every month"),
    recurring.Every.MONTH_ON_DAY: gettext_lazy("Every month"),
}
MINE = {
    Reply.GOING: (gettext_lazy("You are going"), "good"),
    Reply.MAYBE: (gettext_lazy("Maybe"), "warn"),
    Reply.WAITING: (gettext_lazy("You are waiting"), "warn"),
}


def repeats(rule: str) -> str:
    """How often it comes, in words; empty for what happens once."""
    return str(REPEATS[recurring.every(rule)]) if rule else ""


def tile(starts_at: datetime, ends_at: datetime, zone: str) -> dict[str, Any]:
    """Month and day for the tile, the day and the hours in words, and the moments for scripts."""
    begins, ends = zones.clock(starts_at, zone), zones.clock(ends_at, zone)
    return {
        "month": date_format(begins, "M"),
        "day": begins.day,
        "weekday": date_format(begins, "D"),
        "on": day(begins),
        "hours": hours(begins, ends),
        "zone": zone,
        "city": zones.city(zone),
        "starts": starts_at.isoformat(timespec="minutes"),
        "ends": ends_at.isoformat(timespec="minutes"),
    }


def moved(at: datetime, zone: str) -> str:
    """When it was to begin at first."""
    began = zones.clock(at, zone)
    said = {"day": day(began), "time": date_format(began, "H:i")}
    return _("Moved: it was to begin on %(day)s at %(time)s.") % said


def day(begins: datetime) -> str:
    """Saturday 28 November; with its year when that is another one."""
    this_year = begins.year == timezone.localdate().year
    return date_format(begins, _("l j F") if this_year else _("l j F Y"))


def hours(begins: datetime, ends: datetime) -> str:
    """From when until when on the clock."""
    until = date_format(ends, "H:i")
    if ends.date() != begins.date():
        until = date_format(ends, _("D j M, H:i"))
    return _("%(begins)s to %(ends)s") % {"begins": date_format(begins, "H:i"), "ends": until}
