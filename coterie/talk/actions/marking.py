"""What changed after it was out: `rev` tells a reader who was away what to look at again."""

from __future__ import annotations

from django.db.models import F, OuterRef, Q, Subquery

from coterie.talk.models import Conversation, Post


def conversation(conversation_id: int) -> None:
    """Something about the conversation itself is different: its title, its lock, who reads it."""
    Conversation.objects.filter(pk=conversation_id).update(last_rev=F("last_rev") + 1)


def post(changed: Post) -> None:
    """This post is different from what a reader may have seen; of one that is not out, nobody has.

    Call it in the transaction that changes the post.
    """
    if changed.seq is not None:
        posts(Q(pk=changed.pk))


def posts(which: Q) -> None:
    """All these posts are different; two statements, however many there are."""
    found = Post.objects.filter(which, seq__isnull=False)
    places = Conversation.objects.filter(pk__in=found.values("conversation"))
    places.update(last_rev=F("last_rev") + 1)
    now = Conversation.objects.filter(pk=OuterRef("conversation"))
    found.update(rev=Subquery(now.values("last_rev")[:1]))
