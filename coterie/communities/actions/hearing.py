"""How much a member wants to hear from a community. Nobody else learns of it."""

from __future__ import annotations

from django.db import transaction

from coterie.communities import rules
from coterie.communities.models import Membership
from coterie.communities.models.belonging import Level
from coterie.core.verdict import Refused
from coterie.personas.models import Persona


@transaction.atomic
def hear(membership: Membership, level: Level, *, by: Persona) -> None:
    """This much reaches them from here from now on."""
    if membership.persona_id != by.pk:
        raise Refused(rules.NOTHING.sentence)
    Membership.objects.living().filter(pk=membership.pk).update(level=level)
