"""A line between clients and a house that can be cut, held, and made to swallow answers."""

from __future__ import annotations

import asyncio
import contextlib
import random


class Pair:
    """One connection through the line."""

    def __init__(self, client: asyncio.StreamWriter, house: asyncio.StreamWriter) -> None:
        self.client, self.house = client, house
        self.is_post = self.is_socket = self.held = self.torn = False

    def cut(self) -> None:
        for end in (self.client, self.house):
            end.transport.abort()


class Line:
    """Listens on `port` and carries everything to `house`, but for the faults it was told."""

    def __init__(self, house: int, dice: random.Random) -> None:
        self.house = house
        self.dice = dice
        self.port = 0
        self.pairs: set[Pair] = set()
        self.holding = False
        self.delay = 0.0
        self.to_eat = self.eaten = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None

    async def open(self) -> None:
        """Clients can come."""
        self._server = await asyncio.start_server(self._carry, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        """Nobody can any more."""
        self.cut()
        if self._server:
            self._server.close()

    def cut(self) -> int:
        """Every connection is gone without a goodbye; how many there were."""
        count = len(self.pairs)
        for pair in list(self.pairs):
            pair.cut()
        return count

    def tear(self) -> int:
        """Every open socket ends in the middle of its next frame."""
        sockets = [pair for pair in self.pairs if pair.is_socket]
        for pair in sockets:
            pair.torn = True
        return len(sockets)

    def hold(self) -> None:
        """Half open: nothing gets through, and nobody is told; newcomers neither."""
        self.holding = True
        for pair in self.pairs:
            pair.held = True

    def release(self) -> None:
        """What was held is cut; newcomers get through."""
        self.holding = False
        for pair in list(self.pairs):
            if pair.held:
                pair.cut()

    async def _carry(self, reader: asyncio.StreamReader, client: asyncio.StreamWriter) -> None:
        try:
            back, house = await asyncio.open_connection("127.0.0.1", self.house)
        except OSError:
            client.transport.abort()
            return
        pair = Pair(client, house)
        pair.held = self.holding
        self.pairs.add(pair)
        try:
            async with asyncio.TaskGroup() as both:
                both.create_task(self._out(reader, house, pair))
                both.create_task(self._back(back, client, pair))
        except* OSError:
            pass
        finally:
            self.pairs.discard(pair)
            pair.cut()

    async def _out(
        self, reader: asyncio.StreamReader, house: asyncio.StreamWriter, pair: Pair
    ) -> None:
        first = True
        while chunk := await reader.read(65_536):
            if first:
                pair.is_post = chunk.startswith(b"POST ")
                pair.is_socket = chunk.startswith(b"GET /live ")
                first = False
            await self._wait(pair)
            house.write(chunk)
            await house.drain()
        with contextlib.suppress(OSError):
            house.write_eof()

    async def _back(
        self, reader: asyncio.StreamReader, client: asyncio.StreamWriter, pair: Pair
    ) -> None:
        while chunk := await reader.read(65_536):
            await self._wait(pair)
            if pair.is_post and self.to_eat and self.dice.random() < 0.7:
                self.to_eat -= 1
                self.eaten += 1
                pair.cut()
                return
            if pair.torn and len(chunk) > 1:
                client.write(chunk[: self.dice.randrange(1, len(chunk))])
                await client.drain()
                pair.cut()
                return
            client.write(chunk)
            await client.drain()
        pair.client.close()

    async def _wait(self, pair: Pair) -> None:
        if self.delay:
            await asyncio.sleep(self.dice.random() * self.delay)
        while pair.held:
            await asyncio.sleep(0.2)
