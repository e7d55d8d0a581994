"""What follows here, in the same transaction, from what happens to communities."""

from __future__ import annotations

from coterie.communities.events import Banned, Left, Removed
from coterie.communities.models import Membership
from coterie.gatherings.actions import forgetting
from coterie.gatherings.models import Feed


def end_feed(event: Left | Removed | Banned) -> None:
    """The calendar address of who is no member any more opens nothing."""
    Feed.objects.filter(seat=event.membership_id).delete()


def take_places_along(event: Left) -> None:
    """Who left with their words takes along where they called people to."""
    if not event.with_posts:
        return
    seat = Membership.objects.values("persona_id", "community_id").get(pk=event.membership_id)
    forgetting.empty_places(seat["persona_id"], community_id=seat["community_id"])
