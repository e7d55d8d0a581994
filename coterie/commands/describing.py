"""How a command describes itself to argparse."""

import argparse
from collections.abc import Callable
from typing import Any


def command(
    commands: Any, name: str, run: Callable[[argparse.Namespace], int], *, help: str, more: str
) -> argparse.ArgumentParser:
    """A subcommand with a line for the list, and a page of its own for `--help`."""
    made: argparse.ArgumentParser = commands.add_parser(
        name,
        help=help,
        description=f"{help}\n\n{more}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.set_defaults(run=run)
    return made
