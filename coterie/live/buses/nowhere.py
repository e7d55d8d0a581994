"""The bus of a process that has nobody to tell: tests, most commands."""

from __future__ import annotations

import asyncio

from coterie.live.buses.base import Hear


class Nowhere:
    """Loses everything."""

    def tell(self, name: str) -> None:
        """Nobody hears it."""

    async def keep_hearing(self, hear: Hear) -> None:
        """There is nothing to hear."""
        await asyncio.Event().wait()
