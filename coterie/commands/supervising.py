"""The worker beside the web server: a child process, started again when it falls.

A process of its own, because an import or a clustering in a thread would hold the
interpreter that renders pages.
"""

import logging
import os
import subprocess
import sys
import threading
import time

log = logging.getLogger(__name__)

LONGEST_PAUSE = 60.0
STEADY = 30.0
"""A worker that ran this long starts again without a pause."""
DRAIN = 15.0


class WorkerKeeper(threading.Thread):
    """Keeps one worker running until told to stop."""

    def __init__(self) -> None:
        super().__init__(name="worker keeper", daemon=True)
        self.stopping = threading.Event()
        self.child: subprocess.Popen[bytes] | None = None
        self.lock = threading.Lock()

    def run(self) -> None:
        pause = 1.0
        while not self.stopping.is_set():
            began = time.monotonic()
            with self.lock:
                if self.stopping.is_set():
                    return
                self.child = _start()
            code = self.child.wait()
            if self.stopping.is_set():
                return
            pause = 1.0 if time.monotonic() - began > STEADY else min(pause * 2, LONGEST_PAUSE)
            log.error("the worker stopped (exit code %s); it starts again in %.0f s", code, pause)
            self.stopping.wait(pause)

    def finish(self) -> None:
        """The worker has ended, in good order if it could within its time."""
        with self.lock:
            self.stopping.set()
        if self.child is None:
            return
        self.child.terminate()
        try:
            self.child.wait(DRAIN)
        except subprocess.TimeoutExpired:
            self.child.kill()


def _start() -> subprocess.Popen[bytes]:
    # A session of its own: Ctrl-C in the terminal reaches the parent, which stops the worker last.
    return subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "coterie", "worker", "--parent", str(os.getpid())],
        start_new_session=True,
    )
