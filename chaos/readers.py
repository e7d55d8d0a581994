"""Readers: what live.js and conversation.js do in a browser, without one."""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
from collections.abc import Sequence
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from chaos.histories import Break, Following, Histories, now
from chaos.lines import Line
from chaos.wire import Lost, Session, ask

# As in ui/js/live.js and talk/conversation.js; tests/test_chaos.py compares.
BEAT, DEADLINE, LONGEST, FIRST = 25.0, 8.0, 15.0, 0.4
FETCH = 15.0


class Reader:
    """Somebody with a page open for each of their topics, over one socket."""

    def __init__(
        self,
        name: str,
        session: Session,
        topics: Sequence[str],
        lines: Sequence[Line],
        histories: Histories,
        *,
        dice: random.Random,
    ) -> None:
        self.name, self.session, self.topics, self.lines = name, session, topics, lines
        self.histories, self.dice = histories, dice
        self.pages: dict[str, Following] = {}
        self.ready = asyncio.Event()
        self.codes: list[int] = []
        self._fetching: dict[str, bool] = {}
        self._again: set[str] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._break: Break | None = None
        self._told: dict[str, list[int]] = {}
        self._heard = 0.0

    def port(self) -> int:
        return self.dice.choice(self.lines).port

    async def run(self) -> None:
        """Until cancelled: pages are loaded, a socket is kept, what was missed is fetched."""
        for topic in self.topics:
            await self._load(topic)
        fails = 0
        while True:
            try:
                async with asyncio.timeout(DEADLINE) as opening:
                    socket = await self._open()
                    opening.reschedule(None)
                fails = 0
                await self._live(socket)
            except (OSError, EOFError, WebSocketException, TimeoutError):
                pass
            if self._break is None or self._break.caught_up:
                self._break = Break(now())
                self.histories.breaks.append(self._break)
            pause = min(LONGEST, FIRST * 1.5**fails) * (0.5 + self.dice.random())
            fails += 1
            await asyncio.sleep(pause)

    async def _open(self) -> ClientConnection:
        port = self.port()
        return await connect(
            f"ws://127.0.0.1:{port}/live",
            origin=f"http://127.0.0.1:{port}",  # type: ignore[arg-type]
            additional_headers={"Cookie": self.session.cookie},
            compression=None,
            ping_interval=None,
            open_timeout=None,
            close_timeout=0.2,
            proxy=None,
        )

    async def _live(self, socket: ClientConnection) -> None:
        if self._break and not self._break.opened:
            self._break.opened = now()
        self._heard = now()
        self._told.clear()
        await socket.send(json.dumps({"on": [f"conversation/{topic}" for topic in self.topics]}))
        beat = asyncio.create_task(self._beat(socket))
        try:
            async for text in socket:
                self._heard = now()
                message = json.loads(text)
                if "t" in message:
                    self._hear(message)
        finally:
            beat.cancel()
            self.codes.append(socket.close_code or 0)
            socket.transport.abort()

    async def _beat(self, socket: ClientConnection) -> None:
        while True:
            await asyncio.sleep(BEAT)
            asked = now()
            with contextlib.suppress(WebSocketException):
                await socket.send('{"ping": 1}')
            await asyncio.sleep(DEADLINE)
            if self._heard < asked:
                socket.transport.abort()
                return

    def _hear(self, message: dict[str, Any]) -> None:
        topic = message["t"].removeprefix("conversation/")
        page = self.pages[topic]
        if page.hear(message, self._fetching.get(topic, False)):
            self._catch_up(topic)
        if message["k"] == "on":
            self._told[topic] = message["at"]
        self._note()

    def _note(self) -> None:
        """The line stands again and every page has what the house had when it did."""
        if len(self._told) < len(self.topics):
            return
        if all(not self.pages[topic].is_behind(at) for topic, at in self._told.items()):
            self.ready.set()
            if self._break and not self._break.caught_up:
                self._break.caught_up = now()

    def _catch_up(self, topic: str) -> None:
        self._again.add(topic)
        if not self._fetching.get(topic):
            self._fetching[topic] = True
            task = asyncio.create_task(self._fetch(topic))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _fetch(self, topic: str) -> None:
        page, pause = self.pages[topic], 0.5
        while topic in self._again:
            self._again.discard(topic)
            answer = await since(self.port(), topic, page.cursor, self.session)
            if answer is None:
                await asyncio.sleep(pause)
                pause = min(pause * 2, 15.0)
                self._again.add(topic)
                continue
            if not answer:
                break
            if answer["lost"]:
                page.reload(answer["at"])
            else:
                page.take(answer["at"], answer["posts"])
            if answer["more"]:
                self._again.add(topic)
        self._fetching[topic] = False
        self._note()

    async def _load(self, topic: str) -> None:
        """The page as it is now; its numbers are told by asking with none."""
        while not (answer := await since(self.port(), topic, (0, 0, 0), self.session)):
            await asyncio.sleep(0.5)
        at = answer["at"]
        self.pages[topic] = Following(self.name, topic, (at[0], at[1], at[2]))
        self.histories.following.append(self.pages[topic])


async def since(
    port: int, topic: str, cursor: tuple[int, int, int], session: Session
) -> dict[str, Any] | None:
    """What is new there; nothing where there is nothing, None when no answer came."""
    epoch, seq, rev = cursor
    path = f"/t/{topic}/since/?epoch={epoch}&seq={seq}&rev={rev}"
    try:
        answer = await ask(port, "GET", path, session, patience=FETCH)
    except Lost:
        return None
    if answer.status == 404:
        return {}
    return dict(json.loads(answer.body)) if answer.status == 200 else None
