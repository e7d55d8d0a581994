"""`coterie serve`: from an empty folder to a page that answers."""

import argparse
import contextlib
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any, cast

from coterie.commands import schema
from coterie.commands.describing import command
from coterie.commands.house import only_one, open_house, ready_folder, settle
from coterie.commands.listening import base_url, bound_socket
from coterie.commands.supervising import WorkerKeeper
from coterie.commands.trouble import Trouble

MORE = """\
Prepares the data folder (database, key file, static files), serves the web pages and
runs the background worker, all in one. The first time it prints a link that makes
whoever opens it the operator. Ctrl-C stops everything.

Examples:
  coterie serve
  PORT=9000 COTERIE_DATA=/srv/coterie coterie serve
"""
TWICE = (
    "Coterie already serves this data folder ({who}). Stop it first, or give this one "
    "a folder of its own: COTERIE_DATA=/path/to/folder."
)


def add_to(commands: Any) -> None:
    """Describe the command."""
    command(commands, "serve", run, help="Serve the pages and run the worker.", more=MORE)


def run(args: argparse.Namespace) -> int:
    """Serve until stopped."""
    folder = ready_folder()
    with only_one(folder, "serve.lock", trouble=TWICE), contextlib.closing(bound_socket()) as bound:
        open_house()
        prepare(folder)
        greet(folder, base_url(bound))
        serve(bound)
    return 0


def prepare(folder: Path) -> None:
    """Database and static files are those of this code."""
    schema.check_reachable()
    if schema.missing():
        migrate_apart()
    gather(folder)


def migrate_apart() -> None:
    """The database has every migration, and this process not the 16 MB that they leave behind."""
    command = [sys.executable, "-m", "coterie", "migrate"]
    if subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode:  # noqa: S603
        raise Trouble("The database could not be brought up to this version; see above why.")


def gather(folder: Path) -> None:
    """The static files lie there, gathered by one of those that begin at once."""
    from coterie.config import statics

    with only_one(folder, "static.lock"):
        statics.gather()


def greet(folder: Path, url: str) -> None:
    """Say where to go, and how to become the operator while there is none."""
    from coterie.accounts.actions import operating

    print(f"\n  Coterie serves {url}\n  data folder: {folder}", flush=True)
    if link := operating.first_operator_link(url):
        print(f"\n  Nobody runs this house yet. Open this link to become its operator:\n  {link}")
    print("\n  Ctrl-C stops it.\n", flush=True)


def serve(bound: socket.socket) -> None:
    """Answer on this socket, with a worker beside, until a signal comes."""
    keeper = WorkerKeeper()
    keeper.start()
    try:
        answer(bound)
    finally:
        keeper.finish()


def answer(bound: socket.socket) -> None:
    """Pages and live on this socket until a signal comes."""
    import uvicorn
    from django.conf import settings

    from coterie.config.asgi import front
    from coterie.config.live import Live
    from coterie.live import telling

    live = Live(telling.bus())
    config = uvicorn.Config(
        front(live),
        loop="uvloop",
        http="httptools",
        # uvicorn asks for a class, and only calls it.
        ws=cast(Any, live.sockets.protocol),
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(settings.PROXIES),
        forwarded_allow_ips=settings.PROXIES,
        timeout_keep_alive=20,
        timeout_graceful_shutdown=10,
    )
    # uvicorn raises the signal again when it has finished; by then we only want to go on.
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: None)
    settle()
    uvicorn.Server(config).run(sockets=[bound])
