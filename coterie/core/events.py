"""Facts in the past tense: announced inside a transaction, told after it.

`announce` writes an outbox row beside what happened, so that neither exists
without the other. After the commit the row is claimed and its listeners run;
`sweep` picks up what a crash left. A listener gets ids, loads afresh, and may
run twice without harm. A hint has no row: it is given at once or never, to somebody
who would find out by themselves a little later.
"""

from __future__ import annotations

import dataclasses
import json
import logging
from collections.abc import Callable, Iterable
from datetime import timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from coterie.core.models import OutboxEntry
from coterie.core.prepared import deleting, insert

log = logging.getLogger(__name__)

type Event = Any
type Listener = Callable[[Any], None]

CLAIM = timedelta(minutes=2)
TRIES = 10

_types: dict[str, type] = {}
_listeners: dict[type, tuple[Listener, ...]] = {}
_consequences: dict[type, tuple[Listener, ...]] = {}
_hints: dict[type, tuple[Listener, ...]] = {}


def wire(
    listeners: dict[type, Iterable[Listener]],
    consequences: dict[type, Iterable[Listener]],
    hints: dict[type, Iterable[Listener]] | None = None,
) -> None:
    """From now on these functions hear of these events (config/wiring.py calls this once).

    Hints are left as they are when none are given.
    """
    if hints is not None:
        _hints.clear()
        _hints.update({kind: tuple(heard) for kind, heard in hints.items()})
    _listeners.clear()
    _consequences.clear()
    _listeners.update({kind: tuple(heard) for kind, heard in listeners.items()})
    _consequences.update({kind: tuple(heard) for kind, heard in consequences.items()})
    _types.update({name_of(kind): kind for kind in [*listeners, *consequences]})


def name_of(kind: type) -> str:
    """`communities.Admitted`: the app and the class."""
    return f"{kind.__module__.split('.')[1]}.{kind.__name__}"


def announce(event: Event) -> None:
    """The event's consequences are done and its listeners will hear of it after the commit."""
    for consequence in _consequences.get(type(event), ()):
        consequence(event)
    for hint in _hints.get(type(event), ()):
        transaction.on_commit(partial(hint, event), robust=True)
    if not _listeners.get(type(event)):
        return
    entry = OutboxEntry(name=name_of(type(event)), payload=json.dumps(dataclasses.asdict(event)))
    # Whoever writes it is the first to try: nobody else need look before that claim runs out.
    entry.claimed_until = timezone.now() + CLAIM
    insert(entry)
    transaction.on_commit(lambda: _deliver(entry), robust=True)


def deliver(entry_id: int) -> bool:
    """The entry's listeners have run and it is gone; False when somebody else has it."""
    now = timezone.now()
    claimed = (
        OutboxEntry.objects.filter(Q(claimed_until=None) | Q(claimed_until__lt=now), pk=entry_id)
        .filter(tries__lt=TRIES)
        .update(claimed_until=now + CLAIM)
    )
    if not claimed:
        return False
    return _deliver(OutboxEntry.objects.get(pk=entry_id))


def _deliver(entry: OutboxEntry) -> bool:
    """The same for a claimed entry."""
    if _tell(entry):
        _gone(entry.pk)
        return True
    wait = timedelta(seconds=2**entry.tries)
    OutboxEntry.objects.filter(pk=entry.pk).update(
        claimed_until=timezone.now() + wait, tries=entry.tries + 1
    )
    return False


@deleting
def _gone(entry_id: int) -> Any:
    return OutboxEntry.objects.filter(pk=entry_id)


def sweep(limit: int = 100) -> int:
    """Entries that a crash or a failure left are delivered; how many were."""
    now = timezone.now()
    left = OutboxEntry.objects.filter(
        Q(claimed_until=None, created_at__lt=now - CLAIM) | Q(claimed_until__lt=now),
        tries__lt=TRIES,
    )
    return sum(deliver(pk) for pk in left.order_by("pk").values_list("pk", flat=True)[:limit])


def _tell(entry: OutboxEntry) -> bool:
    # One entry that cannot be read, left by another version, must not stop the sweep.
    try:
        kind = _types[entry.name]
        event = kind(**json.loads(entry.payload))
        for listener in _listeners.get(kind, ()):
            listener(event)
    except Exception:
        log.exception("telling of %s failed", entry.name)
        return False
    return True
