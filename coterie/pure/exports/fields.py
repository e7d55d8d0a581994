"""What stands in an entry of an export: anything may be missing, or be something else."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from coterie.pure.exports.records import worded
from coterie.pure.markup import Piece, Style, cleaned, compose

type Entry = dict[str, Any]

LONGEST_NAME = 200
NO_MESSAGE = worded("This entry is no message.")


def text_of(value: object) -> str:
    return value if isinstance(value, str) else ""


def name_of(value: object) -> str:
    """A name on one line, without what no page or database can hold."""
    name = text_of(value)[:LONGEST_NAME]
    return name if name.isprintable() else " ".join(cleaned(name).split())


def id_of(value: object) -> str:
    """An id, which some exporters write as text and some as a number."""
    return str(value) if type(value) is int else text_of(value)


def instant(value: object) -> datetime | None:
    """A moment that is written out; one without a zone is UTC."""
    try:
        at = datetime.fromisoformat(text_of(value))
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def part(entry: Entry, key: str) -> Entry:
    """What stands under this key, as far as it has fields itself."""
    found = entry.get(key)
    return found if isinstance(found, dict) else {}


def parts(entry: Entry, key: str) -> list[Entry]:
    """The entries of the list under this key."""
    found = entry.get(key)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def note(word: str) -> str:
    """What is said of what was left out, as Markdown."""
    return compose([Piece(f"({word})", Style.ITALIC)])


FILE, PLACE, WORDLESS = note("file"), note("place"), note("message without words")
