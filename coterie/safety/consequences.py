"""What follows in safety, in the same transaction, from what hosts do elsewhere.

Whatever way a post, a member or a ban came about, there is one decision with its
reasons: the one that was made for it here, or one made now.
"""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from coterie.communities import events as communities
from coterie.communities.models import Ban, Membership
from coterie.core.events import announce
from coterie.safety.events import CaseClosed, Decided
from coterie.safety.models import Case, Decision, Desk, Outcome
from coterie.talk import events as talk
from coterie.talk.models import Post, Removal, Voice


def state_post_removal(event: talk.PostRemoved) -> None:
    """The author can read why, and what was reported about the post is settled."""
    removal = Removal.objects.select_related("post__conversation").get(post=event.post_id)
    post = removal.post
    _state(
        Outcome.POST_REMOVED,
        post.conversation.community_id,
        event.by_id,
        post_id=post.pk,
        subject_id=_author(post),
        rule_id=removal.rule_id,
        sentence=removal.sentence,
    )
    for case in Case.objects.open().filter(post=post, desk=Desk.HOSTS):
        Case.objects.filter(pk=case.pk).update(closed_at=timezone.now())
        announce(CaseClosed(case.pk))


def state_removal(event: communities.Removed) -> None:
    """Whoever was removed can read why."""
    seat = Membership.objects.get(pk=event.membership_id)
    _state(Outcome.MEMBER_REMOVED, seat.community_id, event.by_id, subject_id=seat.persona_id)


def state_ban(event: communities.Banned) -> None:
    """Whoever was banned can read why."""
    ban = Ban.objects.get(pk=event.ban_id)
    _state(
        Outcome.MEMBER_BANNED,
        ban.community_id,
        event.by_id,
        subject_id=ban.persona_id,
        sentence=ban.sentence,
    )


def _state(outcome: str, community_id: int, by_id: int, **about: Any) -> None:
    if find_unlogged(outcome, community_id, about.get("subject_id"), about.get("post_id")):
        return
    made = Decision.objects.create(
        outcome=outcome, community_id=community_id, by_id=by_id or None, **about
    )
    announce(Decided(made.pk))


def find_unlogged(
    outcome: str, community_id: int, subject_id: int | None, post_id: int | None = None
) -> Decision | None:
    """The decision that is being carried out in this transaction and has no audit entry yet.

    Its subject is empty for the anonymous voice: then it is the one with no subject.
    """
    waiting = Decision.objects.filter(
        outcome=outcome, community=community_id, is_logged=False
    ).select_related("rule")
    if post_id is not None:
        return waiting.filter(post=post_id).order_by("-pk").first()
    named = waiting.filter(subject=subject_id).order_by("-pk").first()
    return named or waiting.filter(subject=None).order_by("-pk").first()


def _author(post: Post) -> int | None:
    return None if post.voice == Voice.MEMBER else post.persona_id
