"""Reminders: each is due at its own moment and goes out once."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from coterie.core.events import announce
from coterie.gatherings.events import ReminderDue
from coterie.gatherings.models import Attendance

AT_ONCE = 500


def remind_due() -> int:
    """Whoever wanted to be reminded by now is; how many were."""
    due = Attendance.objects.filter(remind_at__lte=timezone.now()).order_by("remind_at")
    return sum(_remind(pk) for pk in due.values_list("pk", flat=True)[:AT_ONCE])


@transaction.atomic
def _remind(pk: int) -> bool:
    # The moment is the claim: of two workers that saw it, one takes it away.
    due = Attendance.objects.filter(pk=pk, remind_at__lte=timezone.now())
    in_time = due.filter(occurrence__starts_at__gt=timezone.now()).exists()
    if not due.update(remind_at=None) or not in_time:
        return False
    announce(ReminderDue(pk))
    return True
