"""Going quietly: nobody is told, and the door stays open."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from coterie.communities import rules, seating
from coterie.communities.events import Left
from coterie.communities.models import Membership
from coterie.communities.models.belonging import State
from coterie.core.events import announce
from coterie.core.verdict import Refused
from coterie.personas.actions import intending
from coterie.personas.models import Persona

LEAVING, LEAVING_WITH_POSTS = "communities.leaving", "communities.leaving-with-posts"


@transaction.atomic
def leave_soon(membership: Membership, *, by: Persona) -> datetime:
    """They are out in seven seconds, unless they stay."""
    return _mean_to(LEAVING, membership, by)


@transaction.atomic
def leave_soon_and_take_posts(membership: Membership, *, by: Persona) -> datetime:
    """They are out in seven seconds with what they said, unless they stay."""
    return _mean_to(LEAVING_WITH_POSTS, membership, by)


@transaction.atomic
def stay(membership: Membership, *, by: Persona) -> None:
    """They do not leave after all."""
    intending.drop(LEAVING, LEAVING_WITH_POSTS, subject=membership.pk, by=by)
    if not Membership.objects.living().filter(pk=membership.pk, persona=by).exists():
        raise Refused(_("It was too late: you have left."))


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


def _mean_to(kind: str, membership: Membership, by: Persona) -> datetime:
    if membership.persona_id != by.pk:
        raise Refused(rules.NOTHING.sentence)
    intending.drop(LEAVING, LEAVING_WITH_POSTS, subject=membership.pk, by=by)
    return intending.intend(kind, membership.pk, by=by)


def _go(membership: Membership, by: Persona) -> None:
    if membership.persona_id != by.pk or not seating.end(membership, State.LEFT):
        raise Refused(rules.NOTHING.sentence)
