"""One export from its first line to its last: what it holds, and every message of it."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, tzinfo
from pathlib import Path, PurePosixPath

from coterie.pure.exports.archive import Source, opened
from coterie.pure.exports.records import (
    UNSAID,
    Chat,
    Choices,
    Contact,
    Container,
    DateOrder,
    Message,
    Person,
    Preview,
    Question,
    Reading,
    Remark,
    Trouble,
    Unreadable,
    chosen,
    origin,
    worded,
)
from coterie.pure.markup import MAX_SOURCE, Piece, Style, cleaned, compose, escape
from coterie.pure.parsers.whatsapp import said as words
from coterie.pure.parsers.whatsapp.lines import Head, head_of, lines
from coterie.pure.parsers.whatsapp.orders import Dates, day_of

LONGEST = 20_000
LOOKED_AT = 30
CUT = 9_900
MOST_TROUBLE = 50
NAMELESS = "WhatsApp chat"

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
NO_SUCH_DAY = worded("There is no such day.")
AS_DATE = {"dmy": worded("day first"), "mdy": worded("month first"), "ymd": worded("year first")}


@dataclass
class Place:
    """Where the chat lies in its file, and how its dates and times are read."""

    member: str | None
    orders: Mapping[str, DateOrder | None]
    zone: tzinfo | None
    key: str


@dataclass
class Raw:
    """A message as its lines come in."""

    head: Head
    who: str
    line: int
    text: list[str]


@dataclass
class Heard:
    """What a whole file holds."""

    people: Counter[str] = field(default_factory=Counter)
    names: dict[str, str] = field(default_factory=dict)
    dropped: Counter[str] = field(default_factory=Counter)
    trouble: list[Trouble] = field(default_factory=list)
    troubled: int = 0
    cut: int = 0
    first: datetime | None = None
    last: datetime | None = None
    began: bool = False
    title: str = ""
    joined: set[str] = field(default_factory=set)


def recognises(source: Source) -> bool:
    """Does a text in here begin as a chat does?"""
    return bool(texts(source)) if source.is_archive else begins(source.head())


def texts(source: Source) -> list[str]:
    names = [name for name in source.names if name.casefold().endswith(".txt")]
    return [name for name in names if begins(source.head(name))]


def begins(head: bytes) -> bool:
    letters = "utf-16" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8"
    some = head.decode(letters, "ignore").splitlines()[:LOOKED_AT]
    first = next((line for line in some if line.strip()), "")
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
    with chat_in(path) as (source, member):
        dates = surveyed(source, member)
        place = Place(member, dates.orders(choices.date_order), choices.zone, "")
        heard = Heard()
        total = 0
        for raw in raws(source, member, heard):
            total += listened(raw, place.orders, choices.zone, heard)
    if not dates.styles:
        raise Unreadable(NOT_OURS)
    name = titled(path, member, heard.title)
    place.key = f"whatsapp:{name.casefold()}"
    people = tuple(Person(key, heard.names[key], n) for key, n in heard.people.items())
    one = Chat(
        key=place.key,
        name=name,
        kind="group",
        messages=total,
        people=people,
        containers=(Container(place.key, name, "group", None, total),),
        first=heard.first,
        last=heard.last,
        dropped=+heard.dropped,
        place=place,
    )
    held = (one,) if chat is None else (chosen((one,), chat),)
    return Preview(
        "whatsapp",
        held,
        +heard.dropped,
        tuple(warnings(heard, total, choices)),
        contacts=len(heard.joined - {*heard.names.values()}),
        questions=tuple(questions(dates, choices)),
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
    return dates


def titled(path: str | os.PathLike[str], member: str | None, said: str) -> str:
    """What the group is called: as it said last, else as its file is called."""
    if said:
        return cleaned(said)[:100].strip() or NAMELESS
    stem = PurePosixPath(member).stem if member else Path(path).stem
    stem = re.sub(r"^(?:WhatsApp Chat (?:with|mit|-)|Chat de WhatsApp con|_chat$)\s*", "", stem)
    return (cleaned(stem)[:100].strip() or NAMELESS) if " " in stem or member else NAMELESS


def warnings(heard: Heard, total: int, choices: Choices) -> Iterator[Remark]:
    if choices.zone is None:
        yield Remark(NO_ZONE)
    if not heard.began and total >= CUT:
        yield Remark(MAYBE_CUT)
    if len(heard.people) == 2 and not heard.title:
        yield Remark(TWO_PEOPLE)
    if heard.cut:
        yield Remark(TOO_LONG, count=f"{heard.cut:,}")


def questions(dates: Dates, choices: Choices) -> Iterator[Question]:
    if choices.date_order:
        return
    for style in dates.styles.values():
        if style.settled() is None and style.first is not None:
            ways = [
                Reading(order, datetime.combine(day, time(), UTC), Remark(AS_DATE[order]))
                for order in style.candidates()
                if (day := day_of(style.first, order))
            ]
            yield Question("date_order", shown(style.sample), tuple(ways))


def shown(line: str) -> str:
    """The beginning of a line, as a host reads it."""
    return cleaned(line)[:80]


def raws(source: Source, member: str | None, heard: Heard) -> Iterator[Raw]:
    """Each message with all of its lines; what the app says is looked at and left out."""
    open_one: Raw | None = None
    with source.stream(member) as stream:
        for number, line in enumerate(lines(stream), 1):
            head = head_of(line)
            if head is None:
                if open_one and len(open_one.text) < LONGEST:
                    open_one.text.append(line)
                continue
            if open_one and open_one.who:
                yield open_one
            who, text = words.said(line[head.end :])
            open_one = Raw(head, who, number, [text])
            if not who or is_of_the_app(text):
                app_said(who, text, heard)
                open_one.who = ""
    if open_one and open_one.who:
        yield open_one


def is_of_the_app(text: str) -> bool:
    """On an iPhone what the app says stands under a name, after a mark."""
    if not text.startswith("\u200e"):
        return False
    known = (words.MEDIA, words.PLACE, words.GONE)
    return not any(each.match(text) for each in known) and not re.match(
        r"\u200e[^\W\d_]{4,14}:\s*$", text
    )


def app_said(who: str, text: str, heard: Heard) -> None:
    heard.dropped["service_lines"] += 1
    if words.ENCRYPTED.search(text):
        heard.began = True
        heard.title = heard.title or words.name_of(who)
    named = words.NAMED.search(text)
    if named:
        heard.began = heard.began or "creat" in text
        heard.title = named[1]
    joined = words.JOINED.match(words.MARKS.sub("", text))
    if joined:
        name = words.name_of(joined[1] or joined["one"] or "")
        if name and not words.is_phone(name):
            heard.joined.add(name)


def key_of(who: str) -> tuple[str, str]:
    """The key and the name of whoever wrote; a phone number is no name."""
    name = words.name_of(who)
    if words.is_phone(name):
        return "whatsapp:+" + re.sub(r"\D", "", name), ""
    return f"whatsapp:{name.casefold()}", cleaned(name)[:200]


def listened(
    raw: Raw, orders: Mapping[str, DateOrder | None], zone: tzinfo | None, heard: Heard
) -> int:
    """1 if the raw is a message that will be read."""
    order = orders.get(raw.head.style)
    at = moment_of(raw.head, order, zone, None) if order else None
    if order and at is None:
        heard.troubled += 1
        if len(heard.trouble) < MOST_TROUBLE:
            heard.trouble.append(Trouble(f"line {raw.line:,}", Remark(NO_SUCH_DAY)))
        return 0
    body, left_out, cut = body_of(raw)
    heard.dropped.update(left_out)
    if not body:
        return 0
    key, name = key_of(raw.who)
    heard.people[key] += 1
    if not name and key not in heard.names:
        heard.dropped["phone_numbers"] += 1
    heard.names[key] = name
    heard.cut += cut
    if at:
        heard.first = min(heard.first or at, at)
        heard.last = max(heard.last or at, at)
    return 1


def moment_of(
    head: Head, order: DateOrder, zone: tzinfo | None, before: datetime | None
) -> datetime | None:
    """The moment in UTC; an hour that a clock showed twice is the later one where time goes on."""
    day = day_of(head, order)
    if day is None:
        return None
    local = datetime(day.year, day.month, day.day, head.hour, head.minute, head.second)
    if zone is None:
        return local.replace(tzinfo=UTC)
    at = local.replace(tzinfo=zone).astimezone(UTC)
    if before and at < before:
        later = local.replace(tzinfo=zone, fold=1).astimezone(UTC)
        at = later if later >= before else at
    return at


def body_of(raw: Raw) -> tuple[str, Counter[str], bool]:
    """The words as Markdown, empty where there is nothing to keep, and what was left out."""
    left_out: Counter[str] = Counter()
    text = words.EDITED.sub("", "\n".join(raw.text).rstrip())
    if words.GONE.fullmatch(text):
        return "", Counter(deleted_messages=1), False
    if words.CALL.fullmatch(text):
        return "", Counter(service_lines=1), False
    poll = words.POLL.fullmatch(text)
    if poll:
        answers = [cleaned(answer) for answer in words.ANSWER.findall(poll["answers"])]
        asked = compose([Piece(cleaned(poll["asked"]), Style.BOLD)])
        return "\n".join([asked, "", *(f"- {escape(each)}" for each in answers)]), left_out, False
    note = ""
    for pattern, what, word in ((words.MEDIA, "files", "file"), (words.PLACE, "places", "place")):
        first, _, more = text.partition("\n")
        if pattern.fullmatch(first):
            left_out[what] += 1
            text, note = more, f"({word})"
    plain = cleaned(words.MARKS.sub("", text)).strip()
    said = [compose([Piece(note, Style.ITALIC)])] if note else []
    said += [escape(plain[:LONGEST])] if plain else []
    body = "\n\n".join(said)
    return body[:MAX_SOURCE], left_out, len(plain) > LONGEST


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
    zone = choices.zone or place.zone
    same: Counter[str] = Counter()
    before: datetime | None = None
    with chat_in(path) as (source, member):
        for raw in raws(source, member, Heard()):
            order = orders.get(raw.head.style)
            at = moment_of(raw.head, order, zone, before) if order else None
            body, _, _ = body_of(raw)
            if at is None or not body:
                continue
            before = at
            key, name = key_of(raw.who)
            day = day_of(raw.head, order) if order else None
            written = f"{day} {raw.head.hour}:{raw.head.minute}:{raw.head.second}"
            source_name = origin("whatsapp", written, key, body)
            same[source_name] += 1
            yield Message(
                origin=origin(source_name, same[source_name]),
                container=place.key,
                person=key,
                person_name=name,
                at=at,
                body=body,
            )


def contacts(path: str | os.PathLike[str], choices: Choices = UNSAID) -> Iterator[Contact]:
    """Who came to the group and never said a word in what the file holds."""
    heard = Heard()
    with chat_in(path) as (source, member):
        for raw in raws(source, member, heard):
            heard.people[key_of(raw.who)[0]] += 1
    for name in sorted(heard.joined):
        key, shown_name = key_of(name)
        if key not in heard.people:
            yield Contact(key, shown_name)
