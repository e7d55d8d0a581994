"""A member's own calendar address: made, made anew, ended."""

from __future__ import annotations

from django.db import transaction

from coterie.communities.models import Membership
from coterie.core.ids import hashed, new_token
from coterie.core.verdict import Refused, require
from coterie.gatherings import rules
from coterie.gatherings.models import Feed
from coterie.personas.models import Persona


@transaction.atomic
def renew(seat: Membership, *, by: Persona, only_mine: bool) -> str:
    """The token of a new address, shown once; the one before it opens nothing any more."""
    require(rules.may_subscribe(by, seat.community))
    if seat.persona_id != by.pk:
        raise Refused(rules.NOTHING.sentence)
    token = new_token()
    known = {"token_hash": hashed(token), "only_mine": only_mine}
    Feed.objects.update_or_create(seat=seat, defaults=known)
    return token


@transaction.atomic
def end(seat: Membership, *, by: Persona) -> None:
    """The address opens nothing any more."""
    if seat.persona_id != by.pk:
        raise Refused(rules.NOTHING.sentence)
    Feed.objects.filter(seat=seat).delete()
