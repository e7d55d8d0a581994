"""The one ASGI application: static files, lifespan, and everything else to Django."""

import asyncio
import contextlib
import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol

from coterie.config.front.answering import Answer
from coterie.config.front.bodies import (
    Gone,
    TooLarge,
    TooSlow,
    announced,
    drop_rest,
    spool,
    waits_to_send,
)
from coterie.config.front.environ import environ_of
from coterie.config.front.files import Files
from coterie.config.front.limits import Limits
from coterie.config.front.statics import Statics
from coterie.config.front.types import Receive, Scope, Send, WsgiApplication

log = logging.getLogger(__name__)


class Companion(Protocol):
    """Begins and ends with the server."""

    async def begin(self) -> None: ...
    async def end(self) -> None: ...


@dataclass
class Front:
    """ASGI in front of a WSGI application that runs in `threads` lasting threads."""

    application: WsgiApplication
    folder: Path
    """Where large bodies wait."""
    statics: Statics
    files: Files
    limits: Limits
    threads: int = 8
    https: bool = False
    companions: Sequence[Companion] = ()
    """What runs on the same event loop for as long as the server does."""

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.pool = ThreadPoolExecutor(self.threads, thread_name_prefix="page")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http" and not await self.statics.answer(scope, send):
            await self._ask_django(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.shutdown":
                for companion in self.companions:
                    await companion.end()
                self.pool.shutdown(wait=True)
                self.files.pool.shutdown(wait=True)
                await send({"type": "lifespan.shutdown.complete"})
                return
            for companion in self.companions:
                await companion.begin()
            await send({"type": "lifespan.startup.complete"})

    async def _ask_django(self, scope: Scope, receive: Receive, send: Send) -> None:
        limit = self.limits.of(scope)
        try:
            if announced(scope) > limit:
                raise TooLarge
            body, length = await spool(receive, limit=limit, folder=self.folder)
        except TooLarge:
            if not waits_to_send(scope):
                await drop_rest(receive)
            await _say(
                send, 413, f"This is too large: at most {limit // 1_000_000} MB can be sent here."
            )
        except TooSlow:
            await _say(
                send,
                408,
                "Nothing came for a minute, so the upload was given up. Please try again.",
            )
        except Gone:
            pass
        else:
            with body:
                await self._answer(scope, receive, send, body, length)

    async def _answer(
        self, scope: Scope, receive: Receive, send: Send, body: IO[bytes], length: int
    ) -> None:
        loop = asyncio.get_running_loop()
        answer = Answer(send, loop, head_only=scope["method"] == "HEAD")
        environ = environ_of(scope, body, length, https=self.https)
        watch = asyncio.create_task(_watch(receive, answer))
        try:
            whole = await loop.run_in_executor(self.pool, answer.run, self.application, environ)
        except Exception:
            log.exception("the application failed outside its own error page")
            if not answer.started:
                await _say(send, 500, "Something went wrong here. Please try again.")
        else:
            if answer.file and whole is not None:
                await self.files.send(answer.file, answer.headers, scope, send, answer.gone.is_set)
            elif whole is not None:
                await answer.transmit(whole, last=True)
        finally:
            watch.cancel()


async def _watch(receive: Receive, answer: Answer) -> None:
    """The answer's thread learns that nobody waits any more."""
    with contextlib.suppress(asyncio.CancelledError):
        while (await receive())["type"] != "http.disconnect":
            pass
        answer.gone.set()


async def _say(send: Send, status: int, sentence: str) -> None:
    body = (sentence + "\n").encode()
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
