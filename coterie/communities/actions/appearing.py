"""Being in the directory of a community, or not."""

from __future__ import annotations

from django.db import transaction

from coterie.communities import rules
from coterie.communities.models import Membership
from coterie.communities.models.belonging import MembershipQuerySet
from coterie.core.verdict import Refused
from coterie.personas.models import Persona


@transaction.atomic
def hide(membership: Membership, *, by: Persona) -> None:
    """Only hosts find them in the directory and may open their page."""
    _own(membership, by).update(hidden=True)


@transaction.atomic
def show(membership: Membership, *, by: Persona) -> None:
    """They stand in the directory like others."""
    _own(membership, by).update(hidden=False)


def _own(membership: Membership, by: Persona) -> MembershipQuerySet:
    if membership.persona_id != by.pk:
        raise Refused(rules.NOTHING.sentence)
    return Membership.objects.living().filter(pk=membership.pk)
