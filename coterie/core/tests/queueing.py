"""Tasks for the tests of the queue; a task has to live in a module."""

from django.tasks import task

runs: list[str] = []


@task
def sow(name: str) -> str:
    """Remembers that it ran."""
    runs.append(name)
    return name


@task
def wither(name: str) -> None:
    """Always fails."""
    runs.append(name)
    raise ValueError("withered")


@task(queue_name="slow")
def ripen(name: str) -> None:
    """Belongs to the slow lane."""
    runs.append(name)
