"""`coterie reindex`: what was said can be found again."""

import argparse
from typing import Any

from coterie.commands import schema
from coterie.commands.describing import command
from coterie.commands.house import open_house

MORE = """\
Search keeps itself true; this is for a database that was written to by hand, or put back in
part. Everything goes on meanwhile. It may be stopped at any moment: run again, it writes
only what is still missing.

Example:
  coterie reindex
"""
EVERY = 10_000


def add_to(commands: Any) -> None:
    """Describe the command."""
    command(commands, "reindex", run, help="Put the search index right.", more=MORE)


def run(args: argparse.Namespace) -> int:
    """Look at everything that was said, and say how much was wrong."""
    open_house()
    schema.require_current()
    from coterie.talk.actions import indexing

    looked = wrong = told = 0
    for some, put_right in indexing.mend():
        looked, wrong = looked + some, wrong + put_right
        if looked - told >= EVERY:
            told = looked
            print(f"{looked:,} looked at, {wrong:,} put right …", flush=True)
    print(f"{looked:,} posts and titles looked at, {wrong:,} put right.")
    return 0
