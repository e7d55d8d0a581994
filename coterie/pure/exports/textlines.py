"""The lines of a text of any size, in whichever of the usual letters it is written."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator

from coterie.pure.exports.archive import Stream
from coterie.pure.exports.records import Unreadable, worded

CHUNK = 1 << 18
LONGEST = 1 << 22
TOO_LONG = worded("This file has a line that is longer than any row or message.")


def letters_of(head: bytes) -> str:
    """UTF-16 where the text says so at its beginning, else UTF-8."""
    return "utf-16" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8"


def first_lines(head: bytes, most: int) -> list[str]:
    """The lines at the beginning of a text of which this is the head."""
    return head.decode(letters_of(head), "ignore").splitlines()[:most]


def lines(stream: Stream) -> Iterator[str]:
    """Each line with its end, which is a newline whatever it was."""
    chunk = stream.read(CHUNK)
    letters = codecs.getincrementaldecoder(letters_of(chunk))("replace")
    decode = io.IncrementalNewlineDecoder(letters, translate=True).decode
    rest = ""
    while chunk:
        *whole, rest = (rest + decode(chunk)).split("\n")
        if len(rest) > LONGEST:
            raise Unreadable(TOO_LONG)
        yield from (f"{line}\n" for line in whole)
        chunk = stream.read(CHUNK)
    rest += decode(b"", final=True)
    if rest:
        yield rest
