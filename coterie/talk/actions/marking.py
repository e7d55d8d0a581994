"""What changed after it was out: `rev` tells a reader who was away what to look at again."""

from __future__ import annotations

from typing import Any

from django.db.models import F, OuterRef, Q, Subquery

from coterie.talk.actions import holding
from coterie.talk.models import Conversation, Post


def conversation(conversation_id: int) -> None:
    """Something about the conversation itself is different: its title, its lock, who reads it."""
    Conversation.objects.filter(pk=conversation_id).update(last_rev=F("last_rev") + 1)


def post(changed: Post) -> None:
    """This post is different from what a reader may have seen; of one that is not out, nobody has.

    Call it in the transaction that changes the post, where its conversation is held.
    """
    if changed.seq is None:
        return
    conversation(changed.conversation_id)
    there = Post.objects.filter(pk=changed.pk, conversation=changed.conversation_id)
    if not there.update(rev=_LAST_REV):
        # It went to another topic while we waited for this one.
        raise holding.ChangedMeanwhile


def posts(which: Q) -> None:
    """All these posts are different; a few statements, however many there are."""
    found = Post.objects.filter(which, seq__isnull=False)
    places = Conversation.objects.filter(pk__in=found.values("conversation"))
    holding.conversations(places)
    places.update(last_rev=F("last_rev") + 1)
    found.update(rev=_LAST_REV)


_LAST_REV: Any = Subquery(
    Conversation.objects.filter(pk=OuterRef("conversation")).values("last_rev")[:1]
)
