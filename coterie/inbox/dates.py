"""Whom the inbox tells of gatherings. Loads afresh; may run twice without harm."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from coterie.communities import rules as communities
from coterie.communities.models import Membership
from coterie.gatherings import events
from coterie.gatherings.models import COMING, Attendance, Gathering, Occurrence, Reply
from coterie.inbox.actions import notifying
from coterie.personas.models import Persona
from coterie.pure.calendar import zones

WITH_ALL = "occurrence__gathering__conversation__community"


def remind(event: events.ReminderDue) -> None:
    """Who comes learns that it begins soon."""
    found = _attendance(event.attendance_id)
    if found and found.answer in COMING and not _is_off(found.occurrence):
        date = found.occurrence
        # The moment is part of the key: a date that is put off is reminded of anew.
        key = f"gathering-soon:{found.pk}:{date.starts_at:%Y%m%d%H%M}"
        _tell(found.persona, "gathering-soon", date, key)


def tell_who_moved_up(event: events.MovedUp) -> None:
    """Who waited learns that they have a place."""
    found = _attendance(event.attendance_id)
    if found and found.answer == Reply.GOING and not _is_off(found.occurrence):
        key = f"gathering-place:{found.pk}:{found.answered_at:%Y%m%d%H%M%S}"
        _tell(found.persona, "gathering-place", found.occurrence, key)


def tell_of_the_change(event: events.Rearranged) -> None:
    """Who comes learns where it stands now, once however often it changed before they looked."""
    for persona, date in _concerned(event):
        if not _is_off(date):
            _tell_again(persona, "gathering-changed", date, event)
        else:
            # The rule has this date no more.
            _tell_again(persona, "gathering-off", date, event)


def tell_it_is_off(event: events.CalledOff) -> None:
    """Who would have come learns that they need not."""
    for persona, date in _concerned(event):
        _tell_again(persona, "gathering-off", date, event)


def tell_who_arranges_too(event: events.ConvenerNamed) -> None:
    """A member learns that they may arrange it."""
    gathering = Gathering.objects.filter(pk=event.gathering_id)
    found = gathering.select_related("conversation__community").first()
    seat = Membership.objects.living().filter(pk=event.membership_id)
    place = seat.select_related("persona").first()
    if found is None or place is None or place.persona_id == event.by_id:
        return
    notifying.tell(
        place.persona,
        kind="gathering-convener",
        community=found.conversation.community,
        path=found.path,
        conversation=found.conversation,
        key=f"gathering-convener:{found.pk}",
    )


def _attendance(pk: int) -> Attendance | None:
    rows = Attendance.objects.select_related("persona", WITH_ALL)
    found = rows.filter(pk=pk).first()
    if found is None or not _is_member(found.persona, found.occurrence):
        return None
    return found


def _concerned(event: events.Rearranged | events.CalledOff) -> list[tuple[Persona, Occurrence]]:
    """Everybody who answered for a date that is meant, with the first such date."""
    rows = Attendance.objects.exclude(answer=Reply.NOT).exclude(persona=event.by_id)
    meant = rows.filter(occurrence__gathering=event.gathering_id, **_dates(event))
    first: dict[int, Attendance] = {}
    for each in _in_order(meant):
        first.setdefault(each.persona_id, each)
    told = ((each.persona, each.occurrence) for each in first.values())
    return [(persona, date) for persona, date in told if _is_member(persona, date)]


def _dates(event: events.Rearranged | events.CalledOff) -> dict[str, Any]:
    if event.occurrence_id:
        return {"occurrence": event.occurrence_id}
    return {"occurrence__ends_at__gt": timezone.now()}


def _in_order(rows: QuerySet[Attendance]) -> QuerySet[Attendance]:
    return rows.select_related("persona", WITH_ALL).order_by("occurrence__starts_at")


def _is_member(persona: Persona, date: Occurrence) -> bool:
    return communities.is_member(persona, date.gathering.conversation.community_id)


def _is_off(date: Occurrence) -> bool:
    return date.is_cancelled


def _facts(date: Occurrence) -> dict[str, Any]:
    zone = date.gathering.zone
    clock = zones.clock(date.starts_at, zone).isoformat(timespec="minutes")
    return {"clock": clock, "city": zones.city(zone)}


def _tell(persona: Persona, kind: str, date: Occurrence, key: str) -> None:
    notifying.tell(
        persona,
        kind=kind,
        community=date.gathering.conversation.community,
        path=date.path,
        conversation=date.gathering.conversation,
        facts=_facts(date),
        key=key,
    )


def _tell_again(
    persona: Persona, kind: str, date: Occurrence, event: events.Rearranged | events.CalledOff
) -> None:
    notifying.tell_again(
        persona,
        kind=kind,
        community=date.gathering.conversation.community,
        path=date.path,
        key=f"{kind}:{event.gathering_id}:{event.occurrence_id}",
        latest=date.gathering.sequence,
        facts=_facts(date),
        conversation=date.gathering.conversation,
    )
