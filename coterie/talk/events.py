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
class SentBack:
    """What was to go out did not; its words are a draft again."""

    draft_id: int


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
class Locked:
    conversation_id: int
    by_id: int


@dataclass(frozen=True)
class Unlocked:
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
class Retitled:
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
class Renumbered:
    """Its posts have new numbers: clients of an older epoch reload."""

    conversation_id: int
    epoch: int
