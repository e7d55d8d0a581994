"""`coterie account`: help with signing in, from the server's own keyboard."""

import argparse
from typing import Any

from coterie.commands import schema
from coterie.commands.describing import command
from coterie.commands.house import open_house
from coterie.commands.trouble import Trouble

MORE = """\
  operator EMAIL   make the account with this address an operator
  link EMAIL       print a link that signs this account in once

Examples:
  coterie account operator anna@example.org
  coterie account link anna@example.org
"""


def add_to(commands: Any) -> None:
    """Describe the command and its two verbs."""
    made = command(commands, "account", run, help="Make an operator, or a sign-in link.", more=MORE)
    verbs = made.add_subparsers(title="verbs", metavar="VERB", required=True)
    operator = command(
        verbs,
        "operator",
        make_operator,
        help="Make this account an operator.",
        more="Example:\n  coterie account operator anna@example.org",
    )
    link = command(
        verbs,
        "link",
        print_link,
        help="Print a link that signs this account in once.",
        more="Example:\n  coterie account link anna@example.org",
    )
    for verb in (operator, link):
        verb.add_argument("email", metavar="EMAIL", help="the address of the account")


def run(args: argparse.Namespace) -> int:
    """Never reached: argparse asks for a verb."""
    return 2


def make_operator(args: argparse.Namespace) -> int:
    """The account may do everything an operator may; it is opened when there is none."""
    open_house()
    schema.require_current()
    from coterie.accounts.actions import operating

    operating.make_operator(args.email)
    print(f"{args.email} is an operator now.")
    return 0


def print_link(args: argparse.Namespace) -> int:
    """A link that works once, for whoever cannot sign in."""
    open_house()
    schema.require_current()
    from coterie.accounts.actions import operating
    from coterie.accounts.models import Account

    try:
        print(operating.sign_in_link(args.email))
    except Account.DoesNotExist:
        raise Trouble(f"Nobody signs in here with {args.email}.") from None
    return 0
