"""Everything that is started is a Conversation; everything that is said is a Post."""

from coterie.talk.models.conversation import Conversation, Kind, ReadingPosition
from coterie.talk.models.post import Post, PostState, PostVersion, Reaction, Voice

__all__ = [
    "Conversation", "Kind", "Post", "PostState", "PostVersion", "Reaction", "ReadingPosition",
    "Voice",
]
