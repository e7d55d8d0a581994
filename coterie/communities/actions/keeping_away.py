"""Blocking and muting: inside one community, and whoever it is, under any persona there."""

from __future__ import annotations

from django.db import transaction

from coterie.communities import rules, seating
from coterie.communities.models import Block, Membership, Mute
from coterie.core.verdict import Refused, require
from coterie.personas.models import Persona


@transaction.atomic
def block(membership: Membership, *, by: Persona) -> None:
    """Neither of the two reads or reaches the other here; the other is not told."""
    if Block.objects.get_or_create(blocker=_own_seat(membership, by), blocked=membership)[1]:
        seating.ask_again(membership.community_id)


@transaction.atomic
def unblock(membership: Membership, *, by: Persona) -> None:
    """The two meet again, unless the other blocks too."""
    Block.objects.filter(**_row("blocker", "blocked", membership, by)).delete()


@transaction.atomic
def mute(membership: Membership, *, by: Persona) -> None:
    """`by` reads nothing of them here; they notice nothing."""
    if Mute.objects.get_or_create(muter=_own_seat(membership, by), muted=membership)[1]:
        seating.ask_again(membership.community_id)


@transaction.atomic
def unmute(membership: Membership, *, by: Persona) -> None:
    """`by` reads them again."""
    Mute.objects.filter(**_row("muter", "muted", membership, by)).delete()


def _own_seat(membership: Membership, by: Persona) -> Membership:
    require(rules.may_keep_away(by, membership))
    place = rules.seat(by, membership.community)
    if place is None:
        raise Refused(rules.NOTHING.sentence)
    return place


def _row(one: str, other: str, membership: Membership, by: Persona) -> dict[str, object]:
    # My side by nullifier: the row may stand on a seat that I have left. Theirs by seat alone:
    # taking back one block must not tell which other persona it covered.
    place = _own_seat(membership, by)
    return {
        f"{one}__community": membership.community_id,
        f"{one}__nullifier": place.nullifier,
        other: membership,
    }
