"""Places and whoever waits for one. Everything here happens while the date is held."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from coterie.core.events import announce
from coterie.core.verdict import Refused
from coterie.gatherings.events import MovedUp
from coterie.gatherings.models import Attendance, Before, Occurrence, Reply


@transaction.atomic(savepoint=False)
def settle(date: Occurrence, *, quietly_for: int | None = None) -> None:
    """Whoever waits and fits in has a place, first come first, and is told.

    Nobody overtakes: a small party does not pass a larger one that came before it.
    """
    going = Attendance.objects.of_date(date).filter(answer=Reply.GOING)
    taken = going.aggregate(n=Sum(1 + F("guests"), default=0))["n"]
    if not date.is_cancelled and not date.is_over:
        taken = _move_up(date, taken, quietly_for)
    fits = Q(capacity=None) | Q(capacity__gte=taken)
    if not Occurrence.objects.filter(fits, pk=date.pk).update(taken=taken):
        raise Refused(_("There are not enough places left."))


def _move_up(date: Occurrence, taken: int, quietly_for: int | None) -> int:
    for each in Attendance.objects.of_date(date).in_line():
        if date.capacity is not None:
            if each.needs > date.capacity:
                continue  # more than there ever were: whoever is behind need not wait for that
            if taken + each.needs > date.capacity:
                break
        waits = Attendance.objects.filter(pk=each.pk, answer=Reply.WAITING)
        due = reminder(date.starts_at, each.before)
        if not waits.update(answer=Reply.GOING, turn=None, remind_at=due):
            continue
        taken += each.needs
        if each.persona_id != quietly_for:
            announce(MovedUp(each.pk))
    return taken


def reminder(starts_at: datetime, before: int) -> datetime | None:
    """When somebody is to be reminded; None for who does not want it, or where it is too late."""
    due = starts_at - timedelta(minutes=before)
    return due if before != Before.NEVER and due > timezone.now() else None


def remind_anew(date: Occurrence) -> None:
    """Whoever comes is reminded before the time that it has now."""
    coming = Attendance.objects.of_date(date).filter(answer__in=(Reply.GOING, Reply.MAYBE))
    coming.update(remind_at=None)
    for before in (Before.HOUR, Before.DAY, Before.WEEK):
        due = reminder(date.starts_at, before)
        if due:
            coming.filter(before=before).update(remind_at=due)
