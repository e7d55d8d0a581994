"""Tasks on the database's queue: claimed once, tried again with growing pauses, never lost.

django-tasks-db stores and runs a task; when to try it again is ours to say.
"""

import logging
from collections.abc import Collection
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.tasks import TaskResultStatus
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from coterie.core.models import Heartbeat

log = logging.getLogger(__name__)

TRIES = 6
FIRST_PAUSE = timedelta(seconds=5)
SILENCE = timedelta(minutes=1)
type Stored = DBTaskResult[Any, Any]

KEEP_DONE = timedelta(days=1)
KEEP_FAILED = timedelta(days=30)


def run_next(worker: str, queues: Collection[str]) -> bool:
    """The next ready task of these queues has run, well or not; False when there is none."""
    task = DBTaskResult.objects.ready().filter(queue_name__in=queues).first()
    if task is None:
        return False
    if _claim(task, worker):
        _runner(worker).run_task(task)
        if task.status == TaskResultStatus.FAILED:
            _try_again(task)
    return True


def beat(worker: str) -> None:
    """This worker is alive, for everybody to see."""
    Heartbeat.objects.update_or_create(worker=worker, defaults={"beat_at": timezone.now()})


def leave(worker: str) -> None:
    """This worker has stopped in good order."""
    Heartbeat.objects.filter(worker=worker).delete()


def is_alive() -> bool:
    """Whether any worker beat within the last minute."""
    return Heartbeat.objects.filter(beat_at__gt=timezone.now() - SILENCE).exists()


def take_back() -> int:
    """Tasks of workers that fell silent are ready again, as often as a task may be tried."""
    Heartbeat.objects.filter(beat_at__lt=timezone.now() - SILENCE).delete()
    alive = set(Heartbeat.objects.values_list("worker", flat=True))
    left = [task for task in DBTaskResult.objects.running() if task.worker_ids[-1] not in alive]
    return sum(_take_back(task) for task in left)


def prune() -> int:
    """Rows of tasks that are done are forgotten after a day, failed ones after thirty."""
    now = timezone.now()
    old = Q(status=TaskResultStatus.SUCCESSFUL, finished_at__lt=now - KEEP_DONE)
    old |= Q(status=TaskResultStatus.FAILED, finished_at__lt=now - KEEP_FAILED)
    return DBTaskResult.objects.filter(old).delete()[0]


def _claim(task: Stored, worker: str) -> bool:
    workers = [*task.worker_ids, worker]
    now = timezone.now()
    claimed = DBTaskResult.objects.filter(pk=task.pk, status=TaskResultStatus.READY).update(
        status=TaskResultStatus.RUNNING, started_at=now, worker_ids=workers
    )
    if claimed:
        task.status, task.started_at, task.worker_ids = TaskResultStatus.RUNNING, now, workers
    return bool(claimed)


def _try_again(task: Stored) -> None:
    tries = len(task.worker_ids)
    log.warning(
        "the task %s failed (try %d of %d)\n%s", task.task_path, tries, TRIES, task.traceback
    )
    if tries < TRIES:
        pause = FIRST_PAUSE * 4 ** (tries - 1)
        _ready(task, TaskResultStatus.FAILED, pause)


def _take_back(task: Stored) -> int:
    if len(task.worker_ids) < TRIES:
        return _ready(task, TaskResultStatus.RUNNING, timedelta(0))
    return DBTaskResult.objects.filter(pk=task.pk, status=TaskResultStatus.RUNNING).update(
        status=TaskResultStatus.FAILED,
        finished_at=timezone.now(),
        traceback="Its worker stopped every time it was tried.",
    )


def _ready(task: Stored, was: TaskResultStatus, pause: timedelta) -> int:
    return DBTaskResult.objects.filter(pk=task.pk, status=was).update(
        status=TaskResultStatus.READY, run_after=timezone.now() + pause, finished_at=None
    )


def _runner(worker: str) -> Worker:
    # Only its `run_task` is used: its own loop opens an exclusive transaction every second.
    return Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=worker,
        excluded_queue_names=[],
    )
