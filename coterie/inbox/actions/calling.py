"""The one place that decides whether a person is interrupted."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from coterie.inbox import carrying, letterboxes
from coterie.inbox.actions import attending
from coterie.inbox.kinds import KINDS
from coterie.inbox.models import Notification
from coterie.inbox.reads import levels_of
from coterie.personas import sealed
from coterie.pure import attention
from coterie.pure.attention import Desk, Thing, Urgency, Way

GRACE = timedelta(minutes=2)
"""Who is here reads it meanwhile, and is not called."""
WINDOW = timedelta(minutes=20)
"""What could not call by then comes with the digest."""
URGENT_WINDOW = timedelta(hours=24)
"""Longer than any night."""
A_ROUND = 2_000
URGENT = [name for name, kind in KINDS.items() if kind.urgency is Urgency.URGENT]


def call_on_people() -> int:
    """Everybody was called on for what is new to them, as far as they want it; how many were.

    Nobody is called twice in a round: two letters in one second would be one person's.
    """
    now, called = timezone.now(), set()
    rows = list(_told_lately(now)[:A_ROUND])
    random.shuffle(rows)  # no order of letters follows an order of rows
    for row in rows:
        owner = sealed.owner_of(row.persona)
        if owner is not None and owner not in called and call(row.pk, at=now):
            called.add(owner)
    return len(called)


@transaction.atomic
def call(notification_id: int, *, at: datetime) -> bool:
    """A letter about this is on its way; False when it may not call, or not now, or did."""
    row = Notification.objects.unread().select_related("persona").filter(pk=notification_id).first()
    owner = sealed.owner_of(row.persona) if row else None
    if row is None or owner is None:
        return False
    name, urgency = row.persona.public_id, KINDS[row.kind].urgency
    told = (row.persona_id, row.community_id, row.conversation_id)
    thing = Thing(str(row.pk), name, row.told_at, urgency)
    level = levels_of([told])[told]
    is_open = urgency is Urgency.URGENT or _is_open(row.persona_id)

    def turn(desk: Desk) -> tuple[Desk, Way]:
        met = attention.meet(desk, name, at)
        return attention.settle(met, thing, level, at) if is_open else (met, Way.LIST)

    if attending.change(owner, turn) is not Way.NOW:
        return False
    carrying.put({"thing": row.pk})
    return True


def _told_lately(now: datetime) -> QuerySet[Notification]:
    recent = Q(told_at__gt=now - WINDOW, told_at__lte=now - GRACE)
    urgent = Q(told_at__gt=now - URGENT_WINDOW, told_at__lte=now - GRACE, kind__in=URGENT)
    found = Notification.objects.unread().filter(recent | urgent).order_by("told_at")
    return found.select_related("persona")


def _is_open(persona_id: int) -> bool:
    return not letterboxes.closed([persona_id])
