"""What every parser gives, whatever it read: people, places, messages, and what was left behind."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from hashlib import blake2b
from typing import Any, Literal, NamedTuple, Self

type Kind = Literal["group", "channel", "topic"]
type DateOrder = Literal["dmy", "mdy", "ymd"]
type Relation = Literal[
    "member", "follower", "following", "close_friend", "friend", "subscriber", "supporter"
]
type Writable = Literal["yes", "no", "unknown"]


def worded(text: str) -> str:
    """The same text: a sentence for people, which `make words` gathers for translation."""
    return text


class Remark(str):
    """A sentence in English that remembers what it was made of, so that a page can say it in
    another language: its `text` is a `worded` one with `{names}`, its `values` fill them."""

    text: str
    values: dict[str, object]

    def __new__(cls, text: str, **values: object) -> Self:
        made = super().__new__(cls, text.format(**values) if values else text)
        made.text, made.values = text, values
        return made


class Unreadable(Exception):
    """The file cannot be read: `sentence` says why and what to do, `place` where in the file."""

    def __init__(self, sentence: str | Remark, place: str = "") -> None:
        super().__init__(f"{sentence} ({place})" if place else sentence)
        self.sentence = sentence if isinstance(sentence, Remark) else Remark(sentence)
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
    mentions: tuple[str, ...] = ()
    """Keys of people whom the body calls by name, as far as the source says who they are."""


class Contact(NamedTuple):
    """Somebody on a list: of members, followers, subscribers. They need never have said a word.

    `key` is the same in every export of the source. `groups` are what the list itself sorts them
    by: tags, tiers, roles. Who is not `writable` asked not to be written to.
    """

    key: str
    name: str
    address: str = ""
    handle: str = ""
    relation: Relation = "member"
    writable: Writable = "unknown"
    since: datetime | None = None
    groups: tuple[str, ...] = ()


class Reading(NamedTuple):
    """One way to read what can be read in several: `choice` answers, `says` tells what it means."""

    choice: str
    at: datetime | None
    says: Remark


class Question(NamedTuple):
    """What the file does not settle and its owner must; `sample` is the line in doubt.

    `about` names the field of `Choices` that answers it. Nothing is brought in before.
    """

    about: Literal["date_order"]
    sample: str
    readings: tuple[Reading, ...]

    def as_json(self) -> dict[str, Any]:
        ways = [
            {"choice": way.choice, "at": in_utc(way.at), "says": way.says} for way in self.readings
        ]
        return {"about": self.about, "sample": self.sample, "readings": ways}


class Trouble(NamedTuple):
    """Something at this place of the file could not be read; the rest went on."""

    place: str
    why: Remark


class Column(NamedTuple):
    """A column of a list: what its header says, what it was taken for, and what stands in it.

    `meaning` is a field of `Contact`, or empty when the column is left out.
    """

    header: str
    meaning: str
    samples: tuple[str, ...] = ()


@dataclass(frozen=True)
class Choices:
    """What the file does not say and its owner does. None and empty: not said."""

    zone: tzinfo | None = None
    date_order: DateOrder | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    """Header of a column by what it means (`address`, `name` ...); for lists."""


UNSAID = Choices()


@dataclass(frozen=True)
class Chat:
    """One chat of a file, as an import would bring it.

    `old_origins` are origins of messages that another export may hold under another chat (a group
    that became a supergroup, or one without an id that was exported in parts): where `alike` of
    them are known already, or all if there are fewer, it is the same chat.
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
    warnings: tuple[Remark, ...] = ()
    old_origins: tuple[str, ...] = ()
    alike: int = 1
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
    warnings: tuple[Remark, ...] = ()
    contacts: int = 0
    """People on lists; `contacts()` of the parser gives them."""
    questions: tuple[Question, ...] = ()
    trouble: tuple[Trouble, ...] = ()
    """The first of what could not be read, `troubled` in all."""
    troubled: int = 0
    columns: tuple[Column, ...] = ()

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
        """The contract of `coterie import FILE --preview --json`; what only some exports have
        stands there only when this one has it."""
        return {
            "format": self.format,
            "people": self.people,
            "messages": self.messages,
            "conversations": self.conversations,
            "first": in_utc(self.first),
            "last": in_utc(self.last),
            "warnings": list(self.warnings),
            "dropped": dict(self.dropped),
        } | {key: value for key, value in self._rare().items() if value}

    def _rare(self) -> dict[str, Any]:
        return {
            "contacts": self.contacts,
            "questions": [each.as_json() for each in self.questions],
            "trouble": [[each.place, each.why] for each in self.trouble],
            "troubled": self.troubled,
            "columns": [list(each) for each in self.columns],
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
