"""`coterie import`: the same preview and the same action as in the browser, for a shell."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from coterie.audiences import exports
from coterie.pure.exports.choosing import asked, choices_of
from coterie.pure.exports.records import Chat, Preview, UnknownChat, Unreadable, chosen

if TYPE_CHECKING:
    from coterie.audiences.actions.bringing_home import Outcome

OK, WRONG, UNDECIDED = 0, 1, 2


def run(args: argparse.Namespace) -> int:
    """0 when done, 1 with a sentence when not, 2 when a chat has to be chosen first."""
    try:
        choices = choices_of(args.zone, args.date_order)
        seen = exports.preview(Path(args.file), args.chat, choices)
        return _show(seen, args.json) if args.preview else _bring(args, seen)
    except (Unreadable, UnknownChat) as trouble:
        return _wrong(str(trouble))
    except OSError as trouble:
        return _wrong(f"{args.file}: {trouble.strerror}.")


def _wrong(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return WRONG


def _show(seen: Preview, as_json: bool) -> int:
    if as_json:
        print(json.dumps(seen.as_json(), ensure_ascii=False, indent=2))
        return OK
    _list(seen.chats)
    shown = seen.as_json()
    print(f"\n{seen.people} people, {seen.messages} messages", end="")
    print(f", {shown['first']} to {shown['last']}" if seen.first else "")
    for warning in seen.warnings:
        print(f"! {warning}")
    print(*asked(seen), sep="\n", end="\n" * bool(seen.questions))
    for each in seen.trouble:
        print(f"- {each.place}: {each.why}")
    for what, count in seen.dropped.items():
        print(f"- left out: {what} ({count})")
    print("Nothing was written.")
    return OK


def _list(chats: tuple[Chat, ...]) -> None:
    for chat in chats:
        print(
            f"{chat.key:>24}  {chat.messages:>9} messages  {len(chat.people):>6} people {chat.name}"
        )


def _bring(args: argparse.Namespace, seen: Preview) -> int:
    if not args.host:
        return _wrong("Say who will host it: --host EMAIL. With --preview nothing is written.")
    if len(seen.chats) > 1 and not args.chat:
        print("There are several chats in this file. Choose one with --chat:\n")
        _list(seen.chats)
        return UNDECIDED
    if not seen.chats:
        return _wrong("There is no group chat in this file.")
    if seen.questions:
        print(*asked(seen), sep="\n")
        return UNDECIDED
    chat = chosen(seen.chats, args.chat) if args.chat else seen.chats[0]
    return _go_home(args, chat)


def _go_home(args: argparse.Namespace, chat: Chat) -> int:
    # Late, because a preview needs neither settings nor a database.
    from coterie.audiences.actions import bringing_home
    from coterie.communities.models import Community
    from coterie.core.verdict import Refused
    from coterie.personas import sealed
    from coterie.personas.viewer import viewer_of

    owner = sealed.owner_by_address(args.host)
    if owner is None:
        return _wrong(f"No account here has the address {args.host}. Sign up first.")
    by, parent = viewer_of(owner), None
    if args.parent:
        parent = Community.objects.findable_by(by).at(args.parent).first()
        if parent is None:
            return _wrong(f"There is no community {args.parent} that {args.host} can find.")
    wish = bringing_home.Wish(
        persona_name=args.name or "Host", parent=parent, with_names=args.names
    )
    try:
        outcome = bringing_home.bring(
            Path(args.file), chat, by=by, wish=wish, told=_counting(chat.messages)
        )
    except KeyboardInterrupt:
        return _wrong("\nStopped. Nobody sees any of it; the same command goes on for a day.")
    except Refused as no:
        return _wrong(no.sentence)
    return _report(outcome, as_json=args.json)


def _counting(total: int) -> Callable[[int], None]:
    """Says how far it is, in one line that changes, to whoever watches."""

    def told(count: int) -> None:
        print(f"\r{count:,} of {total:,} messages", end="", file=sys.stderr, flush=True)

    return told if sys.stderr.isatty() else lambda count: None


def _report(outcome: Outcome, *, as_json: bool) -> int:
    place = outcome.community
    if as_json:
        told = {
            "community": place.public_id,
            "path": place.path,
            "name": place.name,
            "messages": outcome.fresh,
            "founded": outcome.founded,
        }
        print(json.dumps(told, ensure_ascii=False))
    elif outcome.fresh:
        print(f"{place.name}: {outcome.fresh} messages are home, at {place.path}")
        print(f"Links for the people in it: {place.path}imports/")
    else:
        print(
            f"{place.name}: nothing new in this file. All of it was home already, at {place.path}"
        )
    return OK
