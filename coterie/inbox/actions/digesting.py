"""The digests: for each persona one a day, at its person's hour, and none when nothing is in it."""

from __future__ import annotations

import random
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from coterie.core.keys import keyed
from coterie.inbox import carrying, desks, letterboxes
from coterie.inbox.actions import attending
from coterie.inbox.models import Attention
from coterie.personas import sealed
from coterie.personas.models import Persona
from coterie.personas.sealed import Owner
from coterie.pure import attention
from coterie.pure.attention import Desk, Span

SPREAD = 45
"""Minutes over which digests come after their hour: two of one person never in one round."""


def send_due() -> int:
    """Every digest that is due was begun, one of each person in a round; how many were."""
    now = timezone.now()
    boxes = Attention.objects.order_by("pk").values_list("box", flat=True)
    return sum(_one_of(*desks.opened(box), now) for box in boxes.iterator(500))


def _one_of(owner: Owner, desk: Desk, now: datetime) -> bool:
    due = [
        name for name in desk.digested if attention.digest(desk, name, now, _spread(name, now))[1]
    ]
    return begin(random.choice(due), owner, at=now) if due else False  # noqa: S311


@transaction.atomic
def begin(public_id: str, owner: Owner, *, at: datetime) -> bool:
    """The digest of this persona is being written, once."""
    persona = Persona.objects.filter(public_id=public_id).first()
    if persona is None or not sealed.is_owner(owner, persona):
        attending.change(owner, lambda desk: (attention.part(desk, public_id), None))
        return False

    def turn(desk: Desk) -> tuple[Desk, Span | None]:
        return attention.digest(desk, public_id, at, _spread(public_id, at))

    span = attending.change(owner, turn)
    if span is None or letterboxes.closed([persona.pk]):
        return False
    since, until = span.since.isoformat(), span.until.isoformat()
    carrying.put({"persona": persona.pk, "since": since, "until": until})
    return True


def _spread(public_id: str, at: datetime) -> int:
    """Another one every day, that nobody without the key file can foretell."""
    return int(keyed("digest-moment", public_id, at.date())[:8], 16) % SPREAD
