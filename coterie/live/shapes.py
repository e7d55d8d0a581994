"""What the hub and the house say to each other."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple, Protocol


class Cursor(NamedTuple):
    """How far something is known. A topic that has no posts stays at the beginning."""

    epoch: int = 0
    seq: int = 0
    rev: int = 0


class Grant(NamedTuple):
    """This visitor may listen: what that hangs on, and what they do not meet."""

    keys: tuple[str, ...] = ()
    """Names of the versions whose sum `version` is; when one rises, the visitor is asked again."""
    version: int = 0
    cursor: Cursor = Cursor()
    away: frozenset[str] = frozenset()
    """Marks of what never reaches this visitor; see `Piece.about` and `Piece.quotes`."""
    follow: tuple[str, ...] = ()
    """The topics that are heard under this one's name; a page need not know what they are."""
    since: datetime | None = None
    """What was said before never reaches this visitor either, if there is such a moment."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing to show, the same for everybody who may listen."""

    body: dict[str, Any]
    about: frozenset[str] = frozenset()
    """Who meets none of these gets it; who keeps one of them away gets nothing."""
    quotes: frozenset[str] = frozenset()
    """Who keeps one of these away is told to fetch it, and gets it without the quotation."""
    said_at: datetime | None = None
    quoted_at: datetime | None = None

    def is_kept_from(self, away: frozenset[str], since: datetime | None) -> bool:
        """Whether somebody who keeps these away, and hears since then, never hears of it."""
        early = since is not None and self.said_at is not None and self.said_at < since
        return early or not away.isdisjoint(self.about)

    def quotes_what_is_kept_from(self, away: frozenset[str], since: datetime | None) -> bool:
        """Whether they do, but not of what it answers."""
        early = since is not None and self.quoted_at is not None and self.quoted_at < since
        return early or not away.isdisjoint(self.quotes)


@dataclass(frozen=True, slots=True)
class News:
    """What happened in a topic after one cursor and up to another."""

    cursor: Cursor
    version: int
    pieces: list[Piece] = field(default_factory=list)
    changed: bool = False
    """Something is different that is not a piece: pages look again by themselves."""
    more: bool = False
    """There is so much that the rest is asked for at once."""
    mute: bool = False
    """Of its pieces is said that there are some, to those who would be given one of them."""


class House(Protocol):
    """What the hub asks; every call runs in a thread of the page pool."""

    def grants(self, visitor: str, names: Collection[str]) -> dict[str, Grant]:
        """Those of the topics that this visitor may listen to now."""

    def news(self, name: str, since: Cursor) -> News | None:
        """What is new in a topic; None when there is no such topic any more."""

    def versions(self, keys: Iterable[str]) -> dict[str, int]:
        """The access versions of these keys; one that is gone is missing."""

    def cursors(self, names: Iterable[str]) -> dict[str, Cursor]:
        """How far each of these topics has come, for those that count."""

    def present(self, visitors: Collection[str]) -> set[str]:
        """Those of these visitors whose sign-in still stands."""
