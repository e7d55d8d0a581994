"""What people write, as HTML that is safe to show and as words that are short enough to quote."""

from coterie.pure.markup.rendering import MAX_SOURCE, RENDERER, TooLong, render
from coterie.pure.markup.words import excerpt, first_link, plain
from coterie.pure.markup.writing import Piece, Style, cleaned, compose, escape

__all__ = [
    "MAX_SOURCE",
    "RENDERER",
    "Piece",
    "Style",
    "TooLong",
    "cleaned",
    "compose",
    "escape",
    "excerpt",
    "first_link",
    "plain",
    "render",
]
