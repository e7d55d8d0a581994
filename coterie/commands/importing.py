"""`coterie import`: bring a chat home."""

import argparse
from typing import Any

from coterie.commands import schema
from coterie.commands.describing import command
from coterie.commands.house import open_house

MORE = """\
Reads the export of a group chat (WhatsApp: the text or the zip; Telegram: result.json, or
the folder or zip around it) and makes a private community of it whose history can be read
and answered. The people in it stand under a flower until they claim their words by a link
that the host hands out.
Running it again with the same or a later export adds only what is new. Contacts, phone
numbers and personal chats are never kept.

Examples:
  coterie import result.json --preview
  coterie import result.json --host anna@example.org --chat "Fern friends"
"""


def add_to(commands: Any) -> None:
    """Describe the command."""
    made = command(commands, "import", run, help="Bring a chat home from its export.", more=MORE)
    made.add_argument("file", metavar="FILE", help="the export")
    made.add_argument("--host", metavar="EMAIL", help="the account whose persona will host it")
    made.add_argument("--parent", metavar="ID", help="make it a micro community of this one")
    made.add_argument("--chat", metavar="NAME", help="which chat, when the export holds several")
    made.add_argument("--name", metavar="NAME", help="what the host is called there")
    made.add_argument("--names", action="store_true", help="show authors by their names at once")
    add_choices(made)
    made.add_argument("--preview", action="store_true", help="say what is in it and write nothing")
    made.add_argument("--json", action="store_true", help="answer in JSON")


def add_choices(command: argparse.ArgumentParser) -> None:
    """What a file need not say about its own dates and times."""
    command.add_argument("--zone", metavar="ZONE", help="of its local times, as Europe/Berlin")
    command.add_argument(
        "--date-order", choices=("dmy", "mdy", "ymd"), help="where its dates do not tell"
    )


def run(args: argparse.Namespace) -> int:
    """Let `audiences` do it."""
    if not args.preview:
        open_house()
        schema.require_current()
    from coterie.audiences import cli

    return int(cli.run(args))
