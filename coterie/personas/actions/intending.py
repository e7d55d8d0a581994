"""Acts with second thoughts: written down, undone for seven seconds, then carried out.

The row goes in the transaction that does the act, so that the act is done once,
whoever tries, and a crash leaves it still to do. Undoing takes the same row: of an
undo and the act at one moment exactly one finds it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from coterie.personas.models import Intention, Persona

log = logging.getLogger(__name__)

type Act = Callable[[int, Persona], None]
"""Takes the row that it is about and who meant it."""

SECOND_THOUGHTS = timedelta(seconds=7)
TRIES = 10


@transaction.atomic
def intend(kind: str, subject: int, *, by: Persona) -> datetime:
    """It will be done in seven seconds, or when it was first meant to; that moment."""
    due_at = timezone.now() + SECOND_THOUGHTS
    meant = Intention(kind=kind, subject=subject, persona=by, due_at=due_at)
    Intention.objects.bulk_create([meant], ignore_conflicts=True)
    return Intention.objects.values_list("due_at", flat=True).get(kind=kind, subject=subject)


@transaction.atomic
def drop(*kinds: str, subject: int, by: Persona) -> bool:
    """It will not be done; False when it has been, or was never meant."""
    meant = Intention.objects.filter(kind__in=kinds, subject=subject, persona=by)
    return bool(meant.delete()[0])


def carry_out_due(acts: Mapping[str, Act], limit: int = 100) -> int:
    """What is due is done, in the order in which it was meant; how many acts."""
    due = Intention.objects.filter(due_at__lte=timezone.now(), tries__lt=TRIES)
    found = due.select_related("persona").order_by("due_at", "pk")[:limit]
    return sum(_carry_out(intention, acts) for intention in found)


def _carry_out(intention: Intention, acts: Mapping[str, Act]) -> bool:
    row = Intention.objects.filter(pk=intention.pk)
    # One act that fails must not stop those behind it.
    try:
        with transaction.atomic():
            if row.delete()[0]:
                acts[intention.kind](intention.subject, intention.persona)
                return True
    except Exception:
        log.exception("%s failed and is tried again", intention.kind)
        later = timezone.now() + timedelta(seconds=2**intention.tries)
        row.update(due_at=later, tries=intention.tries + 1)
    return False
