"""What happened in talk. Ids only."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Started:
    """A conversation began; its first post is announced by itself."""

    conversation_id: int


@dataclass(frozen=True)
class Posted:
    """A post is out: to its whole audience, or (without seq) to the member it is between."""

    post_id: int


@dataclass(frozen=True)
class Answered:
    """A post is out that replies to somebody else, or stands in what somebody else began."""

    post_id: int


@dataclass(frozen=True)
class Mentioned:
    """A post is out in which somebody may be called by name."""

    post_id: int


@dataclass(frozen=True)
class Linked:
    """A post is out with a link behind which somebody may look."""

    post_id: int


@dataclass(frozen=True)
class Carded:
    """A post shows what its link leads to, or does so no more."""

    post_id: int


@dataclass(frozen=True)
class SentBack:
    """What was to go out did not; its words are a draft again."""

    draft_id: int


@dataclass(frozen=True)
class NotSent:
    """What was planned for a time did not go out then; it waits for its author."""

    planned_id: int
    at: int = 0
    """The second in which that was found; it may be put off, and not go out again."""


@dataclass(frozen=True)
class HeldBack:
    """A post waits for a host; its author and the hosts alone see it."""

    post_id: int


@dataclass(frozen=True)
class LetOut:
    """A host published what had waited."""

    post_id: int
    by_id: int


@dataclass(frozen=True)
class Edited:
    post_id: int


@dataclass(frozen=True)
class Retracted:
    """Its author took it back; `seq` is empty now, or it never had one."""

    post_id: int


@dataclass(frozen=True)
class PostRemoved:
    """The hosts took it away; nobody but hosts may learn which of them. `by_id` 0: the operator."""

    post_id: int
    by_id: int


@dataclass(frozen=True)
class PostRestored:
    """The hosts put a removed post back."""

    post_id: int
    by_id: int


@dataclass(frozen=True)
class Noted:
    """The hosts put a note before a post, another in its place, or took theirs away."""

    post_id: int
    by_id: int


@dataclass(frozen=True)
class Reacted:
    post_id: int
    by_id: int
    emoji: str


@dataclass(frozen=True)
class ReactionTakenBack:
    post_id: int
    by_id: int
    emoji: str


@dataclass(frozen=True)
class PollChanged:
    """What readers may see of a poll is different: its result, its options or its end.

    It says nothing of who voted, and of most votes there is none.
    """

    post_id: int


@dataclass(frozen=True)
class Locked:
    conversation_id: int
    by_id: int


@dataclass(frozen=True)
class Unlocked:
    conversation_id: int
    by_id: int


@dataclass(frozen=True)
class Slowed:
    """Members wait between two posts there."""

    conversation_id: int
    by_id: int


@dataclass(frozen=True)
class SlowEnded:
    conversation_id: int
    by_id: int


@dataclass(frozen=True)
class Unlisted:
    """Lists do not show it; its address still leads there."""

    conversation_id: int
    by_id: int


@dataclass(frozen=True)
class Relisted:
    conversation_id: int
    by_id: int


@dataclass(frozen=True)
class Archived:
    """Nobody adds to it any more."""

    conversation_id: int
    by_id: int


@dataclass(frozen=True)
class Unarchived:
    conversation_id: int
    by_id: int


@dataclass(frozen=True)
class Pinned:
    conversation_id: int
    by_id: int


@dataclass(frozen=True)
class Unpinned:
    conversation_id: int
    by_id: int


@dataclass(frozen=True)
class Announced:
    """The hosts ask every member to read it."""

    conversation_id: int
    by_id: int


@dataclass(frozen=True)
class Retitled:
    conversation_id: int
    by_id: int


@dataclass(frozen=True)
class Retagged:
    conversation_id: int
    by_id: int


@dataclass(frozen=True)
class HistoryShared:
    """Members who came later may read it from now on."""

    conversation_id: int
    by_id: int


@dataclass(frozen=True)
class HistoryClosed:
    """Members who came later may not read it any more."""

    conversation_id: int
    by_id: int


@dataclass(frozen=True)
class Merged:
    """The posts of one stand in the other, and its address leads there."""

    conversation_id: int
    into_id: int
    by_id: int


@dataclass(frozen=True)
class Split:
    """Some posts of one stand in a new one."""

    conversation_id: int
    new_id: int
    by_id: int


@dataclass(frozen=True)
class MovedOut:
    """It is in this community no more."""

    conversation_id: int
    community_id: int
    by_id: int


@dataclass(frozen=True)
class MovedIn:
    """It is in this community now, with all its posts."""

    conversation_id: int
    community_id: int
    by_id: int


@dataclass(frozen=True)
class Renumbered:
    """Its posts have new numbers: clients of an older epoch reload."""

    conversation_id: int
    epoch: int
