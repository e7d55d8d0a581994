"""The worker wakes quickly, goes on after a stumble, and stops in good order."""

import os
import signal
import threading
import time

import pytest

from coterie.config import wiring
from coterie.config.worker import HouseWorker
from coterie.core import queue
from coterie.core.models import Heartbeat, ScheduleEntry
from coterie.core.tests import queueing

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _signals_as_before():
    was = {sign: signal.getsignal(sign) for sign in (signal.SIGTERM, signal.SIGINT)}
    queueing.runs.clear()
    yield
    for sign, handler in was.items():
        signal.signal(sign, handler)


def run_until(condition, worker: HouseWorker, seconds: float = 20.0) -> None:
    """The worker runs in this thread while another watches."""

    def watch() -> None:
        end = time.monotonic() + seconds
        while not condition() and time.monotonic() < end:
            time.sleep(0.02)
        worker.stop.set()

    watcher = threading.Thread(target=watch)
    watcher.start()
    worker.run()
    watcher.join()


def test_both_lanes_and_the_clock_run_and_the_worker_leaves_no_trace():
    queueing.sow.enqueue("fern")
    queueing.ripen.enqueue("pear")
    run_until(lambda: len(queueing.runs) == 2, HouseWorker())
    assert sorted(queueing.runs) == ["fern", "pear"]
    assert not Heartbeat.objects.exists()
    assert set(ScheduleEntry.objects.values_list("name", flat=True)) == set(wiring.SCHEDULE)


def test_a_lane_that_stumbles_goes_on(monkeypatch, caplog):
    stumbles = []

    def stumble(worker: str, queues: list[str]) -> bool:
        if "slow" in queues or stumbles:
            return queue_run_next(worker, queues)
        stumbles.append(1)
        raise RuntimeError("a stone in the way")

    queue_run_next = queue.run_next
    monkeypatch.setattr(queue, "run_next", stumble)
    monkeypatch.setattr("coterie.config.worker.AFTER_ERROR", 0.1)
    queueing.sow.enqueue("fern")
    run_until(lambda: queueing.runs, HouseWorker())
    assert queueing.runs == ["fern"]
    assert "stumbled and goes on" in caplog.text


def test_a_worker_whose_parent_is_gone_stops_by_itself():
    began = time.monotonic()
    HouseWorker(parent=os.getppid() + 1).run()
    assert time.monotonic() - began < 10


def test_a_signal_ends_it():
    worker = HouseWorker()
    threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGTERM)).start()
    worker.run()
    assert worker.stop.is_set()
