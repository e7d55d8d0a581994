"""Acts with second thoughts: written down, undone for seven seconds, then carried out.

The row goes in the transaction that does the act, so that the act is done once,
whoever tries, and a crash leaves it still to do. Undoing takes the same row: of an
undo and the act at one moment exactly one finds it.

Workers share the work by claims that run out. A claim only keeps two from trying the same;
that nothing is done twice does not hang on it.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from coterie.core.prepared import deleting, insert, prepared
from coterie.personas.models import Intention, Persona

log = logging.getLogger(__name__)

type Act = Callable[[int, Persona], None]
"""Takes the row that it is about and who meant it."""


@dataclass(frozen=True)
class Prepared:
    """An act with work to do first, before its transaction begins and others wait for it."""

    prepare: Callable[[int, Persona], Act]
    """Gives what is left to do, inside the transaction."""


type Acts = Mapping[str, Act | Prepared]

NOTHING_ELSE: Acts = MappingProxyType({})
SECOND_THOUGHTS = timedelta(seconds=7)
TRIES = 10
AT_ONCE = 20
CLAIM = timedelta(seconds=10)
"""So long others leave a claimed row alone; whoever has it stops halfway through."""


@transaction.atomic
def intend(kind: str, subject: int, *, by: Persona) -> datetime:
    """It will be done in seven seconds, or when it was first meant to; that moment."""
    Intention.objects.bulk_create([_meant(kind, subject, by)], ignore_conflicts=True)
    return Intention.objects.values_list("due_at", flat=True).get(kind=kind, subject=subject)


def intend_first(kind: str, subject: int, *, by: Persona) -> None:
    """It will be done in seven seconds; for a subject so new that nobody meant anything yet."""
    insert(_meant(kind, subject, by))


def intend_at(kind: str, subject: int, at: datetime, *, by: Persona) -> None:
    """It will be done at this moment; for a subject of which nobody means anything now."""
    Intention.objects.create(kind=kind, subject=subject, persona=by, due_at=at)


def _meant(kind: str, subject: int, by: Persona) -> Intention:
    due_at = timezone.now() + SECOND_THOUGHTS
    return Intention(kind=kind, subject=subject, persona=by, due_at=due_at)


@transaction.atomic
def drop(*kinds: str, subject: int, by: Persona) -> bool:
    """It will not be done; False when it has been, or was never meant."""
    meant = Intention.objects.filter(kind__in=kinds, subject=subject, persona=by)
    return bool(meant.delete()[0])


def carry_out_due(acts: Acts, instead: Acts = NOTHING_ELSE) -> int:
    """Some of what is due is done, each author's in the order in which it was meant; how many.

    What failed too often is not tried again where there is something to do instead.
    """
    until = timezone.now() + CLAIM
    mine, done = deque(_claim(until)), 0
    while mine and timezone.now() < until - CLAIM / 2:
        done += _carry_out(mine.popleft(), acts, instead)
    if mine:
        _release(until, *(intention.pk for intention in mine))
    return done


def _claim(until: datetime) -> list[Intention]:
    """Due rows that are this caller's for a while; none when none are free."""
    now = until - CLAIM
    while free := _free(now):
        # Of two workers that saw the same rows one has them, and the other looks again.
        if _unclaimed(now).filter(pk__in=free).update(claimed_until=until):
            mine = Intention.objects.filter(pk__in=free, claimed_until=until)
            return list(mine.select_related("persona").order_by("due_at", "pk"))
    return []


def _unclaimed(now: datetime) -> Any:
    return Intention.objects.filter(Q(claimed_until=None) | Q(claimed_until__lt=now))


@prepared
def _free(now: datetime) -> Any:
    """What is due and nobody's, of authors none of whose acts somebody has at hand."""
    at_hand = Intention.objects.filter(persona=OuterRef("persona"), claimed_until__gte=now)
    due = _unclaimed(now).filter(~Exists(at_hand), due_at__lte=now)
    return due.order_by("due_at", "pk").values_list("pk", flat=True)[:AT_ONCE]


def _carry_out(intention: Intention, acts: Acts, instead: Acts) -> bool:
    given_up = instead.get(intention.kind) if intention.tries >= TRIES else None
    # One act that fails must not stop those behind it.
    try:
        act = _ready(given_up or acts[intention.kind], intention)
        with transaction.atomic():
            if _its_turn(intention.pk, intention.persona_id, intention.due_at):
                act(intention.subject, intention.persona)
                return True
    except Exception:
        log.exception("%s failed and is tried again", intention.kind)
        _try_later(intention)
    else:
        _release(intention.claimed_until, intention.pk)
    return False


def _ready(act: Act | Prepared, intention: Intention) -> Act:
    if isinstance(act, Prepared):
        return act.prepare(intention.subject, intention.persona)
    return act


@deleting
def _its_turn(pk: int, persona_id: int, due_at: datetime) -> Any:
    """The row, unless its author meant something before it that another worker is just doing.

    What has failed once holds up nobody any more.
    """
    sooner = Q(due_at__lt=due_at) | Q(due_at=due_at, pk__lt=pk)
    before = Intention.objects.filter(sooner, persona=persona_id, tries=0)
    return Intention.objects.filter(~Exists(before), pk=pk)


def _try_later(intention: Intention) -> None:
    # What cannot be given up is tried on and on.
    tries = min(intention.tries + 1, TRIES)
    later = timezone.now() + timedelta(seconds=2**intention.tries)
    Intention.objects.filter(pk=intention.pk).update(due_at=later, tries=tries, claimed_until=None)


def _release(until: datetime | None, *pks: int) -> None:
    """Whoever comes next may try them."""
    Intention.objects.filter(pk__in=pks, claimed_until=until).update(claimed_until=None)
