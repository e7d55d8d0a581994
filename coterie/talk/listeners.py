"""Who listens is told that something is new. Ids only; what it is, the hub reads for itself."""

from __future__ import annotations

from typing import Any

from coterie.communities.models import Community
from coterie.core.prepared import prepared
from coterie.live.telling import tell
from coterie.talk import events, tasks
from coterie.talk.models import Conversation, Kind, Post

type OfPost = (
    events.Posted
    | events.HeldBack
    | events.Edited
    | events.Noted
    | events.Retracted
    | events.PostRemoved
    | events.PostRestored
    | events.Reacted
    | events.ReactionTakenBack
    | events.PollChanged
    | events.Carded
)
type OfConversation = (
    events.Started
    | events.Locked
    | events.Unlocked
    | events.Pinned
    | events.Slowed
    | events.SlowEnded
    | events.Unlisted
    | events.Relisted
    | events.Archived
    | events.Unarchived
    | events.Unpinned
    | events.Retitled
    | events.Retagged
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
        _tell_lists(row["conversation__kind"], row["conversation__community__public_id"])


def look_behind_link(event: events.Linked) -> None:
    """Somebody goes and looks, whenever they come to it."""
    tasks.look_behind_link.enqueue(event.post_id)


def tell_of_conversation(event: OfConversation) -> None:
    """Readers of the conversation, and of the list that it stands in."""
    columns = ("public_id", "kind", "circle", "see", "community__seen_by", "community__public_id")
    for row in Conversation.objects.filter(pk=event.conversation_id).values(*columns):
        tell(f"conversation/{row['public_id']}")
        if _is_all_readers_affair(row):
            _tell_lists(row["kind"], row["community__public_id"])


def tell_of_new_room(event: events.Started) -> None:
    """A room is there before anybody has spoken in it; one of a circle, for those in it."""
    room = Conversation.objects.filter(pk=event.conversation_id, kind=Kind.ROOM).first()
    if room is None:
        return
    if room.circle is None:
        tell_of_conversation(event)
    else:
        name = "membership__persona__public_id"
        for public_id in room.circle.members.values_list(name, flat=True):
            tell(f"persona/{public_id}")


def _tell_lists(kind: str, community: str) -> None:
    tell(f"community/{community}")
    if kind == Kind.ROOM:
        tell(f"rooms/{community}")


def tell_of_split(event: events.Split) -> None:
    """Readers of the list, where a topic more stands now."""
    tell_of_conversation(events.Renumbered(event.new_id, 1))


def tell_of_place(event: events.MovedOut | events.MovedIn) -> None:
    """Readers of the list that a topic left or came to."""
    here = Community.objects.filter(pk=event.community_id)
    for public_id in here.values_list("public_id", flat=True):
        tell(f"community/{public_id}")


@prepared
def _post(post_id: int) -> Any:
    return Post.objects.filter(pk=post_id).values(
        "seq", "persona__public_id", "aside_with__public_id", "conversation__public_id",
        "conversation__circle", "conversation__see", "conversation__community__seen_by",
        "conversation__community__public_id", "conversation__kind",
    )  # fmt: skip


def _is_all_readers_affair(row: dict[str, Any], at: str = "") -> bool:
    """Whether all who see inside the community read this: that others talk is not theirs to know.

    A circle is smaller, and so is what was begun before the community opened wider.
    """
    return row[f"{at}circle"] is None and row[f"{at}see"] == row[f"{at}community__seen_by"]
