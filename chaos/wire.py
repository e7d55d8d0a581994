"""One HTTP request over a line of its own, as small as it can be."""

from __future__ import annotations

import asyncio
from typing import NamedTuple
from urllib.parse import urlencode


class Answer(NamedTuple):
    """What came back, whole."""

    status: int
    headers: dict[str, str]
    body: bytes


class Lost(Exception):
    """No whole answer came: whether it was done nobody knows."""


class Session(NamedTuple):
    """A browser that has signed in."""

    cookie: str
    csrf: str


async def ask(
    port: int,
    method: str,
    path: str,
    session: Session,
    form: dict[str, str] | None = None,
    *,
    patience: float,
) -> Answer:
    """The answer, or `Lost`."""
    try:
        async with asyncio.timeout(patience):
            return await _ask(port, _request(port, method, path, session, form))
    except (OSError, EOFError, TimeoutError, ValueError) as lost:
        raise Lost(type(lost).__name__) from None


def _request(
    port: int, method: str, path: str, session: Session, form: dict[str, str] | None
) -> bytes:
    body = urlencode(form | {"csrfmiddlewaretoken": session.csrf}).encode() if form else b""
    lines = [
        f"{method} {path} HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        f"Cookie: {session.cookie}",
        "Accept: application/json, text/html",
        "Connection: close",
        f"Content-Length: {len(body)}",
    ]
    if form:
        lines.append("Content-Type: application/x-www-form-urlencoded")
    return "\r\n".join([*lines, "", ""]).encode() + body


async def _ask(port: int, request: bytes) -> Answer:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(request)
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        told = (line.partition(":") for line in head[1:] if line)
        headers = {name.lower(): value.strip() for name, _colon, value in told}
        body = await reader.readexactly(int(headers["content-length"]))
        return Answer(int(head[0].split()[1]), headers, body)
    except KeyError:
        raise ValueError("an answer without a length") from None
    finally:
        writer.transport.abort()
