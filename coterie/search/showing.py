"""Where in a text the words stand that were looked for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from coterie.search.questions import Term
from coterie.search.words import FOLDING, LONGEST, RUNS, folded

CHUNK = re.compile(r"\S+")
LONG = 220
BEFORE = 60
MOST_READ = 20_000
"""Characters of a text in which is looked; what is found further on shows its beginning."""

type Span = tuple[int, int]
type Piece = tuple[str, bool]
"""Some text, and whether it was looked for."""


class Word(NamedTuple):
    """A word as the index has it, and where it stands."""

    text: str
    start: int
    end: int


GAP = Word("", 0, 0)


def marked(text: str, terms: Sequence[Term]) -> list[Piece]:
    """The whole text in pieces."""
    whole = unicodedata.normalize("NFC", text)
    return _cut(whole, hits(whole, terms), 0, len(whole))


def snippet(text: str, terms: Sequence[Term]) -> list[Piece]:
    """The part of a text around what was looked for first, on one line."""
    line = unicodedata.normalize("NFC", " ".join(text.split()))
    found = hits(line[:MOST_READ], terms)
    start, end = _window(line, found[0][0] if found else 0)
    pieces = _cut(line, found, start, end)
    return [("… ", False)] * (start > 0) + pieces + [(" …", False)] * (end < len(line))


def hits(text: str, terms: Sequence[Term]) -> list[Span]:
    """Where the terms stand, in order and without overlap. The text is in normal form C."""
    wanted = {word for term in terms for word in term.words}
    words = list(_words(text, wanted)) if wanted else []
    spans = [span for term in terms for span in _of_term(words, term)]
    return _joined(sorted(spans))


def _of_term(words: Sequence[Word], term: Term) -> Iterable[Span]:
    *whole, last = term.words
    for n in range(len(words) - len(whole)):
        end = words[n + len(whole)]
        ends = end.text.startswith(last) if term.begun else end.text == last
        if ends and [word.text for word in words[n : n + len(whole)]] == whole:
            yield words[n].start, end.end


def _words(text: str, wanted: set[str]) -> Iterable[Word]:
    """The words of those chunks that may hold a wanted one; a gap for each of the others."""
    for chunk in CHUNK.finditer(text):
        plain = folded(chunk[0])
        if any(word in plain for word in wanted):
            yield from _placed(chunk[0], chunk.start())
        elif plain:
            yield GAP


def _placed(chunk: str, offset: int) -> Iterable[Word]:
    letters: list[str] = []
    stands: list[int] = []
    for n, char in enumerate(chunk):
        became = FOLDING[ord(char)]
        letters += became
        stands += [offset + n] * len(became)
    for found in re.finditer("[^ ]+", "".join(letters)):
        for run in RUNS.finditer(found[0]):
            at = found.start() + run.start()
            yield from _of_run(run[0], stands[at : at + len(run[0])], unspaced=bool(run[1]))


def _of_run(run: str, stands: Sequence[int], *, unspaced: bool) -> Iterable[Word]:
    if not unspaced:
        yield Word(run[:LONGEST], stands[0], stands[-1] + 1)
        return
    for (one, at), (two, then) in pairwise(zip(run, stands, strict=True)):
        yield Word(one + two, at, then + 1)
    yield Word(run[-1], stands[-1], stands[-1] + 1)


def _joined(spans: Sequence[Span]) -> list[Span]:
    found: list[Span] = []
    for start, end in spans:
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _window(line: str, first: int) -> Span:
    """From some words before the first hit on; whole words where there are spaces."""
    start = max(first - BEFORE, 0) if first + BEFORE > LONG else 0
    if start:
        space = line.find(" ", start, first)
        start = space + 1 if space >= 0 else start
    end = start + LONG
    if end >= len(line):
        return start, len(line)
    space = line.rfind(" ", start + LONG // 2, end)
    return start, space if space > first else end


def _cut(text: str, spans: Sequence[Span], start: int, end: int) -> list[Piece]:
    pieces: list[Piece] = []
    at = start
    for begins, ends in spans:
        if ends <= start or begins >= end:
            continue
        begins = max(begins, at)
        pieces += [(text[at:begins], False), (text[begins : min(ends, end)], True)]
        at = min(ends, end)
    return [piece for piece in [*pieces, (text[at:end], False)] if piece[0]]
