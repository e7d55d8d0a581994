"""What happens again and again: each entry runs in one place, however many workers there are."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from django.utils import timezone

from coterie.core.models import ScheduleEntry

log = logging.getLogger(__name__)

type Entry = tuple[timedelta, Callable[[], object]]

SOON = timedelta(minutes=1)


def run_due(schedule: Mapping[str, Entry]) -> int:
    """Whatever was due has run once; how many entries that were."""
    now = timezone.now()
    due = dict(
        ScheduleEntry.objects.filter(next_run_at__lte=now).values_list("name", "next_run_at")
    )
    return sum(_run(name, schedule[name], at) for name, at in due.items() if name in schedule)


def enter(schedule: Mapping[str, Entry]) -> None:
    """Every entry has its row, due at once if it is new; rows of entries that are gone are gone."""
    ScheduleEntry.objects.exclude(name__in=schedule).delete()
    rows = [ScheduleEntry(name=name, next_run_at=timezone.now()) for name in schedule]
    ScheduleEntry.objects.bulk_create(rows, ignore_conflicts=True)


def _run(name: str, entry: Entry, seen: datetime) -> bool:
    interval, function = entry
    # The old time is the claim: of two workers that saw it, one changes it.
    mine = ScheduleEntry.objects.filter(name=name, next_run_at=seen)
    if not mine.update(next_run_at=timezone.now() + interval):
        return False
    try:
        function()
    except Exception:
        log.exception("the schedule's %s failed and will run again in a minute", name)
        soon = timezone.now() + min(interval, SOON)
        ScheduleEntry.objects.filter(name=name).update(next_run_at=soon)
    return True
