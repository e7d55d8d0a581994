"""A calendar file as RFC 5545 has it; icalendar folds its lines and escapes its words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, vRecur

from coterie.pure.calendar.entries import Entry

MAKER = "-//Coterie//Gatherings//EN"
LAST_YEAR_OF_ZONES = 12
"""For how many years after the last date a file explains its zones: what repeats goes on."""


def written(entries: Iterable[Entry], *, name: str = "") -> bytes:
    """The file; the same entries make the same bytes."""
    listed = list(entries)
    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    if name:
        calendar.add("x-wr-calname", name)
        calendar.add("name", name)
        calendar.add("refresh-interval", timedelta(hours=4), parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", "PT4H")
    for zone in sorted({each.zone for each in listed} - {"UTC"}):
        years = [each.begins.year for each in listed if each.zone == zone]
        calendar.add_component(_explained(zone, min(years), max(years) + LAST_YEAR_OF_ZONES))
    for each in listed:
        calendar.add_component(_event(each))
    return bytes(calendar.to_ical())


@lru_cache(maxsize=256)
def _explained(zone: str, first: int, last: int) -> Timezone:
    """When the clocks of this zone change in these years."""
    # From a year before: the offset that holds on the first day is told by the change before it.
    return Timezone.from_tzid(zone, first_date=date(first - 1, 1, 1), last_date=date(last, 1, 1))


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.changed_at.replace(microsecond=0))
    event.add("last-modified", entry.changed_at.replace(microsecond=0))
    event.add("sequence", entry.sequence)
    event.add("summary", _spoken(entry.title))
    event.add("dtstart", _on(entry.begins, entry.zone))
    event.add("dtend", _on(entry.ends, entry.zone))
    event.add("status", "CANCELLED" if entry.is_off else "CONFIRMED")
    if entry.rule:
        event.add("rrule", _rule(entry))
    if entry.instead_of:
        event.add("recurrence-id", _on(entry.instead_of, entry.zone))
    for name, value in (("location", entry.place), ("description", entry.words)):
        if value:
            event.add(name, _spoken(value))
    if entry.url:
        event.add("url", entry.url)
    return event


def _on(clock: datetime, zone: str) -> datetime:
    return clock.replace(tzinfo=UTC if zone == "UTC" else ZoneInfo(zone))


def _rule(entry: Entry) -> vRecur:
    rule: vRecur = vRecur.from_ical(entry.rule)
    if entry.until:
        # RFC 5545 wants UTC here, whatever zone the rule's clock is in.
        last = datetime.combine(entry.until, time(23, 59, 59))
        rule["UNTIL"] = _on(last, entry.zone).astimezone(UTC)
    return rule


def _spoken(words: str) -> str:
    """Without what no line of such a file may hold."""
    return "".join(c for c in words.replace("\r\n", "\n") if c in "\n\t" or ord(c) >= 32)
