"""The file as messages of several lines each, and what the app itself says between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from coterie.pure.exports.archive import Source
from coterie.pure.exports.fields import name_of
from coterie.pure.exports.tally import PassedOver
from coterie.pure.exports.textlines import lines
from coterie.pure.parsers.whatsapp import said as words
from coterie.pure.parsers.whatsapp.lines import Head, head_of

MOST_LINES = 20_000
POLL_BEGINS = re.compile(r"\u200e[^\W\d_]{4,14}:\s*")


@dataclass
class Raw:
    """A message as its lines come in."""

    head: Head
    who: str
    line: int
    text: list[str]


@dataclass
class Heard(PassedOver):
    """What the app said, and what was passed over."""

    began: bool = False
    """The file begins where the chat does."""
    title: str = ""
    joined: set[str] = field(default_factory=set)
    cut: int = 0


def raws(source: Source, member: str | None, heard: Heard) -> Iterator[Raw]:
    """Each message with all of its lines; what the app says is looked at and left out."""
    open_one: Raw | None = None
    with source.stream(member) as stream:
        for number, ended in enumerate(lines(stream), 1):
            line = ended.removesuffix("\n")
            head = head_of(line)
            if head is None:
                if open_one and len(open_one.text) < MOST_LINES:
                    open_one.text.append(line)
                continue
            if open_one:
                yield open_one
            who, text = words.said(line[head.end :])
            open_one = Raw(head, who, number, [text])
            if not who or is_of_the_app(text):
                app_said(who, text, heard)
                open_one = None
    if open_one:
        yield open_one


def is_of_the_app(text: str) -> bool:
    """On an iPhone what the app says stands under a name, after a mark."""
    if not text.startswith("\u200e"):
        return False
    known = (words.MEDIA, words.PLACE, words.GONE)
    return not (any(each.match(text) for each in known) or POLL_BEGINS.fullmatch(text))


def app_said(who: str, text: str, heard: Heard) -> None:
    heard.dropped["service_lines"] += 1
    if words.ENCRYPTED.search(text):
        heard.began = True
        heard.title = heard.title or named(who)[1]
    called = words.NAMED.search(text)
    if called:
        heard.began = heard.began or "creat" in text
        heard.title = name_of(called[1])
    joined = words.JOINED.match(words.MARKS.sub("", text))
    if joined and (name := named(joined[1] or joined["one"] or "")[1]):
        heard.joined.add(name)


def named(who: str) -> tuple[str, str]:
    """The key and the name of whoever wrote; a phone number is a key and no name."""
    name = name_of(words.name_of(who))
    if words.is_phone(name):
        return "+" + re.sub(r"\D", "", name), ""
    return name.casefold(), name
