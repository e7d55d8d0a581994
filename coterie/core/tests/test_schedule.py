"""Each entry of the schedule runs when it is due, in one place only."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from coterie.core import schedule
from coterie.core.models import ScheduleEntry

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_entry_runs_at_once_and_then_each_time_its_interval_has_passed():
    runs = []
    entries = {"water": (timedelta(hours=1), lambda: runs.append(1))}
    schedule.enter(entries)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        assert schedule.run_due(entries) == 1
        assert schedule.run_due(entries) == 0
        clock.shift(timedelta(minutes=59))
        assert schedule.run_due(entries) == 0
        clock.shift(timedelta(minutes=2))
        assert schedule.run_due(entries) == 1
    assert len(runs) == 2


def test_of_two_workers_that_saw_it_due_one_runs_it():
    runs = []
    entry = (timedelta(hours=1), lambda: runs.append(1))
    schedule.enter({"water": entry})
    seen = ScheduleEntry.objects.get().next_run_at
    assert schedule._run("water", entry, seen) is True
    assert schedule._run("water", entry, seen) is False
    assert len(runs) == 1


def test_an_entry_that_fails_runs_again_in_a_minute():
    def fail() -> None:
        raise RuntimeError

    entries = {"water": (timedelta(hours=1), fail)}
    schedule.enter(entries)
    schedule.run_due(entries)
    wait = ScheduleEntry.objects.get().next_run_at - timezone.now()
    assert wait <= timedelta(minutes=1)


def test_entering_again_keeps_the_times_and_drops_what_is_gone():
    entries = {
        "water": (timedelta(hours=1), lambda: None),
        "weed": (timedelta(hours=1), lambda: None),
    }
    schedule.enter(entries)
    schedule.run_due(entries)
    was = ScheduleEntry.objects.get(name="water").next_run_at
    del entries["weed"]
    schedule.enter(entries)
    assert list(ScheduleEntry.objects.values_list("name", "next_run_at")) == [("water", was)]
