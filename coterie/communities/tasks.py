"""What a member meant to do, now that it is due."""

from __future__ import annotations

from contextlib import suppress

from coterie.communities.actions import leaving
from coterie.communities.models import Membership
from coterie.core.verdict import Refused
from coterie.personas.models import Persona


def leave(membership_id: int, by: Persona) -> None:
    """No member any more, if they still were one."""
    with suppress(Refused):
        leaving.leave(_seat(membership_id), by=by)


def leave_and_take_posts(membership_id: int, by: Persona) -> None:
    """No member any more, and what they said here is gone."""
    with suppress(Refused):
        leaving.leave_and_take_posts(_seat(membership_id), by=by)


def _seat(membership_id: int) -> Membership:
    return Membership.objects.select_related("community", "persona").get(pk=membership_id)
