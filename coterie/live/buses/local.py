"""The bus of one machine: a Unix socket in the data folder, heard by the web process.

Within that process a word goes straight to its event loop; the worker and commands
send it as one datagram.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
from pathlib import Path

from coterie.live.buses.base import Hear


class Local:
    """Tells the hub of the process that serves this data folder."""

    def __init__(self, folder: Path) -> None:
        self.path = str(folder / "live.sock")
        self._loop: asyncio.AbstractEventLoop | None = None
        self._hear: Hear | None = None
        self._line: socket.socket | None = None

    def tell(self, name: str) -> None:
        """The hub hears it; when nobody serves here, nobody does."""
        if self._loop is not None and self._hear is not None:
            with contextlib.suppress(RuntimeError):  # the loop has ended
                self._loop.call_soon_threadsafe(self._hear, name)
            return
        with contextlib.suppress(OSError):
            if self._line is None:
                self._line = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
                self._line.setblocking(False)
            self._line.sendto(name.encode(), self.path)

    async def keep_hearing(self, hear: Hear) -> None:
        """Until cancelled, what this process and others of this machine tell is heard."""
        self._loop, self._hear = asyncio.get_running_loop(), hear
        try:
            # A path that is too long for a Unix socket: the hub looks for itself each second.
            with contextlib.suppress(OSError):
                await self._listen(hear)
            await asyncio.Event().wait()
        finally:
            self._loop = self._hear = None

    async def _listen(self, hear: Hear) -> None:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(self.path)
        line = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        try:
            line.bind(self.path)
            os.chmod(self.path, 0o600)
            line.setblocking(False)
            loop = asyncio.get_running_loop()
            while True:
                name = await loop.sock_recv(line, 512)
                hear(name.decode(errors="replace"))
        finally:
            line.close()
            with contextlib.suppress(FileNotFoundError):
                os.unlink(self.path)
