"""What a chat holds, counted while its messages go by; grows with its people, not its messages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from coterie.pure.exports.records import (
    Chat,
    Container,
    Kind,
    Message,
    Person,
    Preview,
    Remark,
    Trouble,
    chosen,
)

MOST_TROUBLE = 50
MOST_SAMPLED = 200


@dataclass
class PassedOver:
    """What of a file is not brought along: what was left out, and what could not be read."""

    dropped: Counter[str] = field(default_factory=Counter)
    trouble: list[Trouble] = field(default_factory=list)
    troubled: int = 0

    def note(self, place: str, why: str) -> None:
        """Something at this place could not be read."""
        self.troubled += 1
        if len(self.trouble) < MOST_TROUBLE:
            self.trouble.append(Trouble(place, Remark(why)))

    def preview(self, format: str, held: tuple[Chat, ...], chat: str | None, empty: str) -> Preview:
        """Of these chats, or of the one that is wanted; `empty` is said when there is none."""
        return Preview(
            format,
            held if chat is None else (chosen(held, chat),),
            +self.dropped,
            () if held else (Remark(empty),),
            trouble=tuple(self.trouble),
            troubled=self.troubled,
        )


class Tally:
    """Counts the messages of one chat."""

    def __init__(self) -> None:
        self.people: Counter[str] = Counter()
        self.names: dict[str, str] = {}
        self.containers: Counter[str] = Counter()
        self.first: datetime | None = None
        self.last: datetime | None = None
        self.messages = 0
        self.sample: list[str] = []
        """Origins of messages from all over the chat, its first among them."""
        self._every = 1

    def add(self, message: Message) -> None:
        if self.messages % self._every == 0:
            self.sample.append(message.origin)
        self.messages += 1
        if len(self.sample) > MOST_SAMPLED:
            self._every *= 2
            del self.sample[1::2]
        self.containers[message.container] += 1
        self.first = min(self.first or message.at, message.at)
        self.last = max(self.last or message.at, message.at)
        if message.person is not None:
            self.people[message.person] += 1
            self.names[message.person] = message.person_name or self.names.get(message.person, "")

    def chat(
        self,
        key: str,
        name: str,
        kind: Kind,
        rooms: Mapping[str, str],
        dropped: Mapping[str, int],
        place: object,
        warnings: tuple[Remark, ...] = (),
    ) -> Chat:
        """The chat with these rooms, a name for each key, as far as anything was said in them."""
        parts = [
            Container(room, rooms.get(room, name), "group" if room == key else "topic", key, count)
            for room, count in self.containers.items()
        ]
        people = tuple(Person(who, self.names[who], count) for who, count in self.people.items())
        return Chat(
            key=key,
            name=name,
            kind=kind,
            messages=self.messages,
            people=people,
            containers=tuple(parts),
            first=self.first,
            last=self.last,
            dropped=dropped,
            warnings=warnings,
            place=place,
        )
