"""What follows in talk, in the same transaction, from what happens to communities."""

from __future__ import annotations

from django.db.models import Q

from coterie.communities.events import Admitted, Banned, Left, Moved, Removed, Reshaped
from coterie.communities.models import Community, Membership, SeenBy
from coterie.media.actions import using
from coterie.talk import rules
from coterie.talk.actions import (
    drafting,
    erasing,
    glimpsing,
    holding,
    marking,
    planning,
    reading,
    sending,
)
from coterie.talk.events import Retracted
from coterie.talk.models import Conversation, Post

WIDER_THAN = {
    SeenBy.EVERYONE: (),
    SeenBy.PARENT: (SeenBy.EVERYONE,),
    SeenBy.MEMBERS: (SeenBy.EVERYONE, SeenBy.PARENT),
}


def lower_conversations(event: Reshaped) -> None:
    """No conversation is seen by more than its community; widening touches none."""
    community = Community.objects.only("seen_by", "parent_id").get(pk=event.community_id)
    seen_by = SeenBy(community.seen_by)
    wider = Conversation.objects.filter(community=community, see__in=WIDER_THAN[seen_by])
    holding.conversations(wider)
    wider.update(see=seen_by)


def close_to_the_parent(event: Moved) -> None:
    """What the members of the old parent could read is not handed to those of the new one."""
    open_above = Conversation.objects.filter(community=event.community_id, see=SeenBy.PARENT)
    holding.conversations(open_above)
    open_above.update(see=SeenBy.MEMBERS)


def drop_drafts(event: Left | Removed | Banned) -> None:
    """Who leaves, or has to, will not say what they had begun to say, or were just saying."""
    seats = Membership.objects.filter(pk=event.membership_id)  # none: turned away at the door
    for persona, community in seats.values_list("persona_id", "community_id"):
        planning.forget(persona, community_id=community)
        sending.forget(persona, community_id=community)
        drafting.forget(persona, community_id=community)


def begin_reading_anew(event: Admitted) -> None:
    """Whoever comes back counts as new what is said from now on, as everybody who comes does."""
    place = Membership.objects.values("persona_id", "community_id").get(pk=event.membership_id)
    reading.forget(place["persona_id"], community_id=place["community_id"])


def let_photos_go(event: Retracted) -> None:
    """What is taken back has no photos any more either."""
    using.let_go(rules.PHOTOS, [event.post_id])
    Post.objects.filter(pk=event.post_id, photos__gt=0).update(photos=0)
    glimpsing.clear([event.post_id])


def put_cards_away(event: Reshaped) -> None:
    """Where what is said is sensitive, no post shows what its link leads to."""
    if not Community.objects.filter(pk=event.community_id, sensitive=True).exists():
        return
    carded = Post.objects.filter(conversation__community=event.community_id).exclude(card="")
    posts = list(carded.values_list("pk", flat=True))
    if posts:
        marking.posts(Q(pk__in=posts))
        glimpsing.clear(posts)


def take_posts_along(event: Left) -> None:
    """Who left with their posts leaves empty tombstones; what has no name follows later."""
    if not event.with_posts:
        return
    place = Membership.objects.values("persona_id", "community_id").get(pk=event.membership_id)
    erasing.erase_named_words(place["persona_id"], community_id=place["community_id"])
