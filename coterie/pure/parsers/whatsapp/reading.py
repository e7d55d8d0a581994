"""One export from its first line to its last: what it holds, and every message of it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path, PurePosixPath

from coterie.pure.exports.archive import Source, opened
from coterie.pure.exports.fields import name_of
from coterie.pure.exports.records import (
    UNSAID,
    Chat,
    Choices,
    Contact,
    Message,
    Preview,
    Question,
    Reading,
    Remark,
    Unreadable,
    chosen,
    worded,
)
from coterie.pure.exports.tally import Tally
from coterie.pure.exports.textlines import first_lines, lines
from coterie.pure.markup import cleaned
from coterie.pure.parsers.whatsapp.hearing import Heard, named, raws
from coterie.pure.parsers.whatsapp.lines import head_of
from coterie.pure.parsers.whatsapp.orders import Dates, day_of
from coterie.pure.parsers.whatsapp.telling import Place, told

LOOKED_AT = 30
CUT = 9_900
NAMELESS = "WhatsApp chat"
ALIKE = 10
"""Fewer messages than these may stand in two groups: somebody told both the same."""
AS_FILE = re.compile(r"^(?:WhatsApp Chat (?:with|mit|-)|Chat de WhatsApp con|_chat$)\s*")

NOT_OURS = worded("There is no WhatsApp chat in this file.")
SEVERAL = worded("This archive holds several WhatsApp chats. Give them one at a time.")
UNDECIDED = worded(
    "The dates of this chat can be read with the day first or with the month first. Say which."
)
NO_ZONE = worded("WhatsApp tells no time zone. Times were read as if they were UTC.")
MAYBE_CUT = worded("The beginning of this chat is missing: WhatsApp cuts long exports.")
TWO_PEOPLE = worded(
    "Only two people wrote here. If this is a personal chat, ask the other one first."
)
TOO_LONG = worded("Messages longer than a post may be: {count}. They are cut.")
AS_DATE = {"dmy": worded("day first"), "mdy": worded("month first"), "ymd": worded("year first")}


def recognises(source: Source) -> bool:
    """Does a text in here begin as a chat does?"""
    return bool(texts(source)) if source.is_archive else begins(source.head())


def texts(source: Source) -> list[str]:
    names = [name for name in source.names if name.casefold().endswith(".txt")]
    return [name for name in names if begins(source.head(name))]


def begins(head: bytes) -> bool:
    first = next((line for line in first_lines(head, LOOKED_AT) if line.strip()), "")
    return head_of(first) is not None


@contextmanager
def chat_in(path: str | os.PathLike[str]) -> Iterator[tuple[Source, str | None]]:
    with opened(path) as source:
        if not source.is_archive:
            yield source, None
            return
        found = texts(source)
        if len(found) != 1:
            raise Unreadable(SEVERAL if found else NOT_OURS)
        yield source, found[0]


def preview(
    path: str | os.PathLike[str], chat: str | None = None, choices: Choices = UNSAID
) -> Preview:
    """What the chat holds; with a question where its dates can be read in two ways."""
    heard, tally = Heard(), Tally()
    with chat_in(path) as (source, member):
        dates = surveyed(source, member)
        place = Place(member, dates.orders(choices.date_order), choices.zone)
        asked = tuple(questions(dates)) if not all(place.orders.values()) else ()
        # Whichever of its days it is, a message counts.
        counting = replace(place, orders=dates.orders(choices.date_order, guess=True))
        for message in told(source, counting, heard):
            tally.add(message)
    heard.dropped["phone_numbers"] = sum(not name for name in tally.names.values())
    name = heard.title or titled(path, member)
    key = f"whatsapp:{name.casefold()}:{tally.sample[0][:8] if tally.sample else ''}"
    tally.containers = type(tally.containers)({key: tally.messages})
    held = tally.chat(key, name, "group", {}, +heard.dropped, replace(place, key=key))
    held = replace(held, old_origins=tuple(tally.sample), alike=ALIKE)
    if asked:
        held = replace(held, first=None, last=None)
    return Preview(
        "whatsapp",
        (held,) if chat is None else (chosen((held,), chat),),
        +heard.dropped,
        tuple(warnings(heard, held, choices)),
        contacts=len(heard.joined - {*tally.names.values()}),
        questions=asked,
        trouble=tuple(heard.trouble),
        troubled=heard.troubled,
    )


def surveyed(source: Source, member: str | None) -> Dates:
    dates = Dates()
    with source.stream(member) as stream:
        for line in lines(stream):
            head = head_of(line)
            if head is not None:
                dates.note(head, line)
    if not dates.styles:
        raise Unreadable(NOT_OURS)
    return dates


def titled(path: str | os.PathLike[str], member: str | None) -> str:
    """As its file is called, where that is no name that a server gave it."""
    stem = PurePosixPath(member).stem if member else Path(path).stem
    called = AS_FILE.sub("", stem)
    return (name_of(called) or NAMELESS) if called != stem else NAMELESS


def warnings(heard: Heard, chat: Chat, choices: Choices) -> Iterator[Remark]:
    if choices.zone is None:
        yield Remark(NO_ZONE)
    if not heard.began and chat.messages >= CUT:
        yield Remark(MAYBE_CUT)
    if len(chat.people) == 2 and not heard.title:
        yield Remark(TWO_PEOPLE)
    if heard.cut:
        yield Remark(TOO_LONG, count=f"{heard.cut:,}")


def questions(dates: Dates) -> Iterator[Question]:
    for style in dates.undecided():
        days = [(order, day_of(style.example, order)) for order in style.candidates()]
        ways = [
            Reading(order, datetime.combine(day, time(), UTC), Remark(AS_DATE[order]))
            for order, day in days
            if day
        ]
        yield Question("date_order", cleaned(style.sample)[:80].strip(), tuple(ways))


def read(
    path: str | os.PathLike[str], chat: str | Chat, choices: Choices = UNSAID
) -> Iterator[Message]:
    """Every message in the order of the file; raises `Unreadable` while dates are undecided."""
    known = chat if isinstance(chat, Chat) else preview(path, chat, choices).chats[0]
    place = known.place
    if not isinstance(place, Place):
        raise TypeError(f"WhatsApp did not survey {known.name!r}.")
    orders = {style: order or choices.date_order for style, order in place.orders.items()}
    if not all(orders.values()):
        raise Unreadable(UNDECIDED)
    place = replace(place, orders=orders, zone=choices.zone or place.zone)
    with chat_in(path) as (source, _):
        yield from told(source, place, Heard())


def contacts(path: str | os.PathLike[str], choices: Choices = UNSAID) -> Iterator[Contact]:
    """Who came to the group and never said a word in what the file holds."""
    heard = Heard()
    with chat_in(path) as (source, member):
        wrote = {named(raw.who)[0] for raw in raws(source, member, heard)}
    for name in sorted(heard.joined):
        if named(name)[0] not in wrote:
            yield Contact(*named(name))
