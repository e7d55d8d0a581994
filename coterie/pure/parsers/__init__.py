"""Other places' exports as neutral records, one module for each source.

Who can read a file is told by what is in it, never by its name.
"""

import os
from collections.abc import Iterator
from typing import Protocol

from coterie.pure.exports.archive import Source, base, opened
from coterie.pure.exports.jsonwalk import WRONG_LETTERS
from coterie.pure.exports.records import (
    UNSAID,
    Chat,
    Choices,
    Contact,
    Message,
    Preview,
    Unreadable,
    worded,
)
from coterie.pure.parsers import discord, discourse, slack, telegram, whatsapp


class Parser(Protocol):
    """What a module that reads one format offers."""

    FORMAT: str

    def recognises(self, source: Source, /) -> bool:
        """Whether this is an export of the kind, told by what is in it."""
        ...

    def preview(
        self, path: str | os.PathLike[str], chat: str | None = None, choices: Choices = UNSAID, /
    ) -> Preview:
        """What the export, or its chat of that key or name, would bring; in one pass."""
        ...

    def read(
        self, path: str | os.PathLike[str], chat: str | Chat, choices: Choices = UNSAID, /
    ) -> Iterator[Message]:
        """The messages of one chat; those of a preview find it without another look."""
        ...

    def contacts(
        self, path: str | os.PathLike[str], choices: Choices = UNSAID, /
    ) -> Iterator[Contact]:
        """Who stands on the export's lists; nobody where it has none."""
        ...


PARSERS: tuple[Parser, ...] = (discord, discourse, slack, telegram, whatsapp)

EMPTY = worded("This file is empty.")
AS_HTML = worded(
    "This export was written as HTML, which cannot be read back. Export the chat again and choose "
    "“Machine-readable JSON” as its format."
)
NESTED = worded("This archive holds another archive. Unpack it and give what is inside.")
OTHER_ARCHIVE = worded(
    "This is an archive of a kind that is not read here. Unpack it, or pack it as zip."
)
OTHER_JSON = worded(
    "This is JSON, but not an export that is read here. Telegram’s, Discord’s and a few "
    "others can be."
)
OTHER = worded(
    "This is not an export that is read here. WhatsApp’s, Telegram’s, Discord’s, Slack’s and "
    "Discourse’s can be."
)

ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd")


def parser_of(path: str | os.PathLike[str]) -> Parser:
    """The parser for this file. What nobody can read is refused with a sentence that helps."""
    with opened(path) as source:
        for parser in PARSERS:
            if parser.recognises(source):
                return parser
        raise Unreadable(why_not_archive(source.names) if source.is_archive else why_not(source))


def why_not_archive(names: tuple[str, ...]) -> str:
    files = {base(name) for name in names}
    if any(name.startswith("messages") and name.endswith((".html", ".htm")) for name in files):
        return AS_HTML
    if any(name.endswith((".zip", ".rar", ".7z", ".gz", ".tar")) for name in files):
        return NESTED
    return OTHER


def why_not(source: Source) -> str:
    head = source.head()
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:200].lower()
    if not head:
        return EMPTY
    if start.startswith((b"<!doctype html", b"<html")):
        return AS_HTML
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return WRONG_LETTERS
    if head.startswith(ARCHIVES) or head[257:262] == b"ustar":
        return OTHER_ARCHIVE
    return OTHER_JSON if start[:1] in (b"{", b"[") else OTHER
