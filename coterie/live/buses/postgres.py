"""The bus of several processes on one PostgreSQL: LISTEN and NOTIFY."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable
from typing import Any

import psycopg

from coterie.live.buses.base import Hear

log = logging.getLogger(__name__)

CHANNEL = "coterie_live"
PAUSE = 1.0


class Postgres:
    """Tells through the database that everybody shares anyway; keeps two connections of its own."""

    def __init__(self, connect: Callable[[], dict[str, Any]]) -> None:
        self.connect = connect
        """Gives the keyword arguments of `psycopg.connect`."""
        self._lock = threading.Lock()
        self._line: psycopg.Connection[Any] | None = None

    def tell(self, name: str) -> None:
        """The other processes hear it, unless the database is away at this moment."""
        with self._lock:
            for _attempt in range(2):
                try:
                    if self._line is None:
                        self._line = psycopg.connect(**self.connect(), autocommit=True)
                    self._line.execute("SELECT pg_notify(%s, %s)", (CHANNEL, name))
                except psycopg.Error:
                    self._line = None
                else:
                    return

    async def keep_hearing(self, hear: Hear) -> None:
        """Until cancelled, what any process tells is heard; a lost connection is made anew."""
        while True:
            try:
                await self._listen(hear)
            except (psycopg.Error, OSError) as lost:
                log.warning("the bus lost its database (%s) and tries again", type(lost).__name__)
            await asyncio.sleep(PAUSE)

    async def _listen(self, hear: Hear) -> None:
        line = await psycopg.AsyncConnection.connect(**self.connect(), autocommit=True)
        async with line:
            await line.execute(f"LISTEN {CHANNEL}")
            async for told in line.notifies():
                hear(told.payload)
