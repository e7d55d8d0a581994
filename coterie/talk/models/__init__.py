"""Everything that is started is a Conversation; everything that is said is a Post."""

from coterie.talk.models.conversation import Conversation, Kind, ReadingPosition, Voice
from coterie.talk.models.draft import Draft
from coterie.talk.models.post import (
    TOMBSTONES,
    BroughtReaction,
    HiddenPost,
    Post,
    PostState,
    PostVersion,
    Reaction,
    Removal,
)

__all__ = [
    "TOMBSTONES",
    "BroughtReaction",
    "Conversation",
    "Draft",
    "HiddenPost",
    "Kind",
    "Post",
    "PostState",
    "PostVersion",
    "Reaction",
    "ReadingPosition",
    "Removal",
    "Voice",
]
