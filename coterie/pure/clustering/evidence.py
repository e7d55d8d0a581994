"""What the messages of a chat say about who belongs together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

import numpy as np
from scipy.special import gammainc

from coterie.pure.clustering import links, talk
from coterie.pure.exports.records import Message

REPLY, MENTION, REACTION, TURN = 3.0, 2.0, 1.0, 1.0
"""What each says for a link: an answer is meant, a turn may be chance."""
SITTING = timedelta(minutes=5)
REMEMBERED = 500_000
CROWD = 40
"""In a topic of more people, being in it too says nothing about two of them."""
LEAST, TAIL = 1.0, 0.1
"""A link is there from this amount on, where chance would seldom give as much."""


class Evidence:
    """Who answered, called, met whom, and what everybody said; grows by messages."""

    def __init__(self) -> None:
        self.amounts: defaultdict[tuple[str, str], float] = defaultdict(float)
        self.said: list[tuple[str, str]] = []
        self.people: Counter[str] = Counter()
        self._authors: dict[str, str] = {}
        self._last: dict[str, tuple[str, datetime]] = {}
        self._present: defaultdict[str, set[str]] = defaultdict(set)

    def add(self, messages: Iterable[Message], source: str = "") -> None:
        """What these messages say; `source` keeps people of different places apart."""
        for message in messages:
            if message.person is not None and not message.by_hosts:
                self._add(message, message.person, source)

    def _add(self, message: Message, person: str, source: str) -> None:
        who = source + person
        self.people[who] += 1
        self.said.append((who, message.body))
        self._remember(message.origin, who)
        answered = self._authors.get(message.reply_to or "")
        if answered:
            self._link(who, answered, REPLY)
        else:
            self._take_turn(message, who, source)
        for called in message.mentions:
            self._link(who, source + called, MENTION)
        for given in message.reactions:
            for other in given.by[:CROWD]:
                self._link(source + other, who, REACTION)
        self._present[source + message.container].add(who)

    def _take_turn(self, message: Message, who: str, source: str) -> None:
        """Who speaks soon after somebody speaks to them, as far as nothing else is said."""
        place = source + message.container
        before = self._last.get(place)
        if before and timedelta(0) <= message.at - before[1] <= SITTING:
            self._link(who, before[0], TURN)
        self._last[place] = (who, message.at)

    def _remember(self, origin: str, who: str) -> None:
        self._authors[origin] = who
        if len(self._authors) > REMEMBERED:
            del self._authors[next(iter(self._authors))]

    def _link(self, one: str, other: str, amount: float) -> None:
        if one != other:
            self.amounts[(min(one, other), max(one, other))] += amount

    def links(self) -> links.Links:
        """The people, linked where more was between them than chance gives."""
        self._meet()
        pairs = [pair for pair in self.amounts if pair[0] in self.people and pair[1] in self.people]
        if not pairs:
            return links.gathered([], self.people)
        amounts = np.array([self.amounts[pair] for pair in pairs])
        strength: defaultdict[str, float] = defaultdict(float)
        for (one, other), amount in zip(pairs, amounts, strict=True):
            strength[one] += amount
            strength[other] += amount
        chance = np.array([strength[one] * strength[other] for one, other in pairs])
        chance /= 2 * amounts.sum()
        there = (amounts >= LEAST) & (gammainc(amounts, chance) < TAIL)
        kept = [pair for pair, is_there in zip(pairs, there, strict=True) if is_there]
        return links.gathered(kept, self.people)

    def _meet(self) -> None:
        """Who was in a small topic together, the less the more were there."""
        for present in self._present.values():
            if 2 < len(present) <= CROWD and len(self._present) > 1:
                some = sorted(present)
                for at, one in enumerate(some):
                    for other in some[at + 1 :]:
                        self._link(one, other, 1 / (len(some) - 1))
        self._present.clear()

    def talk(self) -> talk.Talk:
        """What they said."""
        return talk.gathered(self.said, list(self.people))
