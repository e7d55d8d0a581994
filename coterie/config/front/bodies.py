"""A request's body lies on disk before a thread is taken for it."""

import asyncio
import contextlib
from pathlib import Path
from tempfile import SpooledTemporaryFile

from coterie.config.front.types import Message, Receive, Scope

IN_MEMORY = 1_000_000
PAUSE = 60.0
LINGER = 200_000_000

type Spooled = SpooledTemporaryFile[bytes]


class TooLarge(Exception):
    """More bytes than this request may bring."""


class TooSlow(Exception):
    """Nothing came for a minute."""


class Gone(Exception):
    """The client left."""


def announced(scope: Scope) -> int:
    """The length the client says its body has; 0 when it says none or nonsense."""
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit():
            return int(value)
    return 0


def waits_to_send(scope: Scope) -> bool:
    """Whether the client asked first and has sent nothing of its body yet."""
    return any(name == b"expect" for name, _ in scope["headers"])


async def spool(receive: Receive, *, limit: int, folder: Path) -> tuple[Spooled, int]:
    """The whole body, rewound, and its length; beyond a megabyte it lies in a file of `folder`."""
    body: Spooled = SpooledTemporaryFile(IN_MEMORY, dir=str(folder))  # noqa: SIM115 - the caller closes it
    length = 0
    try:
        more = True
        while more:
            message = await _next(receive)
            chunk = message.get("body", b"")
            length += len(chunk)
            if length > limit:
                raise TooLarge
            body.write(chunk)
            more = message.get("more_body", False)
    except BaseException:
        body.close()
        raise
    body.seek(0)
    return body, length


async def drop_rest(receive: Receive) -> None:
    """What is still coming is thrown away, within reason.

    A browser that finds its line cut while it sends shows an error of its own instead of ours.
    """
    left = LINGER
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(PAUSE):
            while left > 0:
                message = await receive()
                left -= len(message.get("body", b""))
                if not message.get("more_body", False):
                    return


async def _next(receive: Receive) -> Message:
    try:
        async with asyncio.timeout(PAUSE):
            message = await receive()
    except TimeoutError:
        raise TooSlow from None
    if message["type"] == "http.disconnect":
        raise Gone
    return message
