"""The bus of several processes on Valkey or Redis: one subscription per process."""

from __future__ import annotations

import asyncio
import contextlib
import logging

import redis
import redis.asyncio

from coterie.live.buses.base import Hear

log = logging.getLogger(__name__)

CHANNEL = "coterie:live"
PAUSE = 1.0
PATIENCE = 0.5
"""Seconds that telling may take before it counts as lost."""


class Redis:
    """Tells through a server that forgets at once."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._line = redis.Redis.from_url(
            url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE
        )

    def tell(self, name: str) -> None:
        """The other processes hear it, unless the server is away at this moment."""
        with contextlib.suppress(redis.RedisError):
            self._line.publish(CHANNEL, name)

    async def keep_hearing(self, hear: Hear) -> None:
        """Until cancelled, what any process tells is heard; a lost connection is made anew."""
        while True:
            try:
                await self._listen(hear)
            except (redis.RedisError, OSError) as lost:
                log.warning("the bus lost its server (%s) and tries again", type(lost).__name__)
            await asyncio.sleep(PAUSE)

    async def _listen(self, hear: Hear) -> None:
        async with redis.asyncio.Redis.from_url(self.url) as server, server.pubsub() as line:
            await line.subscribe(CHANNEL)
            async for told in line.listen():
                if told["type"] == "message":
                    hear(told["data"].decode(errors="replace"))
