"""Tasks run once, are tried again with growing pauses, and survive their worker."""

from datetime import timedelta

import pytest
import time_machine
from django.tasks import TaskResultStatus
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from coterie.core import queue
from coterie.core.models import Heartbeat
from coterie.core.tests import queueing

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _no_runs():
    queueing.runs.clear()


def test_a_task_runs_once_and_keeps_its_answer():
    queueing.sow.enqueue("fern")
    assert queue.run_next("w", ["default"]) is True
    assert queue.run_next("w", ["default"]) is False
    assert queueing.runs == ["fern"]
    assert DBTaskResult.objects.get().return_value == "fern"


def test_each_lane_takes_its_own_queue():
    queueing.ripen.enqueue("pear")
    assert queue.run_next("w", ["default"]) is False
    assert queue.run_next("w", ["slow"]) is True


def test_of_two_workers_that_saw_a_task_one_runs_it():
    queueing.sow.enqueue("fern")
    seen_by_both = DBTaskResult.objects.ready().first()
    assert queue._claim(seen_by_both, "first") is True
    assert queue._claim(DBTaskResult.objects.get(), "second") is False
    assert DBTaskResult.objects.get().worker_ids == ["first"]


def test_a_task_that_fails_is_tried_again_with_growing_pauses_and_then_left():
    queueing.wither.enqueue("rose")
    waits = []
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _ in range(queue.TRIES):
            began = timezone.now()
            while not queue.run_next("w", ["default"]):
                clock.shift(timedelta(seconds=5))
            waits.append((timezone.now() - began).total_seconds())
        clock.shift(timedelta(days=1))
        assert queue.run_next("w", ["default"]) is False
    assert waits == [0, 5, 20, 80, 320, 1280]
    assert len(queueing.runs) == queue.TRIES
    left = DBTaskResult.objects.get()
    assert left.status == TaskResultStatus.FAILED
    assert "withered" in left.traceback


def test_a_task_whose_worker_fell_silent_is_ready_again():
    queueing.sow.enqueue("fern")
    queue.beat("fallen")
    queue._claim(DBTaskResult.objects.get(), "fallen")
    queue.beat("alive")
    assert queue.take_back() == 0, "its worker still beats"
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        queue.beat("alive")
        assert queue.take_back() == 1
        assert queue.run_next("alive", ["default"]) is True
    assert queueing.runs == ["fern"]
    assert [beat.worker for beat in Heartbeat.objects.all()] == ["alive"]


def test_a_task_that_fells_every_worker_is_given_up():
    queueing.sow.enqueue("fern")
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING, worker_ids=["a"] * queue.TRIES)
    assert queue.take_back() == 1
    assert DBTaskResult.objects.get().status == TaskResultStatus.FAILED


def test_somebody_is_alive_while_a_worker_beats():
    assert not queue.is_alive()
    queue.beat("w")
    assert queue.is_alive()
    queue.leave("w")
    assert not queue.is_alive()


def test_what_is_done_is_forgotten_after_a_day_and_failures_after_a_month():
    queueing.sow.enqueue("fern")
    queue.run_next("w", ["default"])
    queueing.wither.enqueue("rose")
    DBTaskResult.objects.filter(status=TaskResultStatus.READY).update(
        status=TaskResultStatus.FAILED, finished_at=timezone.now()
    )
    assert queue.prune() == 0
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        assert queue.prune() == 1
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert queue.prune() == 1
