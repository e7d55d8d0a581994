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

MORE = """\
Serves a small audience with its communities, members and conversations, from a data
folder of its own (.demo beside the code, or COTERIE_DATA). Nothing of it touches your
real data. Remove the folder to begin anew.

Example:
  PORT=9000 coterie demo
"""
FOLDER = Path(__file__).resolve().parents[2] / ".demo"


def add_to(commands: Any) -> None:
    """Describe the command."""
    command(commands, "demo", run, help="Serve a lively demo from its own data folder.", more=MORE)


def run(args: argparse.Namespace) -> int:
    """Plant the cast where nobody lives yet, then serve."""
    os.environ.setdefault("COTERIE_DATA", str(FOLDER))
    folder = ready_folder()
    locked = only_one(folder, "serve.lock", trouble=serve.TWICE)
    with locked, contextlib.closing(bound_socket()) as bound:
        open_house()
        serve.prepare(folder)
        plant()
        serve.greet(folder, base_url(bound))
        serve.serve(bound)
    return 0


def plant() -> None:
    """The cast lives here."""
    from coterie.communities.models import Community
    from coterie.demo import cast

    if not Community.objects.exists():
        print("  Planting the demo ...", flush=True)
        cast.plant()
