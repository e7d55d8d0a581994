"""What a person wants of everything that could call on them. Acts of the whole person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from django.db import IntegrityError, transaction

from coterie.core.verdict import Refused
from coterie.inbox import desks
from coterie.inbox.models import Attention
from coterie.personas.sealed import Owner
from coterie.personas.viewer import Viewer
from coterie.pure.attention import Desk, Wishes

TRIES = 50


@transaction.atomic
def wish(wishes: Wishes, *, by: Viewer) -> None:
    """They are called on as they want from now on; what was used today stays used."""
    if by.owner is None:
        raise Refused("")
    change(by.owner, lambda desk: (replace(desk, wishes=wishes), None))


@transaction.atomic
def forget(owner: Owner) -> None:
    """Nothing is known of this person's attention any more."""
    Attention.objects.filter(tag=desks.tag_of(owner)).delete()


def change[Answer](owner: Owner, turn: Callable[[Desk], tuple[Desk, Answer]]) -> Answer:
    """The desk is as `turn` left it, and nobody else changed it in between.

    `turn` may be asked again: it only computes.
    """
    tag = desks.tag_of(owner)
    for _try in range(TRIES):
        row = Attention.objects.filter(tag=tag).first()
        before = desks.opened(row.box)[1] if row else desks.fresh()
        after, answer = turn(before)
        if after == before or _put(tag, row, desks.box_of(owner, after)):
            return answer
    raise RuntimeError("somebody's attention changes faster than it can be written")


def _put(tag: str, row: Attention | None, box: str) -> bool:
    if row is not None:
        # A box is never the same bytes twice, so this is still the one that was read.
        return bool(Attention.objects.filter(pk=row.pk, box=row.box).update(box=box))
    try:
        with transaction.atomic():
            Attention.objects.create(tag=tag, box=box)
    except IntegrityError:
        return False
    return True
