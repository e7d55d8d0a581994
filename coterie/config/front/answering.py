"""Running the WSGI application in a thread and bringing its answer back to the loop."""

import asyncio
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from coterie.config.front.files import INTERNAL
from coterie.config.front.types import Environ, Headers, Send, WsgiApplication

WHOLE = 256 * 1024
"""Up to here an answer travels whole, with one hand-over; beyond it chunk by chunk."""
CHUNK = 64 * 1024


@dataclass
class Answer:
    """One request's answer, written by a thread and sent by the loop."""

    send: Send
    loop: asyncio.AbstractEventLoop
    head_only: bool
    gone: threading.Event = field(default_factory=threading.Event)
    status: int = 500
    headers: Headers = field(default_factory=list)
    started: bool = False
    file: str = ""
    """What is to be sent in place of the body, if Django names a file."""

    def start(self, status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
        """WSGI's start_response; nothing is sent yet."""
        if exc_info and self.started:
            raise exc_info[1].with_traceback(exc_info[2])
        self.status = int(status.split(" ", 1)[0])
        told = [(k.lower().encode("latin-1"), v.encode("latin-1")) for k, v in headers]
        self.headers = [pair for pair in told if pair[0] != INTERNAL]
        self.file = next((value.decode() for name, value in told if name == INTERNAL), "")

    def run(self, application: WsgiApplication, environ: Environ) -> bytes | None:
        """The whole body if it is small; None when it went out in chunks or nobody waits."""
        if self.gone.is_set():
            return None
        result = application(environ, self.start)
        try:
            return self._collect(_pieces(iter(result)))
        finally:
            # Django returns the thread's database connection to its owner here.
            if close := getattr(result, "close", None):
                close()

    def _collect(self, pieces: Iterator[bytes]) -> bytes | None:
        held: list[bytes] = []
        size = 0
        for piece in pieces:
            if self.gone.is_set():
                return None
            held.append(piece)
            size += len(piece)
            if self.started or size > WHOLE:
                self._send_now(b"".join(held))
                held.clear()
        if not self.started:
            return b"".join(held)
        self._send_now(b"".join(held), last=True)
        return None

    def _send_now(self, body: bytes, *, last: bool = False) -> None:
        # Waiting for the loop is the back-pressure: a slow reader slows its own thread only.
        asyncio.run_coroutine_threadsafe(self.transmit(body, last=last), self.loop).result()

    async def transmit(self, body: bytes, *, last: bool) -> None:
        """Head, if it has not gone yet, and these bytes."""
        if not self.started:
            self.started = True
            await self.send(
                {"type": "http.response.start", "status": self.status, "headers": self.headers}
            )
        await self.send(
            {
                "type": "http.response.body",
                "body": b"" if self.head_only else body,
                "more_body": not last,
            }
        )


def _pieces(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces worth a hand-over each."""
    held: list[bytes] = []
    size = 0
    for chunk in chunks:
        held.append(chunk)
        size += len(chunk)
        if size >= CHUNK:
            yield b"".join(held)
            held, size = [], 0
    if held:
        yield b"".join(held)
