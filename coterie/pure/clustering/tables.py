"""Links and messages from plain tables: CSV by whatever delimiter, packed with gzip or not."""

from __future__ import annotations

import codecs
import csv
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from coterie.pure.exports.archive import Stream, opened
from coterie.pure.exports.records import Remark, Trouble, Unreadable, worded

DELIMITERS = ",;\t|"
CHUNK = 1 << 20
LONGEST_LINE = 1 << 22
MOST_TROUBLE = 50
LOOKED_AT = 200

ARCHIVE = worded("This is an archive. Give the table in it.")
NO_LINKS = worded("There is no row with two people in this table.")
NO_MESSAGES = worded("There is no row with a person and a text in this table.")
TOO_LONG = worded("This table has a line that is longer than any row.")
TOO_FEW = worded("A row needs at least two columns.")
NOT_A_WEIGHT = worded("The weight is not a number.")

UNSEEN = {0: None, 0xFEFF: None}
NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?(?:e[+-]?\d+)?", re.IGNORECASE)

csv.field_size_limit(LONGEST_LINE)


@dataclass
class Table:
    """Rows that were read, and the first of those that were not; `troubled` in all."""

    rows: list[tuple[str, str]] = field(default_factory=list)
    trouble: list[Trouble] = field(default_factory=list)
    troubled: int = 0

    def note(self, line: int, why: str) -> None:
        self.troubled += 1
        if len(self.trouble) < MOST_TROUBLE:
            self.trouble.append(Trouble(f"line {line:,}", Remark(why)))


def links(path: str | os.PathLike[str]) -> Table:
    """Pairs of people: the first two columns, where a third is no weight of 0 or less."""
    table, first = Table(), None
    for line, row in _rows(path):
        if first is None:
            first = (line, row)
        else:
            _add_link(table, line, row)
    if first and not _is_header(first[1], table.rows):
        later, table.rows = table.rows, []
        _add_link(table, *first)
        table.rows += later
    if not table.rows:
        raise Unreadable(NO_LINKS)
    return table


def _add_link(table: Table, line: int, row: Sequence[str]) -> None:
    if len(row) < 2 or not (row[0].strip() and row[1].strip()):
        table.note(line, TOO_FEW)
        return
    weight = row[2].strip().replace(",", ".") if len(row) > 2 else ""
    if weight:
        try:
            if not float(weight) > 0:
                return
        except ValueError:
            table.note(line, NOT_A_WEIGHT)
            return
    table.rows.append((row[0].strip(), row[1].strip()))


def _is_header(row: Sequence[str], rows: Sequence[tuple[str, str]]) -> bool:
    """The first row names columns when it looks unlike the others: no number over numbers, no
    weight, or two names that come nowhere else."""
    cells = [cell.strip() for cell in row]
    if len(cells) < 2 or not all(cells[:2]):
        return True
    numbers = all(NUMBER.fullmatch(cell) for cell in cells[:2])
    if len(cells) > 2 and cells[2]:
        return not NUMBER.fullmatch(cells[2])
    if rows and all(NUMBER.fullmatch(cell) for pair in rows[:LOOKED_AT] for cell in pair):
        return not numbers
    return bool(rows) and not any({*cells[:2]} & {*pair} for pair in rows)


def messages(path: str | os.PathLike[str], people: Sequence[str] = ()) -> Table:
    """Who said what, wherever the two columns stand; `people` tells which column is who."""
    found = [(line, row) for line, row in _rows(path) if row]
    known = {*people}
    some = [row for _, row in found[1 : LOOKED_AT + 1]] or [row for _, row in found]
    width = max((len(row) for row in some), default=0)
    if width < 2:
        raise Unreadable(NO_MESSAGES)
    text = max(range(width), key=lambda at: sum(len(row[at]) for row in some if len(row) > at))
    others = [at for at in range(width) if at != text]
    who = max(others, key=lambda at: sum(row[at].strip() in known for row in some if len(row) > at))
    table = Table()
    for nth, (line, row) in enumerate(found):
        if len(row) <= max(who, text) or not row[who].strip():
            table.note(line, TOO_FEW)
        elif nth or not known or row[who].strip() in known:
            table.rows.append((row[who].strip(), row[text]))
    if not table.rows:
        raise Unreadable(NO_MESSAGES)
    return table


def _rows(path: str | os.PathLike[str]) -> Iterator[tuple[int, list[str]]]:
    with opened(path) as source:
        if source.is_archive:
            raise Unreadable(ARCHIVE)
        lines = _lines_of(source.head())
        delimiter = max(DELIMITERS, key=lambda mark: sum(line.count(mark) for line in lines))
        with source.stream() as stream:
            reader = csv.reader(_lines(stream), delimiter=delimiter)
            for row in reader:
                if any(row):
                    yield reader.line_num, row


def _lines_of(head: bytes) -> list[str]:
    return head.decode(_letters(head), "replace").splitlines()[:20]


def _letters(head: bytes) -> str:
    return "utf-16" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"


def _lines(stream: Stream) -> Iterator[str]:
    head = stream.read(CHUNK)
    decode = codecs.getincrementaldecoder(_letters(head))("replace").decode
    rest, chunk = "", head
    while chunk:
        text = rest + decode(chunk).translate(UNSEEN)
        *whole, rest = text.splitlines(keepends=True) or [""]
        if rest.endswith("\n"):
            whole, rest = [*whole, rest], ""
        if len(rest) > LONGEST_LINE:
            raise Unreadable(TOO_LONG)
        yield from whole
        chunk = stream.read(CHUNK)
    if rest:
        yield rest
