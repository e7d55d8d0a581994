"""The messages of one chat, oldest part first, as neutral records."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from coterie.pure.exports.fields import name_of
from coterie.pure.exports.ledger import Ledger
from coterie.pure.exports.records import UNSAID, Chat, Choices, Contact, Message, chosen, moment
from coterie.pure.parsers.telegram import facts, words
from coterie.pure.parsers.telegram.facts import Raw
from coterie.pure.parsers.telegram.hearing import container
from coterie.pure.parsers.telegram.places import Found, Part
from coterie.pure.parsers.telegram.shapes import chats_in, walking
from coterie.pure.parsers.telegram.survey import chat_of, survey
from coterie.pure.parsers.telegram.topics import Topics


def read(
    path: str | os.PathLike[str], chat: str | Chat, choices: Choices = UNSAID
) -> Iterator[Message]:
    """Every message of the chat, or of the one of that key or name, in the order of the file."""
    known = chat if isinstance(chat, Chat) else named(path, chat)
    found = known.place
    if not isinstance(found, Found):
        raise TypeError(f"Telegram did not survey {known.name!r}.")
    for part in found.parts:
        teller = Teller(found.key, part, found.bots)
        yield from teller.tell(messages_at(path, part.position))


def contacts(path: str | os.PathLike[str], choices: Choices = UNSAID) -> Iterator[Contact]:
    """Nobody: a phone book is somebody's own, and is never read."""
    return iter(())


def named(path: str | os.PathLike[str], chat: str) -> Chat:
    seen = survey(path)
    return chosen(tuple(chat_of(one, seen.bots) for one in seen.kept), chat)


def messages_at(path: str | os.PathLike[str], position: int) -> Iterator[object]:
    with walking(path) as walk:
        for at, raw in enumerate(chats_in(walk, Counter())):
            if at == position:
                yield from raw.messages
                return


class Teller:
    """Turns what stands in one part of a chat into messages, one after the other."""

    def __init__(self, chat: str, part: Part, bots: frozenset[str]) -> None:
        self._chat, self._bots = chat, bots
        self._part, self._type, self._self = part.key, part.type, f"channel{part.id}"
        self._topics = Topics()
        self._old_times = Ledger()
        self._same: Counter[str] = Counter()
        self._at: int | None = None

    def tell(self, raws: Iterable[object]) -> Iterator[Message]:
        for raw in raws:
            if not isinstance(raw, dict):
                continue
            topic = self._topics.place(raw)
            if not facts.is_said(raw) or not self._set_clock(raw):
                continue
            name = self._origin(raw)
            who = facts.author(raw)
            if who not in self._bots:
                yield self._message(raw, who, name, topic)

    def _set_clock(self, raw: Raw) -> bool:
        given = facts.stamp(raw)
        if given is not None and given != self._at:
            self._at = given
            self._same.clear()
        return self._at is not None

    def _message(self, raw: Raw, who: str | None, name: str, topic: int | None) -> Message:
        return Message(
            origin=name,
            container=container(self._chat, topic),
            person=who,
            person_name=name_of(raw.get("from")),
            at=datetime.fromtimestamp(self._at or 0, UTC),
            body=words.body(raw),
            reply_to=self._reply_to(raw, topic),
            reactions=facts.reactions(raw),
            edited_at=moment(facts.stamp(raw, "edited")),
            forwarded=facts.is_forwarded(raw),
            by_hosts=who == self._self,
        )

    def _origin(self, raw: Raw) -> str:
        id = facts.whole(raw.get("id"))
        at = self._at or 0
        if id is None:
            text = facts.said_origin(self._part, at, raw, 0)
            self._same[text] += 1
            return facts.said_origin(self._part, at, raw, self._same[text] - 1)
        if facts.is_old(id, self._type):
            self._old_times.note(id, at)
            return facts.old_origin(id, at)
        return facts.own_origin(self._part, id)

    def _reply_to(self, raw: Raw, topic: int | None) -> str | None:
        target = facts.answers(raw)
        if target is None or target == topic:
            return None
        if facts.is_old(target, self._type):
            at = self._old_times.get(target)
            return None if at is None else facts.old_origin(target, at)
        return facts.own_origin(self._part, target)
