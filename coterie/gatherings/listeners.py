"""What gatherings hear of. Loads afresh; may run twice without harm."""

from __future__ import annotations

from coterie.communities.events import Banned, Left, Removed
from coterie.communities.models import Membership
from coterie.gatherings.actions import answering
from coterie.gatherings.events import Answered, CalledOff, Rearranged
from coterie.gatherings.models import Gathering
from coterie.live.telling import tell


def free_places(event: Left | Removed | Banned) -> None:
    """Who waits gets the places of who went."""
    gone = Membership.objects.exclude(state=Membership.State.LIVING).filter(pk=event.membership_id)
    for seat in gone:
        answering.free_places(seat)


def tell_open_pages(event: Answered | CalledOff | Rearranged) -> None:
    """Open pages look again at who comes and when."""
    if isinstance(event, Answered):
        found = Gathering.objects.filter(occurrences=event.occurrence_id)
    else:
        found = Gathering.objects.filter(pk=event.gathering_id)
    for public_id in found.values_list("conversation__public_id", flat=True):
        tell(f"conversation/{public_id}")
