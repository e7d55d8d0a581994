"""Handing a photo to the child and taking back its prints."""

from __future__ import annotations

import base64
import enum
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from coterie.pure.darkroom.samples import SAMPLES
from coterie.pure.thumbhash import thumbhash

SIDES = (320, 960, 1920)
"""The longest side of each print."""
MOST_PIXELS = 50_000_000
MEMORY = 1_200_000_000
"""Address space of the child: a third more than the hungriest kind takes at `MOST_PIXELS`."""
CPU_SECONDS = 20
PATIENCE = 30.0
CHILD = Path(__file__).with_name("child.py")

AT_ONCE = threading.BoundedSemaphore(2)
LINE = threading.BoundedSemaphore(5)
"""Pages go on meanwhile: few threads stand here, everybody else is asked to come back."""


class Reason(enum.Enum):
    """Why there is no picture."""

    NOT_A_PHOTO = 10
    TOO_LARGE = 11
    BROKEN = 12
    TOO_HEAVY = 13
    BUSY = 14


class Spoiled(Exception):
    """No picture came out."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.name)
        self.reason = reason


@dataclass(frozen=True)
class Developed:
    """The prints of one photo: WebP by longest side, and what a page says of them."""

    prints: dict[int, bytes]
    width: int
    height: int
    thumbhash: str


def develop(photo: IO[bytes]) -> Developed:
    """The photo's prints; raises `Spoiled`. `photo` is a real file, read from its beginning."""
    with _a_place():
        out = _run_child(photo)
    head, _, rest = out.partition(b"\n")
    told = json.loads(head)
    prints, start = {}, 0
    for side, length in zip(SIDES, told["lengths"], strict=True):
        prints[side] = rest[start : start + length]
        start += length
    (width, height), (across, down) = told["size"], told["tiny"]
    return Developed(prints, width, height, thumbhash(across, down, rest[start:]))


def readable_kinds() -> dict[str, bool]:
    """Of each kind of photo, whether it can be read here."""
    return {kind: _is_readable(sample) for kind, sample in SAMPLES.items()}


def _is_readable(sample: str) -> bool:
    try:
        _run_child(BytesIO(base64.b64decode(sample)))
    except Spoiled:
        return False
    return True


@contextmanager
def _a_place() -> Iterator[None]:
    if not LINE.acquire(blocking=False):
        raise Spoiled(Reason.BUSY)
    try:
        with AT_ONCE:
            yield
    finally:
        LINE.release()


def _run_child(photo: IO[bytes]) -> bytes:
    limits = [MEMORY, CPU_SECONDS, MOST_PIXELS, *SIDES]
    # -I: neither the environment nor the folder we stand in adds anything to what it imports.
    command = [sys.executable, "-I", str(CHILD), *map(str, limits)]
    given: dict[str, Any] = {"stdin": photo}
    if isinstance(photo, BytesIO):
        given = {"input": photo.getvalue()}
    else:
        photo.flush()
        os.lseek(photo.fileno(), 0, os.SEEK_SET)  # the child knows nothing of Python's buffer
    try:
        done = subprocess.run(  # noqa: S603 - our own script, numbers for arguments
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE,
            check=False,
            env={"MALLOC_ARENA_MAX": "2"},
            close_fds=True,
            **given,
        )
    except subprocess.TimeoutExpired:
        raise Spoiled(Reason.TOO_HEAVY) from None
    if done.returncode < 0:  # the system ended it: it took more time or room than it may
        raise Spoiled(Reason.TOO_HEAVY)
    if done.returncode:
        known = {reason.value for reason in Reason}
        raise Spoiled(Reason(done.returncode) if done.returncode in known else Reason.BROKEN)
    return bytes(done.stdout)
