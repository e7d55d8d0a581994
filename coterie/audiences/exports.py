"""An export in the hands of the parser that understands it."""

from collections.abc import Iterator
from pathlib import Path

from coterie.pure import parsers
from coterie.pure.exports.records import Chat, Message, Preview


def preview(file: Path, chat: str | None = None) -> Preview:
    """What the file holds, read to its end; raises `Unreadable` with a sentence and a place."""
    return parsers.parser_of(file).preview(file, chat)


def chats(file: Path) -> tuple[Chat, ...]:
    """The group chats of the file."""
    return preview(file).chats


def read(file: Path, chat: Chat) -> Iterator[Message]:
    """The messages of one chat, in the order of the file."""
    return parsers.parser_of(file).read(file, chat)
