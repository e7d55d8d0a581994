"""What people write, as HTML that is safe to show and as words that are short enough to quote."""

from coterie.pure.markup.folding import (
    LONGEST_NOTE,
    Note,
    count_spoilers,
    fold,
    tidy_note,
    unfold,
    veiled,
)
from coterie.pure.markup.rendering import (
    MAX_SOURCE,
    RENDERER,
    Text,
    TooLong,
    called,
    has_links,
    render,
)
from coterie.pure.markup.words import excerpt, first_link, is_blank, plain
from coterie.pure.markup.writing import Piece, Style, cleaned, compose, escape

__all__ = [
    "LONGEST_NOTE",
    "MAX_SOURCE",
    "RENDERER",
    "Note",
    "Piece",
    "Style",
    "Text",
    "TooLong",
    "called",
    "cleaned",
    "compose",
    "count_spoilers",
    "escape",
    "excerpt",
    "first_link",
    "fold",
    "has_links",
    "is_blank",
    "plain",
    "render",
    "tidy_note",
    "unfold",
    "veiled",
]
