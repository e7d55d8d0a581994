"""Writers: each says one thing after the other, and sends it again until it is acknowledged."""

from __future__ import annotations

import asyncio
import random
import re
import secrets
from collections.abc import Sequence

from chaos.histories import Attempt, Histories, Said, now
from chaos.lines import Line
from chaos.wire import Lost, Session, ask

PATIENCE = 10.0
LONGEST = 4.0
GIVE_UP = 300.0
ACKNOWLEDGED = re.compile(r"[?&]at=(\w+)")


class Writer:
    """Somebody who writes. A sending that got no answer is sent again with the same key."""

    def __init__(
        self,
        persona: str,
        session: Session,
        topics: Sequence[str],
        lines: Sequence[Line],
        histories: Histories,
        *,
        name: str,
        dice: random.Random,
    ) -> None:
        self.persona, self.session, self.topics, self.lines = persona, session, topics, lines
        self.histories, self.name, self.dice = histories, name, dice
        self.count = 0

    async def run(self, pause: float, stop: asyncio.Event, most: int = 1 << 30) -> None:
        """Until told to stop or out of words; what was begun is brought to its end."""
        while not stop.is_set() and self.count < most:
            await self.say()
            await asyncio.sleep(self.dice.expovariate(1 / pause))

    async def say(self) -> Said:
        """One thing, acknowledged or refused, or given up."""
        self.count += 1
        topic = self.dice.choice(self.topics)
        words = (
            f"{self.name}-{self.count:05} {self.dice.choice(['moss', 'fern', 'water', 'light'])}"
        )
        said = Said(words, topic, self.persona)
        self.histories.said.append(said)
        await self.send(said, secrets.token_hex(12))
        return said

    async def send(self, said: Said, key: str) -> None:
        """The words with this key, again and again; another door after each failure."""
        door, pause, began = self.dice.randrange(len(self.lines)), 0.2, now()
        form = {"source": said.words, "client_key": key}
        while now() - began < GIVE_UP:
            attempt = Attempt(now())
            said.attempts.append(attempt)
            line = self.lines[door % len(self.lines)]
            path = f"/t/{said.topic}/posts/"
            try:
                answer = await ask(line.port, "POST", path, self.session, form, patience=PATIENCE)
            except Lost:
                status = 0
            else:
                status = answer.status
            attempt.ended = now()
            if status == 302 and (found := ACKNOWLEDGED.search(answer.headers["location"])):
                attempt.outcome, said.id, said.acked = "ok", found[1], attempt.ended
                return
            if 300 <= status < 500:
                attempt.outcome = f"refused {status}"
                return
            door += 1
            await asyncio.sleep(pause * (0.5 + self.dice.random()))
            pause = min(pause * 2, LONGEST)
