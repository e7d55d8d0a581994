"""Links and messages from plain tables: CSV by whatever delimiter, packed with gzip or not."""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from coterie.pure.exports.archive import opened
from coterie.pure.exports.records import Unreadable, worded
from coterie.pure.exports.tally import PassedOver
from coterie.pure.exports.textlines import LONGEST, first_lines, lines

DELIMITERS = ",;\t|"
LOOKED_AT = 200

ARCHIVE = worded("This is an archive. Give the table in it.")
NO_LINKS = worded("There is no row with two people in this table.")
NO_MESSAGES = worded("There is no row with a person and a text in this table.")
TOO_FEW = worded("A row needs at least two columns.")
NOT_A_WEIGHT = worded("The weight is not a number.")

UNSEEN = {0: None, 0xFEFF: None}
NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?(?:e[+-]?\d+)?", re.IGNORECASE)

csv.field_size_limit(LONGEST)


@dataclass
class Table(PassedOver):
    """Rows that were read, and what is told of those that were not."""

    rows: list[tuple[str, str]] = field(default_factory=list)


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
        table.note(f"line {line:,}", TOO_FEW)
        return
    weight = row[2].strip().replace(",", ".") if len(row) > 2 else ""
    if weight:
        try:
            if not float(weight) > 0:
                return
        except ValueError:
            table.note(f"line {line:,}", NOT_A_WEIGHT)
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
            table.note(f"line {line:,}", TOO_FEW)
        elif nth or not known or row[who].strip() in known:
            table.rows.append((row[who].strip(), row[text]))
    if not table.rows:
        raise Unreadable(NO_MESSAGES)
    return table


def _rows(path: str | os.PathLike[str]) -> Iterator[tuple[int, list[str]]]:
    with opened(path) as source:
        if source.is_archive:
            raise Unreadable(ARCHIVE)
        some = first_lines(source.head(), LOOKED_AT)
        delimiter = max(DELIMITERS, key=lambda mark: sum(line.count(mark) for line in some))
        with source.stream() as stream:
            plain = (line.translate(UNSEEN) for line in lines(stream))
            reader = csv.reader(plain, delimiter=delimiter)
            for row in reader:
                if any(row):
                    yield reader.line_num, row
