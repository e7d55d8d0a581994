"""An export in the hands of the parser that understands it."""

from collections.abc import Iterator
from pathlib import Path

from coterie.pure import parsers
from coterie.pure.exports.records import UNSAID, Chat, Choices, Message, Preview


def preview(file: Path, chat: str | None = None, choices: Choices = UNSAID) -> Preview:
    """What the file holds, read to its end; raises `Unreadable` with a sentence and a place."""
    return parsers.parser_of(file).preview(file, chat, choices)


def chats(file: Path, choices: Choices = UNSAID) -> tuple[Chat, ...]:
    """The group chats of the file, their times read as its owner chose."""
    return preview(file, None, choices).chats


def read(file: Path, chat: Chat) -> Iterator[Message]:
    """The messages of one chat, in the order of the file."""
    return parsers.parser_of(file).read(file, chat)
