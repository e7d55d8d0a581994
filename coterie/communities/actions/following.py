"""A ban follows whoever left and came back as somebody else, at a moment of its own."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from coterie.communities import seating
from coterie.communities.models import Ban, Membership
from coterie.communities.models.belonging import Role, State

SOONEST = 2
SPREAD = 22
"""Hours between a ban and the end of another seat of the same person: within a day, but never
at once, or whoever bans would see which two personas were one."""


def end_other_seats() -> int:
    """Banned people sit nowhere under another persona any more; nobody is told."""
    return sum(_end(ban) for ban in Ban.objects.in_force() if _is_due(ban))


def _is_due(ban: Ban) -> bool:
    wait = timedelta(hours=SOONEST + int(ban.nullifier[:8], 16) % SPREAD)
    return ban.banned_at + wait <= timezone.now()


@transaction.atomic
def _end(ban: Ban) -> int:
    seats = Membership.objects.living().filter(community=ban.community_id, nullifier=ban.nullifier)
    # A moderator cannot ban a host, under no name.
    return sum(seating.end(seat, State.REMOVED) for seat in seats.exclude(role=Role.HOST))
