"""What every room needs: the outbox of announced events."""

from django.db import models


class OutboxEntry(models.Model):
    """An announced event that is not yet told to all its listeners; holds ids only."""

    name = models.CharField(max_length=100)
    payload = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)
    claimed_until = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return self.name


class ScheduleEntry(models.Model):
    """Something the house does again and again, and when it does so next."""

    name = models.CharField(max_length=100, primary_key=True)
    next_run_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Heartbeat(models.Model):
    """A worker that runs: what it has claimed is its own while this is fresh."""

    worker = models.CharField(max_length=64, primary_key=True)
    beat_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.worker
