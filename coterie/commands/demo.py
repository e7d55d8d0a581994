"""`coterie demo`: a lively house to look around in."""

import argparse
import contextlib
import os
from pathlib import Path
from typing import Any

from coterie.commands import serve
from coterie.commands.describing import command
from coterie.commands.house import only_one, open_house, ready_folder
from coterie.commands.listening import base_url, bound_socket
from coterie.commands.trouble import Trouble

MORE = """\
Serves a small audience with its communities, members and conversations, from a data
folder of its own (.demo beside the code, or COTERIE_DATA). Nothing of it touches your
real data. Remove the folder to begin anew.

Example:
  PORT=9000 coterie demo
"""
MARKER = "demo.txt"
GUIDES = {
    "ines": "a host, with people waiting at her door",
    "marta": "a member; three people in one, and nobody knows",
    "wren": "somebody new, who is nobody yet",
    "ana": "the operator",
}
FOLDER = Path(__file__).resolve().parents[2] / ".demo"


def add_to(commands: Any) -> None:
    """Describe the command."""
    command(commands, "demo", run, help="Serve a lively demo from its own data folder.", more=MORE)


def run(args: argparse.Namespace) -> int:
    """Plant the cast where nobody lives yet, then serve."""
    os.environ["COTERIE_DATA"] = os.environ.get("COTERIE_DATA") or str(FOLDER)
    folder = ready_folder()
    locked = only_one(folder, "serve.lock", trouble=serve.TWICE)
    with locked, contextlib.closing(bound_socket()) as bound:
        open_house()
        serve.prepare(folder)
        plant(folder)
        serve.greet(folder, base_url(bound))
        introduce()
        serve.serve(bound)
    return 0


def plant(folder: Path) -> None:
    """The cast lives here, and nobody else does."""
    from coterie.accounts.models import Account
    from coterie.demo import cast

    marker = folder / MARKER
    if marker.exists():
        return
    if Account.objects.exists():
        raise Trouble(
            f"Real people live in {folder}; the demo does not move in with them. "
            "Give it a folder of its own: COTERIE_DATA=/path/to/folder."
        )
    print("  Planting the demo ...", flush=True)
    cast.plant(pictured=True)
    marker.write_text("The people here are made up.\n")


def introduce() -> None:
    """Say as whom one may look around."""
    from coterie.demo.people import PASSWORD, address

    print(f"  Sign in with the password {PASSWORD} as")
    for name, says in GUIDES.items():
        print(f"    {address(name):<22} {says}")
    print(flush=True)
