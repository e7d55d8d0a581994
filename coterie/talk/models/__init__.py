"""Everything that is started is a Conversation; everything that is said is a Post."""

from coterie.talk.models.conversation import Conversation, Kind, ReadingPosition, Voice, path_of
from coterie.talk.models.draft import Draft
from coterie.talk.models.post import (
    SENDING,
    TAKING_BACK,
    TOMBSTONES,
    BroughtReaction,
    HiddenPost,
    Post,
    PostState,
    PostVersion,
    Reaction,
    Removal,
)
from coterie.talk.models.reading import CaughtUp

__all__ = [
    "SENDING",
    "TAKING_BACK",
    "TOMBSTONES",
    "BroughtReaction",
    "CaughtUp",
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
    "path_of",
]
