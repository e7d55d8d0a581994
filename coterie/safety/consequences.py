"""What follows in safety, in the same transaction, from what hosts do elsewhere.

Whatever way a post, a member or a ban came about, there is one decision with its
reasons: the one that was made for it here, or one made now.
"""

from __future__ import annotations

from typing import Any

from coterie.communities import events as communities
from coterie.communities.models import Ban, Membership
from coterie.core.events import announce
from coterie.safety.events import Decided
from coterie.safety.models import Decision, Outcome
from coterie.talk import events as talk
from coterie.talk.models import Post, Removal, Voice


def state_post_removal(event: talk.PostRemoved) -> None:
    """The author can read why."""
    removal = Removal.objects.select_related("post__conversation").get(post=event.post_id)
    post = removal.post
    _state(
        unlogged(Outcome.POST_REMOVED, post=post),
        Outcome.POST_REMOVED,
        event.by_id,
        community_id=post.conversation.community_id,
        post_id=post.pk,
        subject_id=_author(post),
        rule_id=removal.rule_id,
        sentence=removal.sentence,
    )


def state_removal(event: communities.Removed) -> None:
    """Whoever was removed can read why."""
    seat = Membership.objects.get(pk=event.membership_id)
    who = {"community_id": seat.community_id, "subject_id": seat.persona_id}
    outcome = Outcome.MEMBER_REMOVED
    _state(unlogged_sanction(outcome, **who), outcome, event.by_id, **who)


def state_ban(event: communities.Banned) -> None:
    """Whoever was banned can read why."""
    ban = Ban.objects.get(pk=event.ban_id)
    outcome = Outcome.MEMBER_BANNED
    made = unlogged_sanction(outcome, ban.community_id, ban.persona_id)
    _state(
        made,
        outcome,
        event.by_id,
        community_id=ban.community_id,
        subject_id=ban.persona_id,
        sentence=ban.sentence,
        until=ban.expires_at,
    )


def unlogged(outcome: str, **about: Any) -> Decision | None:
    """The decision that is being carried out in this transaction and has no audit entry yet."""
    waiting = Decision.objects.filter(outcome=outcome, is_logged=False, **about)
    return waiting.select_related("rule").order_by("-pk").first()


def unlogged_sanction(outcome: str, community_id: int, subject_id: int | None) -> Decision | None:
    """The same for a member; whoever spoke anonymously is the subject of none by name."""
    named = unlogged(outcome, community=community_id, subject=subject_id)
    return named or unlogged(outcome, community=community_id, subject=None)


def _state(made: Decision | None, outcome: str, by_id: int, **about: Any) -> None:
    if made is None:
        made = Decision.objects.create(outcome=outcome, by_id=by_id or None, **about)
        announce(Decided(made.pk))


def _author(post: Post) -> int | None:
    return None if post.voice == Voice.MEMBER else post.persona_id
