"""How long hosts may let members wait between two posts."""

from __future__ import annotations

from math import ceil

from django.utils.translation import ngettext

MINUTE, HOUR = 60, 3600
PACES = (30, MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 6 * HOUR, 24 * HOUR)
"""In seconds."""


def spoken_pace(seconds: int) -> str:
    """So long, in words, rounded up to what people count in."""
    if seconds < MINUTE:
        return ngettext("%(n)d second", "%(n)d seconds", seconds) % {"n": seconds}
    if seconds < HOUR:
        minutes = ceil(seconds / MINUTE)
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    hours = ceil(seconds / HOUR)
    return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
