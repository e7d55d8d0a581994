"""What was said as neutral messages, at their moments, and as Markdown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from coterie.pure.exports.archive import Source
from coterie.pure.exports.fields import FILE, PLACE
from coterie.pure.exports.records import DateOrder, Message, origin, worded
from coterie.pure.markup import MAX_SOURCE, Piece, Style, cleaned, compose, escape
from coterie.pure.parsers.whatsapp import said as words
from coterie.pure.parsers.whatsapp.hearing import Heard, Raw, named, raws
from coterie.pure.parsers.whatsapp.lines import Head
from coterie.pure.parsers.whatsapp.orders import day_of

LONGEST = 20_000
NO_SUCH_DAY = worded("There is no such day.")


@dataclass(frozen=True)
class Place:
    """Where the chat lies in its file, and how its dates and times are read."""

    member: str | None
    orders: Mapping[str, DateOrder | None]
    zone: tzinfo | None
    key: str = ""


def told(source: Source, place: Place, heard: Heard) -> Iterator[Message]:
    """Every message in the order of the file."""
    same: Counter[str] = Counter()
    before: datetime | None = None
    for raw in raws(source, place.member, heard):
        at = moment(raw.head, place, before)
        if at is None:
            heard.note(f"line {raw.line:,}", NO_SUCH_DAY)
            continue
        body = words_of(raw, heard)
        if body:
            before = at
            key, name = named(raw.who)
            written = origin("whatsapp", *raw.head[:5], key, body)
            same[written] += 1
            yield Message(
                origin=origin(written, same[written]),
                container=place.key,
                person=key,
                person_name=name,
                at=at,
                body=body,
            )


def moment(head: Head, place: Place, before: datetime | None) -> datetime | None:
    """The moment in UTC; an hour that a clock showed twice is the later one where time goes on."""
    order = place.orders.get(head.style)
    day = day_of(head, order) if order else None
    if day is None:
        return None
    zone = place.zone or UTC
    local = datetime(day.year, day.month, day.day, *head[2:5], tzinfo=zone)
    at, later = local.astimezone(UTC), local.replace(fold=1).astimezone(UTC)
    return later if before and at < before <= later else at


def words_of(raw: Raw, heard: Heard) -> str:
    """The words as Markdown; empty where there is nothing to keep."""
    text = words.EDITED.sub("", "\n".join(raw.text).rstrip())
    for pattern, what in ((words.GONE, "deleted_messages"), (words.CALL, "service_lines")):
        if pattern.fullmatch(text):
            heard.dropped[what] += 1
            return ""
    poll = words.POLL.fullmatch(text)
    if poll:
        answers = (cleaned(answer) for answer in words.ANSWER.findall(poll["answers"]))
        asked = compose([Piece(cleaned(poll["asked"]), Style.BOLD)])
        return "\n".join([asked, "", *(f"- {escape(each)}" for each in answers)])[:MAX_SOURCE]
    said = []
    for pattern, what, instead in ((words.MEDIA, "files", FILE), (words.PLACE, "places", PLACE)):
        first, _, more = text.partition("\n")
        if pattern.fullmatch(first):
            heard.dropped[what] += 1
            said, text = [instead], more
    plain = cleaned(words.MARKS.sub("", text)).strip()
    heard.cut += len(plain) > LONGEST
    said += [escape(plain[:LONGEST])] if plain else []
    return "\n\n".join(said)[:MAX_SOURCE]
