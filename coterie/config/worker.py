"""The worker: tasks, slow tasks, what is due and the clock, in threads of their own."""

import logging
import os
import signal
import threading
import time
from collections.abc import Callable

from django.db import close_old_connections, connections

from coterie.config import wiring
from coterie.core import events, queue, schedule
from coterie.core.ids import new_public_id
from coterie.personas.actions import intending

log = logging.getLogger(__name__)

PAUSE = 0.5
AFTER_ERROR = 5.0
DRAIN = 10.0
BEAT = 15.0


class Lane(threading.Thread):
    """Does one thing over and over; rests when a round found nothing to do."""

    def __init__(self, name: str, work: Callable[[], bool], stop: threading.Event) -> None:
        super().__init__(name=name, daemon=True)
        self.work = work
        self.stop = stop

    def run(self) -> None:
        while not self.stop.is_set():
            close_old_connections()
            try:
                rest = 0.0 if self.work() else PAUSE
            except Exception:
                log.exception("the worker's %s stumbled and goes on", self.name)
                rest = AFTER_ERROR
            self.stop.wait(rest)
        connections.close_all()


class HouseWorker:
    """Runs until told to stop, or until the parent that started it is gone."""

    def __init__(self, parent: int | None = None) -> None:
        self.name = new_public_id()
        self.parent = parent
        self.stop = threading.Event()
        self.next_beat = 0.0

    def run(self) -> None:
        """Work until stopped; what is under way gets a few seconds to end well."""
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, lambda *_: self.stop.set())
        schedule.enter(wiring.SCHEDULE)
        self._beat()
        lanes = [Lane(name, work, self.stop) for name, work in self._works().items()]
        for lane in lanes:
            lane.start()
        while not self.stop.wait(1):
            if self._is_orphan():
                self.stop.set()
        for lane in lanes:
            lane.join(DRAIN)
        queue.leave(self.name)

    def _works(self) -> dict[str, Callable[[], bool]]:
        return {
            "tasks": lambda: queue.run_next(self.name, ["default"]),
            "slow tasks": lambda: queue.run_next(self.name, ["slow"]),
            # Other people's servers are slow: nothing of ours waits behind them.
            "errands": lambda: queue.run_next(self.name, ["errands"]),
            # Two, so that one goes on while the other waits for the disk.
            "intentions": self._carry_out,
            "more intentions": self._carry_out,
            "clock": self._tick,
        }

    def _carry_out(self) -> bool:
        return bool(intending.carry_out_due(wiring.INTENTIONS, wiring.GIVEN_UP))

    def _tick(self) -> bool:
        if time.monotonic() > self.next_beat:
            self._beat()
        return bool(events.sweep() + schedule.run_due(wiring.SCHEDULE))

    def _beat(self) -> None:
        queue.beat(self.name)
        queue.take_back()
        self.next_beat = time.monotonic() + BEAT

    def _is_orphan(self) -> bool:
        return self.parent is not None and os.getppid() != self.parent
