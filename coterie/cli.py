"""The command `coterie`: everything a host does outside the browser.

docs/commands.md documents each command; a house test compares.
"""

import argparse
import sys
from collections.abc import Sequence

from coterie.commands import (
    account,
    demo,
    doctor,
    finding,
    importing,
    migrate,
    reindex,
    serve,
    web,
    worker,
)
from coterie.commands.trouble import Trouble

COMMANDS = (serve, demo, importing, finding, account, doctor, migrate, reindex, web, worker)

ABOUT = """\
A self-hosted home for the micro communities inside an audience you already have.

Start with `coterie serve`: it prepares the data folder, prints the address to open
and, the first time, a link that makes you the operator.
"""

ENVIRONMENT = """\
Settings come from the environment:
  PORT, HOST       where to listen (8000 on 127.0.0.1)
  COTERIE_DATA     the data folder: database, key file, uploads
  COTERIE_URL      the address people use, once there is one (https://example.org)
All of them are in docs/settings.md.
"""


def parser() -> argparse.ArgumentParser:
    """All commands with their help."""
    plain = argparse.RawDescriptionHelpFormatter
    top = argparse.ArgumentParser(
        prog="coterie", description=ABOUT, epilog=ENVIRONMENT, formatter_class=plain
    )
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for module in COMMANDS:
        module.add_to(commands)
    return top


def commands() -> dict[str, argparse.ArgumentParser]:
    """Each command's own parser by name, verbs included: `account operator`."""
    found: dict[str, argparse.ArgumentParser] = {}
    waiting = [("", parser())]
    while waiting:
        prefix, here = waiting.pop()
        for action in here._actions:
            if isinstance(action, argparse._SubParsersAction):
                below = {f"{prefix} {name}".strip(): one for name, one in action.choices.items()}
                found |= below
                waiting += below.items()
    return found


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; what can be put right is told in a sentence, without a traceback."""
    args = parser().parse_args(argv)
    try:
        return int(args.run(args))
    except Trouble as trouble:
        print(f"coterie: {trouble}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
