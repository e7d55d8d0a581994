"""`coterie find`: the micro communities latent in an export, without any server."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coterie.commands.describing import command
from coterie.commands.importing import add_choices
from coterie.commands.trouble import Trouble

if TYPE_CHECKING:
    from coterie.pure.clustering.finding import Finding
    from coterie.pure.clustering.links import Links
    from coterie.pure.clustering.talk import Talk

MORE = """\
Reads exports of chats, or a table of links (two columns of people, an optional third
with a weight) with or without a table of messages (a person and a text), as CSV, packed
with gzip or not. It tells which small communities are in there, by which words they
differ and how sure that is - or that there are none. Nobody is told.

Examples:
  coterie find result.json
  coterie find --links links.csv.gz --messages messages.csv.gz --json
"""

CHANCE = "No group of at least 8 people comes back when we look again."
TOO_SMALL = "People in it: {people}. That is too small to show: a group has at least 8."


UNDECIDED = 2


class Undecided(Exception):
    """The owner of a file has to say something about it first."""


def add_to(commands: Any) -> None:
    """Describe the command."""
    made = command(
        commands, "find", run, help="Find the micro communities in an export.", more=MORE
    )
    made.add_argument("files", metavar="FILE", nargs="*", help="exports of one audience")
    made.add_argument("--links", metavar="CSV", help="who is linked with whom")
    made.add_argument("--messages", metavar="CSV", help="who said what")
    add_choices(made)
    made.add_argument(
        "--granularity",
        choices=("broad", "medium", "fine"),
        default="medium",
        help="how small the groups may be",
    )
    made.add_argument("--report", metavar="HTML", help="write it as a page, to show and keep")
    made.add_argument("--seed", type=int, default=1, help="the same seed finds the same groups")
    made.add_argument("--json", action="store_true", help="answer in JSON")


def run(args: argparse.Namespace) -> int:
    """What is found, on standard output."""
    if bool(args.files) == bool(args.links) or (args.messages and not args.links):
        raise Trouble("Give exports, or --links with or without --messages. See coterie find -h.")
    # Late: numpy and scipy take longer to load than most commands run.
    from coterie.pure.clustering.finding import find
    from coterie.pure.exports.records import Unreadable

    try:
        links, talk = _from_tables(args) if args.links else _from_exports(args)
    except Undecided as open_question:
        print(open_question, file=sys.stderr)
        return UNDECIDED
    except Unreadable as why:
        raise Trouble(str(why)) from why
    except OSError as why:
        raise Trouble(f"{why.filename}: {why.strerror}.") from why
    found = find(links, talk, args.granularity, args.seed)
    if args.report:
        _write(found, args)
    if args.json:
        print(json.dumps(found.as_json(), ensure_ascii=False, indent=2))
    else:
        _show(found)
    return 0


def _write(found: Finding, args: argparse.Namespace) -> None:
    from coterie.pure.clustering.report import page

    named = ", ".join(Path(one).name for one in args.files or [args.links])
    try:
        Path(args.report).write_text(page(found, named, f"{date.today():%-d %B %Y}"))
    except OSError as why:
        raise Trouble(f"{args.report}: {why.strerror}.") from why


def _from_tables(args: argparse.Namespace) -> tuple[Links, Talk | None]:
    from coterie.pure.clustering import links, tables, talk

    linked = tables.links(args.links)
    _tell(args.links, linked)
    found = links.gathered(linked.rows)
    if not args.messages:
        return found, None
    said = tables.messages(args.messages, found.people)
    _tell(args.messages, said)
    return found, talk.gathered(said.rows, found.people)


def _from_exports(args: argparse.Namespace) -> tuple[Links, Talk]:
    from coterie.pure import parsers
    from coterie.pure.clustering.evidence import Evidence
    from coterie.pure.exports.choosing import asked, choices_of

    evidence, choices = Evidence(), choices_of(args.zone, args.date_order)
    for file in args.files:
        parser = parsers.parser_of(file)
        seen = parser.preview(file, None, choices)
        if seen.questions:
            raise Undecided("\n".join([f"{file}:", *asked(seen)]))
        for warning in seen.warnings:
            print(f"! {warning}", file=sys.stderr)
        for chat in seen.chats:
            evidence.add(parser.read(file, chat, choices), f"{parser.FORMAT}:")
    return evidence.links(), evidence.talk()


def _tell(file: str, table: Any) -> None:
    """Which rows were passed over."""
    for each in table.trouble[:5]:
        print(f"! {file}, {each.place}: {each.why}", file=sys.stderr)
    if table.troubled > 5:
        print(f"! {file}: {table.troubled:,} rows were passed over.", file=sys.stderr)


def _show(found: Finding) -> None:
    if not found.clear:
        print("No clear micro communities here, and that is a finding too.")
        print(TOO_SMALL.format(people=found.people) if found.people < 24 else CHANCE)
        return
    print(f"{len(found.groups)} micro communities among {found.people:,} people.\n")
    for group in found.groups:
        sure = f"{group.confidence:.0%} sure"
        print(
            f"{len(group.people):>7,} people  {group.inside_share:>4.0%} inside  {sure:>9}", end=""
        )
        print(f"  {', '.join(group.words[:6]) or group.name}")
    if found.too_small:
        print(f"\n{found.too_small:,} more are too small to show.")
    print(f"\n{found.in_none:,} people are in no group, and that is fine.")
    print(
        f"Runs agree by {found.agreement:.2f}; over links dealt by chance by {found.by_chance:.2f}."
    )
