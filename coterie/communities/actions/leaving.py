"""Going quietly: nobody is told, and the door stays open."""

from __future__ import annotations

from django.db import transaction

from coterie.communities import rules, seating
from coterie.communities.events import Left
from coterie.communities.models import Membership
from coterie.communities.models.belonging import State
from coterie.core.events import announce
from coterie.core.verdict import Refused
from coterie.personas.models import Persona


@transaction.atomic
def leave(membership: Membership, *, by: Persona) -> None:
    """No member any more; what they said stays under their flower."""
    _go(membership, by)
    announce(Left(membership.pk, with_posts=False))


@transaction.atomic
def leave_and_take_posts(membership: Membership, *, by: Persona) -> None:
    """No member any more, and what they said here is gone."""
    _go(membership, by)
    announce(Left(membership.pk, with_posts=True))


def _go(membership: Membership, by: Persona) -> None:
    if membership.persona_id != by.pk or not seating.end(membership, State.LEFT):
        raise Refused(rules.NOTHING.sentence)
