"""A load: writers and readers on a stand while something is done to it, and what came of it."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from chaos.checking import Stored, Verdicts, check
from chaos.histories import Fault, Histories, now
from chaos.readers import Reader
from chaos.stands import Person, Stand
from chaos.writers import Writer

GOES_OUT = 60.0
"""Seconds within which one more acknowledged post is out; a slow worker may take its time."""
CONVERGES = 40.0
"""Seconds within which every reader has everything, after everything is well again."""


@dataclass
class Load:
    """Who writes, who reads, how fast."""

    stand: Stand
    name: str
    dice: random.Random
    writers: int = 12
    readers: int = 16
    each: int = 2
    """Topics that a reader follows."""
    pace: float = 40.0
    """Posts a second, of all writers together, while the house answers."""
    most: bool = True
    """Whether it goes on, when all is done, until the share of posts of the stand is said."""
    slow: bool = False
    """Plain members write."""
    histories: Histories = field(default_factory=Histories)
    reading: list[Reader] = field(default_factory=list)
    writing: list[Writer] = field(default_factory=list)
    stored: Stored | None = None

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Load]:
        """Everybody reads and writes inside; afterwards all have come to rest and are checked."""
        stop = asyncio.Event()
        self.reading = [self.reader(n) for n in range(self.readers)]
        tasks = [asyncio.create_task(reader.run()) for reader in self.reading]
        async with asyncio.timeout(120):
            await asyncio.gather(*(reader.ready.wait() for reader in self.reading))
        # A scenario may run twice on one stand, and no two posts have the same words.
        self.stand.loads += 1
        for n in range(self.writers):
            person = self.speakers[n % len(self.speakers)]
            writer = Writer(
                person.persona, person.session, self.stand.topics, self.stand.lines,
                self.histories, name=f"{self.name}{self.stand.loads}w{n}",
                dice=random.Random(self.dice.random()),
            )  # fmt: skip
            self.writing.append(writer)
        pause = self.writers / self.pace
        words = [asyncio.create_task(writer.run(pause, stop)) for writer in self.writing]
        try:
            yield self
            while self.most and self.acknowledged < self.stand.share:
                await asyncio.sleep(0.5)
            stop.set()
            await asyncio.gather(*words)
            await self.settle()
        finally:
            for task in [*words, *tasks]:
                task.cancel()
            await asyncio.gather(*words, *tasks, return_exceptions=True)

    @property
    def acknowledged(self) -> int:
        """How many posts writers know to be stored."""
        return sum(bool(said.id) for said in self.histories.said)

    @property
    def speakers(self) -> list[Person]:
        """Those who write: keepers of order, who may write fast, or others, who may not."""
        return self.stand.people[-24:-12] if self.slow else self.stand.people[-12:]

    def reader(self, n: int) -> Reader:
        """The reader of this number, with topics of their own choice."""
        person = self.stand.people[1 + n % (len(self.stand.people) - 1)]
        dice = random.Random(self.dice.random())
        topics = dice.sample(self.stand.topics, min(self.each, len(self.stand.topics)))
        return Reader(
            person.persona, person.session, topics, self.stand.lines, self.histories, dice=dice
        )

    async def settle(self) -> None:
        """Every reader has what the database has, or stands in `apart`."""
        left, end = self.waiting(await self.look()), now() + GOES_OUT
        while left and now() < end:
            await asyncio.sleep(2)
            before, left = left, self.waiting(await self.look())
            end = now() + GOES_OUT if left < before else end
        gone = {each.reader for each in self.histories.decisions if not each.about}
        left = [reader for reader in self.reading if reader.name not in gone]
        end = now() + CONVERGES
        while left and now() < end:
            left = [reader for reader in left if self.behind(reader)]
            await asyncio.sleep(0.2)
        self.histories.apart += [f"{reader.name} {self.behind(reader)}" for reader in left]

    async def look(self) -> Stored:
        """What the database holds now."""
        self.stored = await self.stand.stored()
        return self.stored

    def waiting(self, stored: Stored) -> int:
        """Posts that were acknowledged and are not out: writers may think again for a while."""
        ids = (said.id for said in self.histories.said if said.id)
        return sum(stored.posts[one]["seq"] is None for one in ids if one in stored.posts)

    def behind(self, reader: Reader) -> list[str]:
        """The topics of which this reader has not everything yet."""
        assert self.stored
        return [
            f"{topic}: {page.cursor[1]} of {self.stored.topics[topic]['seq']}"
            for topic, page in reader.pages.items()
            if page.cursor[1] < self.stored.topics[topic]["seq"]
            and self.owed(reader, topic, page.cursor[1])
        ]

    def owed(self, reader: Reader, topic: str, after: int) -> bool:
        """Whether there is more for this reader: of whom they do not meet they hear nothing."""
        assert self.stored
        unmet = self.histories.unmet(reader.name)
        said = self.stored.of(topic).items()
        return any(
            seq > after and self.stored.posts[one]["persona"] not in unmet for seq, one in said
        )

    def fault(self, name: str) -> Fault:
        """Something is done to the house now."""
        made = Fault(name, now())
        self.histories.faults.append(made)
        return made

    def verdicts(self) -> Verdicts:
        """What the checker says of it."""
        assert self.stored
        return check(self.histories, self.stored)
