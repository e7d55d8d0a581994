"""Wall clocks and moments. A moment is UTC; what stands on a clock is without a zone."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

NOT_A_PLACE = {"Factory", "localtime", "posixrules"}


@cache
def names() -> tuple[str, ...]:
    """Every zone that can be chosen, such as Europe/Berlin, and UTC."""
    places = (name for name in available_timezones() if "/" in name or name == "UTC")
    strange = ("Etc/", "SystemV/", "posix/", "right/")
    return tuple(sorted(name for name in places if not name.startswith(strange)))


@cache
def _spellings() -> dict[str, str]:
    return {name.casefold(): name for name in names()}


def known(said: str) -> str:
    """The zone's own name, however it was typed; empty for none of ours."""
    return _spellings().get(said.strip().replace(" ", "_").casefold(), "")


def moment(clock: datetime, zone: str) -> datetime:
    """When that clock shows this.

    A time that the clock jumps over is as much later as it jumps; of one that comes twice the
    first is meant: what RFC 5545 says of both.
    """
    return clock.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)


def clock(moment: datetime, zone: str) -> datetime:
    """What that clock shows then."""
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)


def is_shown(clock_time: datetime, zone: str) -> bool:
    """Whether that clock ever shows this: not in the hour that it jumps over."""
    return clock(moment(clock_time, zone), zone) == clock_time


def city(zone: str) -> str:
    """What people call the zone: Berlin, Buenos Aires."""
    return zone.rsplit("/", 1)[-1].replace("_", " ")
