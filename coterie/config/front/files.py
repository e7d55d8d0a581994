"""Private files, sent by the loop itself once Django has said yes.

Django names the file in a header that never leaves the house; here the bytes go out, whole or
in ranges, while no page's thread waits for a slow reader.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from coterie.config.front.types import Headers, Scope, Send

INTERNAL = b"x-coterie-file"
CHUNK = 256 * 1024
ONE_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})$")


@dataclass
class Files:
    """The files below one folder, which Django names relative to it."""

    root: Path
    pool: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(4, thread_name_prefix="file")
    )

    async def send(
        self, name: str, headers: Headers, scope: Scope, send: Send, gone: Callable[[], bool]
    ) -> None:
        """The file with these headers, as far as the client asks for it; 404 if it is not there."""
        loop = asyncio.get_running_loop()
        file = await loop.run_in_executor(self.pool, self._open, name)
        if file is None:
            await _start(send, 404, [(b"content-length", b"0"), (b"cache-control", b"no-store")])
            await send({"type": "http.response.body", "body": b""})
            return
        with file:
            status, start, stop, told = _asked(scope, headers, _length(file))
            await _start(send, status, told)
            if scope["method"] != "HEAD" and stop > start:
                file.seek(start)
                while start < stop and not gone():
                    chunk = await loop.run_in_executor(
                        self.pool, file.read, min(CHUNK, stop - start)
                    )
                    if not chunk:
                        break
                    start += len(chunk)
                    await send({"type": "http.response.body", "body": chunk, "more_body": True})
        await send({"type": "http.response.body", "body": b""})

    def _open(self, name: str) -> BinaryIO | None:
        path = (self.root / name).resolve()
        if not path.is_relative_to(self.root.resolve()) or not path.is_file():
            return None
        return path.open("rb")


def _length(file: BinaryIO) -> int:
    length = file.seek(0, 2)
    file.seek(0)
    return length


def _asked(scope: Scope, headers: Headers, length: int) -> tuple[int, int, int, Headers]:
    """Status, first byte, the byte behind the last, and the headers that go out."""
    heads = {name: value.decode("latin-1") for name, value in scope["headers"]}
    tag = next((value.decode("latin-1") for name, value in headers if name == b"etag"), "")
    kept = [pair for pair in headers if pair[0] != b"content-length"]
    if tag and tag in _tags(heads.get(b"if-none-match", "")):
        return 304, 0, 0, [pair for pair in kept if pair[0] != b"content-type"]
    kept.append((b"accept-ranges", b"bytes"))
    # Another validator than ours names another file: then all of it.
    asked = heads.get(b"range", "") if heads.get(b"if-range", tag) == tag else ""
    found = _range(asked, length)
    if found is None:
        return 200, 0, length, [*kept, (b"content-length", str(length).encode())]
    start, stop = found
    if start >= stop:
        whole = [(b"content-range", f"bytes */{length}".encode()), (b"content-length", b"0")]
        return 416, 0, 0, [*(pair for pair in kept if pair[0] != b"content-type"), *whole]
    part = f"bytes {start}-{stop - 1}/{length}".encode()
    size = str(stop - start).encode()
    return 206, start, stop, [*kept, (b"content-range", part), (b"content-length", size)]


def _tags(sent: str) -> set[str]:
    return {tag.strip().removeprefix("W/") for tag in sent.split(",")}


def _range(asked: str, length: int) -> tuple[int, int] | None:
    """The one range that is asked for; None for none, several or nonsense, which all mean all."""
    found = ONE_RANGE.match(asked.replace(" ", ""))
    if not found or not any(found.groups()):
        return None
    first, last = found.groups()
    if not first:
        return (max(0, length - int(last)), length) if int(last) else (length, length)
    start, stop = int(first), min(length, int(last) + 1) if last else length
    return None if last and int(last) < start else (start, stop)


async def _start(send: Send, status: int, headers: Headers) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
