"""By which clock somebody lives. A higher floor knows; config/wiring.py says which."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coterie.personas.viewer import Viewer
from coterie.pure.calendar import zones

_read: list[Callable[[Viewer], str]] = []


def hang(read: Callable[[Viewer], str]) -> None:
    """From now on this is asked (config/wiring.py calls this once)."""
    _read[:] = [read]


def zone_of(viewer: Viewer) -> str:
    """Such as Europe/Berlin; UTC where nobody knows."""
    known = zones.known(_read[0](viewer)) if _read else ""
    return known or "UTC"


def spoken(moment: datetime, zone: str) -> str:
    """Monday 23 November 2026, 09:00 (Berlin): the day and time of that clock, and whose it is."""
    then = zones.clock(moment, zone)
    day, city = date_format(then, _("l j F Y")), zones.city(zone)
    return _("%(day)s, %(time)s (%(city)s)") % {"day": day, "time": f"{then:%H:%M}", "city": city}
