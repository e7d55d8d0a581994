"""What one chat of an export holds, in memory that grows with its people, not its messages."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from coterie.pure.exports.fields import name_of, text_of
from coterie.pure.exports.records import Kind, Unreadable, origin, worded
from coterie.pure.parsers.telegram import facts, words
from coterie.pure.parsers.telegram.facts import Raw
from coterie.pure.parsers.telegram.topics import Topics

OLD_ORIGINS = 100
MOST_AUTHORS = 300_000

CROWD = worded("This chat holds more people than any chat of Telegram can.")


class Heard:
    """How often and when one author wrote in one topic."""

    __slots__ = ("count", "first", "last")

    def __init__(self, at: int) -> None:
        self.count, self.first, self.last = 0, at, at

    def hear(self, at: int) -> None:
        self.count += 1
        self.first = min(self.first, at)
        self.last = max(self.last, at)


def container(chat: str, topic: int | None) -> str:
    """The key of the chat itself or of a topic in it."""
    return chat if topic is None else f"{chat}/{topic}"


@dataclass
class Surveyed:
    """All that is known of the chat at one position in the file, and of those it goes on."""

    position: int
    header: Raw
    heard: dict[tuple[int | None, str | None], Heard] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    topics: Topics = field(default_factory=Topics)
    dropped: Counter[str] = field(default_factory=Counter)
    oddities: Counter[str] = field(default_factory=Counter)
    beginning: list[tuple[int, int]] = field(default_factory=list)
    old_beginning: list[tuple[int, int]] = field(default_factory=list)
    became: int | None = None
    began_as: tuple[int, str] | None = None
    older: list["Surveyed"] = field(default_factory=list)
    first_said: str = ""
    nth: int = 1

    @property
    def type(self) -> str:
        return text_of(self.header.get("type"))

    @property
    def name(self) -> str:
        return name_of(self.header.get("name"))

    @property
    def kind(self) -> Kind:
        return facts.KEPT.get(self.type, "group")

    @property
    def id(self) -> int | None:
        """Bare, also where an old export gives it shifted."""
        id = facts.whole(self.header.get("id"))
        shifted = id is not None and self.oddities["bare_authors"] and id >= facts.CHAT_ID_SHIFT
        return id & (facts.CHAT_ID_SHIFT - 1) if id is not None and shifted else id

    @property
    def key(self) -> str:
        """By its id; without one by its name and first message: many groups are called Family."""
        if self.id is not None:
            return f"telegram:{self.id}"
        nth = f":{self.nth}" if self.nth > 1 else ""
        return f"telegram:name:{self.name}:{self.first_said}{nth}"

    @property
    def parts(self) -> list["Surveyed"]:
        """The older chats it goes on, then itself: the order in which they were said."""
        return [*self.older, self]

    def old_origins(self) -> Iterator[str]:
        """Of the first messages that another export may hold under another chat."""
        for part in self.parts:
            basic = part.beginning if part.type == "private_group" else []
            for id, at in [*part.old_beginning, *basic][:OLD_ORIGINS]:
                yield facts.old_origin(id, at)

    def listen(self, messages: Iterable[object]) -> None:
        at = None
        for raw in messages:
            if not isinstance(raw, dict):
                self.dropped["unreadable_entries"] += 1
                continue
            topic = self.topics.place(raw)
            if not facts.is_said(raw):
                self.note_service(raw, topic)
                continue
            given = facts.stamp(raw)
            at = at if given is None else given
            if at is None:
                self.dropped["undated_messages"] += 1
                continue
            self.note_oddities(raw, given)
            self.note_said(raw, topic, at)

    def note_service(self, raw: Raw, topic: int | None) -> None:
        kind = "service_lines" if raw.get("type") == "service" else "unsupported_messages"
        if topic is None and facts.new_topic_title(raw):
            kind = "renames_of_unnamed_topics"
        self.dropped[kind] += 1
        action, at = raw.get("action"), facts.stamp(raw)
        if action == "migrate_to_supergroup":
            self.became = at
        if action == "migrate_from_group" and at is not None:
            self.began_as = at, name_of(raw.get("title"))

    def note_oddities(self, raw: Raw, given: int | None) -> None:
        if given is None:
            self.oddities["undated"] += 1
        elif not facts.has_utc(raw):
            self.oddities["local_dates"] += 1
        if facts.has_bare_author(raw):
            self.oddities["bare_authors"] += 1
        if words.is_cut(raw):
            self.oddities["cut"] += 1

    def note_said(self, raw: Raw, topic: int | None, at: int) -> None:
        who = facts.author(raw)
        heard = self.heard.get((topic, who))
        if heard is None:
            heard = self.heard[topic, who] = self.first_heard(raw, at)
        heard.hear(at)
        name = name_of(raw.get("from"))
        if who and (name or who not in self.names):
            self.names[who] = name
        for what in words.left_out(raw):
            self.dropped[what] += 1
        if len(self.old_beginning) < OLD_ORIGINS:
            self.note_beginning(facts.whole(raw.get("id")), at)

    def first_heard(self, raw: Raw, at: int) -> Heard:
        if len(self.heard) >= MOST_AUTHORS:
            raise Unreadable(CROWD, self.name[:80])
        self.first_said = self.first_said or origin(at, raw.get("text"))[:8]
        return Heard(at)

    def note_beginning(self, id: int | None, at: int) -> None:
        if id is not None and id < 0:
            self.old_beginning.append((id, at))
        elif id is not None and len(self.beginning) < OLD_ORIGINS:
            self.beginning.append((id, at))
