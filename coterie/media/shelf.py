"""Where the prints lie: DATA/media/<community>/<picture>/<side>.webp, all three names random."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings

from coterie.core.ids import new_token

HOUR = 3600


def root() -> Path:
    """The folder of all prints."""
    return Path(settings.DATA) / "media"


def file_of(community: str, picture: str, side: int) -> Path:
    """The print of this side."""
    return root() / community / picture / f"{side}.webp"


def put(community: str, picture: str, prints: dict[int, bytes]) -> None:
    """The prints lie on the shelf, all or none."""
    here = root() / community
    here.mkdir(parents=True, exist_ok=True, mode=0o700)
    made = here / f".{new_token()}"
    made.mkdir(mode=0o700)
    try:
        for side, content in prints.items():
            _write(made / f"{side}.webp", content)
        made.rename(here / picture)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise


def prints_of(community: str, picture: str) -> dict[int, bytes]:
    """All its prints, by side."""
    files = (root() / community / picture).glob("*")
    return {int(file.stem): file.read_bytes() for file in files}


def copy(community: str, picture: str, *, to: str) -> None:
    """The same prints lie in the other community too."""
    prints = prints_of(community, picture)
    clear([(to, picture)])
    put(to, picture, prints)


def clear(pictures: Iterable[tuple[str, str]]) -> None:
    """Nothing of these pictures, named by community and own id, is on the disk."""
    for community, picture in pictures:
        shutil.rmtree(root() / community / picture, ignore_errors=True)


def left_alone() -> Iterator[tuple[str, list[str]]]:
    """By community, the pictures that have lain there for an hour or more."""
    late = time.time() - HOUR
    for community in sorted(root().glob("*")):
        old = [entry.name for entry in os.scandir(community) if entry.stat().st_mtime < late]
        yield community.name, old


def _write(file: Path, content: bytes) -> None:
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(content)
