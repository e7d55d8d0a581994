"""Everything that is started is a Conversation; everything that is said is a Post."""

from coterie.talk.models.beginning import (
    LONGEST_FRAME,
    LONGEST_GREETING,
    MOST_FRAMES,
    Frame,
    Greeting,
)
from coterie.talk.models.conversation import (
    Conversation,
    Kind,
    ReadingPosition,
    Voice,
    in_context,
    open_path_of,
    path_of,
    slug_of,
)
from coterie.talk.models.draft import Draft, sent_from
from coterie.talk.models.glimpse import Glimpse
from coterie.talk.models.level import TagLevel, TopicLevel
from coterie.talk.models.planned import SAYING_AS_PLANNED, Planned
from coterie.talk.models.poll import (
    MOST_OPTIONS,
    OPTION_LENGTH,
    YES,
    Asked,
    Ballot,
    Poll,
    PollKind,
    Shown,
    scope_of,
)
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
from coterie.talk.models.said import Said
from coterie.talk.models.saved import SavedPost
from coterie.talk.models.tag import (
    LONGEST_TAG,
    MOST_ON_A_TOPIC,
    MOST_TAGS,
    Tag,
    Tagging,
    key_of,
    tag_path,
    tidy_tag,
    tidy_tags,
)

__all__ = [
    "LONGEST_FRAME",
    "LONGEST_GREETING",
    "LONGEST_TAG",
    "MOST_FRAMES",
    "MOST_ON_A_TOPIC",
    "MOST_OPTIONS",
    "MOST_TAGS",
    "OPTION_LENGTH",
    "SAYING_AS_PLANNED",
    "SENDING",
    "TAKING_BACK",
    "TOMBSTONES",
    "YES",
    "Asked",
    "Ballot",
    "BroughtReaction",
    "CaughtUp",
    "Conversation",
    "Draft",
    "Frame",
    "Glimpse",
    "Greeting",
    "HiddenPost",
    "Kind",
    "Planned",
    "Poll",
    "PollKind",
    "Post",
    "PostState",
    "PostVersion",
    "Reaction",
    "ReadingPosition",
    "Removal",
    "Said",
    "SavedPost",
    "Shown",
    "Tag",
    "TagLevel",
    "Tagging",
    "TopicLevel",
    "Voice",
    "in_context",
    "key_of",
    "open_path_of",
    "path_of",
    "scope_of",
    "sent_from",
    "slug_of",
    "tag_path",
    "tidy_tag",
    "tidy_tags",
]
