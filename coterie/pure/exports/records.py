"""What every parser gives, whatever it read: people, places, messages, and what was left behind."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any, Literal, NamedTuple

type Kind = Literal["group", "channel", "topic"]


class Unreadable(Exception):
    """The file cannot be read: `sentence` says why and what to do, `place` where in the file."""

    def __init__(self, sentence: str, place: str = "") -> None:
        super().__init__(f"{sentence} ({place})" if place else sentence)
        self.sentence = sentence
        self.place = place


class UnknownChat(LookupError):
    """The file holds no such chat, or several; the sentence names those it holds."""


class Person(NamedTuple):
    """Somebody who wrote. `name` is empty when the source no longer knows one."""

    key: str
    name: str
    messages: int = 0


class Container(NamedTuple):
    """A place in which messages stand: a chat, or a topic whose `parent` is its chat's key."""

    key: str
    name: str
    kind: Kind
    parent: str | None = None
    messages: int = 0


class Reaction(NamedTuple):
    """`times` people reacted so; `by` holds the keys of those whom the source names."""

    emoji: str
    times: int
    by: tuple[str, ...] = ()


class Message(NamedTuple):
    """Something said. `body` is Markdown; `origin` is the same however often it is exported.

    `reply_to` is the origin of another message, which the file need not hold. `person` is None when
    the source names nobody. `by_hosts` is true when the chat itself speaks (a channel's posts, an
    anonymous admin).
    """

    origin: str
    container: str
    person: str | None
    person_name: str
    at: datetime
    body: str
    reply_to: str | None = None
    reactions: tuple[Reaction, ...] = ()
    edited_at: datetime | None = None
    forwarded: bool = False
    by_hosts: bool = False


@dataclass(frozen=True)
class Chat:
    """One chat of a file, as an import would bring it.

    `old_origins` are the first origins of the part that another export may hold under another chat
    (a group that became a supergroup, before or after): where they are known already, it is the
    same chat.
    """

    key: str
    name: str
    kind: Kind
    messages: int
    people: tuple[Person, ...]
    containers: tuple[Container, ...]
    first: datetime | None
    last: datetime | None
    dropped: Mapping[str, int]
    warnings: tuple[str, ...] = ()
    old_origins: tuple[str, ...] = ()
    place: object = field(default=None, repr=False, compare=False)
    """Where its parser finds it again, without another look at the whole file."""

    @property
    def conversations(self) -> int:
        return len(self.containers)


@dataclass(frozen=True)
class Preview:
    """What an import of these chats would bring, and what it would leave behind."""

    format: str
    chats: tuple[Chat, ...]
    dropped: Mapping[str, int]
    warnings: tuple[str, ...] = ()

    @property
    def people(self) -> int:
        return len({person.key for chat in self.chats for person in chat.people})

    @property
    def messages(self) -> int:
        return sum(chat.messages for chat in self.chats)

    @property
    def conversations(self) -> int:
        return sum(chat.conversations for chat in self.chats)

    @property
    def first(self) -> datetime | None:
        return min((chat.first for chat in self.chats if chat.first), default=None)

    @property
    def last(self) -> datetime | None:
        return max((chat.last for chat in self.chats if chat.last), default=None)

    def as_json(self) -> dict[str, Any]:
        """The contract of `coterie import FILE --preview --json`."""
        return {
            "format": self.format,
            "people": self.people,
            "messages": self.messages,
            "conversations": self.conversations,
            "first": in_utc(self.first),
            "last": in_utc(self.last),
            "warnings": list(self.warnings),
            "dropped": dict(self.dropped),
        }


def in_utc(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat() if moment else None


def moment(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def origin(*parts: object) -> str:
    """A short name for where a message came from, the same every time, that shows none of it."""
    return blake2b(
        "\x1f".join(map(str, parts)).encode("utf-8", "replace"), digest_size=16
    ).hexdigest()


def chosen(chats: tuple[Chat, ...], wanted: str) -> Chat:
    """The one chat of this key or name."""
    found = [chat for chat in chats if wanted in (chat.key, chat.name)]
    found = found or [chat for chat in chats if chat.name.casefold() == wanted.casefold()]
    if len(found) == 1:
        return found[0]
    held = ", ".join(f"“{chat.name}” ({chat.key})" for chat in chats) or "no group chat at all"
    several = "several chats" if found else "no chat"
    raise UnknownChat(f"There is {several} called “{wanted}” in this file. It holds {held}.")
