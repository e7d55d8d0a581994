"""`coterie web`: pages and live alone, one more beside `coterie serve`."""

import argparse
import contextlib
from typing import Any

from coterie.commands import schema, serve
from coterie.commands.describing import command
from coterie.commands.house import open_house, ready_folder
from coterie.commands.listening import base_url, bound_socket
from coterie.commands.trouble import Trouble
from coterie.core.keys import KEY_FILE

MORE = """\
Answers on a port of its own, without a worker: beside `coterie serve`, on the same
PostgreSQL database and the same data folder. A proxy in front shares people out.

Example:
  PORT=8001 COTERIE_DATABASE=postgres://coterie@db/coterie coterie web
"""
ONE_PROCESS = (
    "On SQLite one process answers, and `coterie serve` is it. For more of them move to "
    "PostgreSQL: COTERIE_DATABASE=postgres://user@host/name."
)
NO_KEY = (
    "There is no key file in {folder}. Name the data folder of `coterie serve`, or copy its "
    "{key} there: with another key nobody's personas can be found."
)


def add_to(commands: Any) -> None:
    """Describe the command."""
    command(commands, "web", run, help="Serve pages alone, beside `coterie serve`.", more=MORE)


def run(args: argparse.Namespace) -> int:
    """Answer until stopped."""
    folder = ready_folder()
    if not (folder / KEY_FILE).exists():
        raise Trouble(NO_KEY.format(folder=folder, key=KEY_FILE))
    with contextlib.closing(bound_socket()) as bound:
        open_house()
        _require_several()
        schema.require_current()
        serve.gather(folder)
        print(f"\n  Coterie answers on {base_url(bound)} too; Ctrl-C stops it.\n", flush=True)
        serve.answer(bound)
    return 0


def _require_several() -> None:
    from django.db import connection

    if connection.vendor == "sqlite":
        raise Trouble(ONE_PROCESS)
