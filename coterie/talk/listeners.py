"""Who listens is told that something is new. Ids only; what it is, the hub reads for itself."""

from __future__ import annotations

from typing import Any

from coterie.core.prepared import prepared
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
    row = next(iter(_post(event.post_id)), None)
    if row is None:
        return
    if row["seq"] is None:
        own = (row["persona__public_id"], row["aside_with__public_id"])
        for public_id in dict.fromkeys(filter(None, own)):
            tell(f"persona/{public_id}")
        return
    tell(f"conversation/{row['conversation__public_id']}")
    if isinstance(event, events.Posted) and _is_all_readers_affair(row, "conversation__"):
        tell(f"community/{row['conversation__community__public_id']}")


def tell_of_conversation(event: OfConversation) -> None:
    """Readers of the conversation, and of the list that it stands in."""
    columns = ("public_id", "circle", "see", "community__seen_by", "community__public_id")
    for row in Conversation.objects.filter(pk=event.conversation_id).values(*columns):
        tell(f"conversation/{row['public_id']}")
        if _is_all_readers_affair(row):
            tell(f"community/{row['community__public_id']}")


@prepared
def _post(post_id: int) -> Any:
    return Post.objects.filter(pk=post_id).values(
        "seq", "persona__public_id", "aside_with__public_id", "conversation__public_id",
        "conversation__circle", "conversation__see", "conversation__community__seen_by",
        "conversation__community__public_id",
    )  # fmt: skip


def _is_all_readers_affair(row: dict[str, Any], at: str = "") -> bool:
    """Whether all who see inside the community read this: that others talk is not theirs to know.

    A circle is smaller, and so is what was begun before the community opened wider.
    """
    return row[f"{at}circle"] is None and row[f"{at}see"] == row[f"{at}community__seen_by"]
