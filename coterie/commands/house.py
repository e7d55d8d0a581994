"""Opening the data folder and Django, with a sentence for everything that may stand in the way."""

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from coterie.commands.trouble import Trouble
from coterie.core.keys import KEY_FILE, data_folder

DATABASE_FILE = "coterie.sqlite3"


def ready_folder() -> Path:
    """The data folder, which exists and can be written."""
    folder = data_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise Trouble(
            f"The data folder {folder} cannot be written ({error.strerror}). "
            "Make it writable for this user, or name another one: COTERIE_DATA=/path/to/folder."
        ) from None
    return folder


def open_house() -> Path:
    """Django is set up on a data folder whose key file is its own."""
    folder = ready_folder()
    _check_key(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coterie.config.settings")
    import django

    django.setup()
    from coterie.config.bus import bus
    from coterie.live import telling

    telling.install(bus())
    return folder


ARENAS = -8
"""What glibc calls M_ARENA_MAX: how many heaps of their own its threads may have."""


def settle() -> None:
    """What starting needed once is given back, and what stays is not looked through again."""
    import ctypes
    import gc

    gc.collect()
    gc.freeze()
    # Only glibc has these; elsewhere memory comes back when it comes back.
    with suppress(OSError, AttributeError):
        glibc = ctypes.CDLL(None)
        glibc.malloc_trim(0)
        # Threads take turns at the interpreter: a heap for each would mostly lie about.
        glibc.mallopt(ARENAS, 2)


def _check_key(folder: Path) -> None:
    key = folder / KEY_FILE
    if key.exists():
        if not os.access(key, os.R_OK):
            raise Trouble(
                f"The key file {key} cannot be read. Give this user the right to read it."
            )
    elif (folder / DATABASE_FILE).exists():
        # A new key would make every persona in that database ownerless.
        raise Trouble(
            f"There is a database in {folder} but not its key file {KEY_FILE}. Put the key file of "
            "your backup back; without it nobody's personas can be found."
        )


@contextmanager
def only_one(folder: Path, name: str, *, trouble: str | None = None) -> Iterator[Path]:
    """Hold the folder's lock of this name; with `trouble`, refuse instead of waiting."""
    file = folder / name
    with file.open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | (fcntl.LOCK_NB if trouble else 0))
        except BlockingIOError:
            lock.seek(0)
            raise Trouble(
                str(trouble).format(who=lock.read().strip() or "another process")
            ) from None
        lock.truncate(0)
        lock.write(f"process {os.getpid()}")
        lock.flush()
        yield file
