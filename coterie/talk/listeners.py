"""Who listens is told that something is new. Ids only; what it is, the hub reads for itself."""

from __future__ import annotations

from coterie.live.telling import tell
from coterie.talk import events
from coterie.talk.models import Conversation, Post

type OfPost = (
    events.Posted
    | events.HeldBack
    | events.Edited
    | events.Retracted
    | events.PostRemoved
    | events.PostRestored
    | events.Reacted
    | events.ReactionTakenBack
)
type OfConversation = (
    events.Locked
    | events.Unlocked
    | events.Pinned
    | events.Unpinned
    | events.Retitled
    | events.HistoryShared
    | events.HistoryClosed
    | events.Renumbered
)


def tell_of_post(event: OfPost) -> None:
    """Readers of the conversation; of what only its author and the hosts read, its author."""
    row = Post.objects.values(
        "seq", "persona__public_id", "aside_with__public_id",
        "conversation__public_id", "conversation__community__public_id", "conversation__circle",
    ).filter(pk=event.post_id).first()  # fmt: skip
    if row is None:
        return
    if row["seq"] is None:
        own = (row["persona__public_id"], row["aside_with__public_id"])
        for public_id in dict.fromkeys(filter(None, own)):
            tell(f"persona/{public_id}")
        return
    tell(f"conversation/{row['conversation__public_id']}")
    if isinstance(event, events.Posted) and row["conversation__circle"] is None:
        # That a circle talks is its own affair.
        tell(f"community/{row['conversation__community__public_id']}")


def tell_of_conversation(event: OfConversation) -> None:
    """Readers of the conversation, and of the list that it stands in."""
    rows = Conversation.objects.filter(pk=event.conversation_id)
    columns = ("public_id", "circle", "community__public_id")
    for public_id, circle, community in rows.values_list(*columns):
        tell(f"conversation/{public_id}")
        if circle is None:
            tell(f"community/{community}")
