"""`coterie doctor`: what is well, and what to do about what is not."""

import argparse
import os
import shutil
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coterie.commands import schema
from coterie.commands.describing import command
from coterie.commands.house import open_house
from coterie.commands.trouble import Trouble
from coterie.core.keys import KEY_FILE

MORE = """\
Looks at the data folder, the key file, the database, the worker, search, mail, address, HTTPS and
whether anybody touched a community's log, one line each: "ok", or "look" with what to do. The exit
code is 1 when something must be done before people come.

Example:
  coterie doctor
"""
OLDEST_SQLITE = (3, 40, 0)
ENOUGH_DISK = 1_000_000_000


@dataclass(frozen=True)
class Finding:
    """One thing looked at; `grave` ones must be put right before people come."""

    name: str
    sentence: str
    ok: bool = True
    grave: bool = False


def add_to(commands: Any) -> None:
    """Describe the command."""
    command(commands, "doctor", run, help="Look whether everything is well.", more=MORE)


def run(args: argparse.Namespace) -> int:
    """Print a line for each finding."""
    findings = list(examine(open_house()))
    for finding in findings:
        print(f"{'ok  ' if finding.ok else 'look'}  {finding.name:<12} {finding.sentence}")
    return int(any(finding.grave and not finding.ok for finding in findings))


def examine(folder: Path) -> Iterator[Finding]:
    """Everything worth a line."""
    yield _disk(folder)
    yield _key(folder)
    reachable = _database()
    yield reachable
    if reachable.ok:
        yield from _sqlite()
        yield _migrations()
        if not schema.missing():
            yield _worker()
            yield _logs()
            yield _search()
    yield _photos()
    yield _mail()
    yield _address()
    yield _https()


def _disk(folder: Path) -> Finding:
    free = shutil.disk_usage(folder).free
    if free < ENOUGH_DISK:
        sentence = (
            f"only {free // 1_000_000} MB are free for {folder}; make room or move the folder."
        )
        return Finding("disk", sentence, ok=False, grave=True)
    return Finding("disk", f"{folder} can be written, {free // 1_000_000_000} GB are free.")


def _key(folder: Path) -> Finding:
    file = folder / KEY_FILE
    mode = stat.S_IMODE(file.stat().st_mode)
    if mode & 0o077:
        sentence = f"others on this machine can read {file}; run: chmod 600 {file}"
        return Finding("key file", sentence, ok=False, grave=True)
    return Finding("key file", f"{file} is for this user only. Back it up apart from the database.")


def _database() -> Finding:
    from django.db import connection

    try:
        schema.check_reachable()
    except Trouble as trouble:
        return Finding("database", str(trouble), ok=False, grave=True)
    return Finding("database", f"{connection.display_name} answers.")


def _sqlite() -> Iterator[Finding]:
    from django.db import connection

    if connection.vendor != "sqlite":
        return
    import sqlite3

    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        sentence = f"version {sqlite3.sqlite_version} is too old; 3.40 or newer is needed."
        yield Finding("sqlite", sentence, ok=False, grave=True)
    else:
        yield Finding("sqlite", f"version {sqlite3.sqlite_version}.")
    with connection.cursor() as cursor:
        mode = cursor.execute("PRAGMA journal_mode").fetchone()[0]
    if mode != "wal":
        sentence = f"journal mode is {mode}; the data folder must lie on a local disk."
        yield Finding("sqlite", sentence, ok=False, grave=True)
    else:
        yield Finding("sqlite", "write-ahead log is on.")


def _migrations() -> Finding:
    left = schema.missing()
    if left:
        sentence = f"{len(left)} migrations are missing; run: coterie migrate"
        return Finding("migrations", sentence, ok=False, grave=True)
    return Finding("migrations", "the database fits this version.")


def _worker() -> Finding:
    from coterie.core import queue

    if queue.is_alive():
        return Finding("worker", "one is running.")
    return Finding("worker", "none is running; `coterie serve` starts one.", ok=False)


def _logs() -> Finding:
    from coterie.safety.audit import broken_chains

    broken = broken_chains()
    if broken:
        where = ", ".join(f"/c/{handle}/log/ from entry {n}" for handle, n in broken)
        sentence = f"somebody changed what hosts did: {where}. Compare with a backup."
        return Finding("logs", sentence, ok=False, grave=True)
    return Finding("logs", "what hosts did stands as it was written.")


def _search() -> Finding:
    from coterie.talk.actions.indexing import is_wrong

    if is_wrong():
        sentence = "something cannot be found, or should not be any more; run: coterie reindex"
        return Finding("search", sentence, ok=False)
    return Finding("search", "what was said can be found.")


def _photos() -> Finding:
    from coterie.pure import darkroom

    kinds = darkroom.readable_kinds()
    blind = [kind for kind, readable in kinds.items() if not readable]
    if blind:
        sentence = (
            f"{', '.join(blind)} cannot be read; install the packages again (make install), or "
            "let a program take 1.2 GB of address space: a large photo needs that much."
        )
        return Finding("photos", sentence, ok=False)
    return Finding("photos", f"{', '.join(kinds)} can be read.")


def _mail() -> Finding:
    from django.conf import settings

    if not settings.MAIL_SERVER:
        sentence = "no mail server is set (COTERIE_MAIL); mails wait on the operator's outbox page."
        return Finding("mail", sentence, ok=False)
    host = settings.MAILERS["default"]["OPTIONS"]["host"]
    return Finding("mail", f"goes out through {host}, from {settings.DEFAULT_FROM_EMAIL}.")


def _address() -> Finding:
    from django.conf import settings

    from coterie.core.origin import public_origin

    if settings.PUBLIC_URL:
        return Finding("address", f"links in letters start with {public_origin()}.")
    sentence = (
        f"COTERIE_URL is not set: links in letters start with {public_origin()}, which works on "
        "this machine only. Set COTERIE_URL=https://your.name."
    )
    return Finding("address", sentence, ok=False)


def _https() -> Finding:
    url = os.environ.get("COTERIE_URL", "")
    if not url.startswith("https://"):
        sentence = (
            "people come over plain HTTP; for more than this machine put a proxy with HTTPS "
            "in front, then set COTERIE_URL=https://your.name and COTERIE_HTTPS=1."
        )
        return Finding("https", sentence, ok=False)
    if os.environ.get("COTERIE_HTTPS") != "1":
        return Finding(
            "https", "COTERIE_URL says https; set COTERIE_HTTPS=1 too.", ok=False, grave=True
        )
    return Finding("https", f"people come to {url}.")
