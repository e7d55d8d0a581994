"""A request's body lies on disk before a thread is taken for it."""

import asyncio
from pathlib import Path
from tempfile import SpooledTemporaryFile

from coterie.config.front.types import Message, Receive, Scope

IN_MEMORY = 1_000_000
PAUSE = 60.0

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


async def _next(receive: Receive) -> Message:
    try:
        async with asyncio.timeout(PAUSE):
            message = await receive()
    except TimeoutError:
        raise TooSlow from None
    if message["type"] == "http.disconnect":
        raise Gone
    return message
