"""Where in an export a chat stands that was surveyed before."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from coterie.pure.parsers.telegram.hearing import Surveyed


class Part(NamedTuple):
    """One of the chats of a file that make up a chat: the position, and what names its messages."""

    position: int
    key: str
    type: str
    id: int | None

    @classmethod
    def of(cls, one: Surveyed) -> Part:
        return cls(one.position, one.key, one.type, one.id)


class Found(NamedTuple):
    """The parts of a chat, oldest first, and the authors that are bots."""

    key: str
    parts: tuple[Part, ...]
    bots: frozenset[str]
