"""`coterie migrate`: bring the database up to this code."""

import argparse
from typing import Any

from coterie.commands import schema
from coterie.commands.describing import command
from coterie.commands.house import open_house

MORE = """\
`coterie serve` does this by itself; run it alone before starting several servers on one
PostgreSQL database. Make a backup of database and key file first.

Example:
  coterie migrate
"""


def add_to(commands: Any) -> None:
    """Describe the command."""
    command(commands, "migrate", run, help="Bring the database up to this version.", more=MORE)


def run(args: argparse.Namespace) -> int:
    """Apply what is missing and say so."""
    applied = schema.bring_up_to_date(open_house())
    print(f"{len(applied)} migrations applied." if applied else "The database is up to date.")
    return 0
