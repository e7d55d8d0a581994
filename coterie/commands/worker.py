"""`coterie worker`: the background work alone."""

import argparse
from typing import Any

from coterie.commands import schema
from coterie.commands.describing import command
from coterie.commands.house import open_house, settle

MORE = """\
Sends mail, reads imports, delivers events and keeps the schedule. `coterie serve` runs one
by itself; run more only beside several servers on one PostgreSQL database.

Example:
  COTERIE_DATABASE=postgres://coterie@db/coterie coterie worker
"""


def add_to(commands: Any) -> None:
    """Describe the command."""
    made = command(commands, "worker", run, help="Run the background worker alone.", more=MORE)
    made.add_argument("--parent", type=int, help=argparse.SUPPRESS)


def run(args: argparse.Namespace) -> int:
    """Work until stopped."""
    open_house()
    schema.require_current()
    from coterie.config.worker import HouseWorker

    settle()
    HouseWorker(args.parent).run()
    return 0
