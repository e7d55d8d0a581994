"""The index on SQLite: a table of FTS5, which is given words with spaces between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from coterie.search.questions import Question, Term

CREATE = (
    "CREATE VIRTUAL TABLE {table} USING fts5("
    "words, tokenize = \"ascii tokenchars '_'\", prefix = '2', columnsize = 0)",
)
"""To `ascii` all that is not ASCII is a letter, so it cuts at spaces and nowhere else."""
DROP = ("DROP TABLE {table}",)


def write(cursor: Any, table: str, rows: Sequence[tuple[int, Sequence[str]]]) -> None:
    """These entries hold these words and no others."""
    places = ", ".join(["(%s, %s)"] * len(rows))
    values = [value for number, words in rows for value in (number, " ".join(words))]
    cursor.execute(
        f"INSERT OR REPLACE INTO {table} (rowid, words) VALUES {places}",  # noqa: S608
        values,
    )


def same(cursor: Any, table: str, rows: Sequence[tuple[int, Sequence[str]]]) -> set[int]:
    """The numbers of those that hold exactly these words already."""
    places = ", ".join(["%s"] * len(rows))
    numbers = [number for number, _words in rows]
    cursor.execute(f"SELECT rowid, words FROM {table} WHERE rowid IN ({places})", numbers)  # noqa: S608
    held = dict(cursor.fetchall())
    return {number for number, words in rows if held.get(number) == " ".join(words)}


def asked(question: Question) -> str:
    """The question in the language of FTS5."""
    every = [_term(term) for term in question.every] + [f'"{mark}"' for mark in question.also]
    if question.marks:
        every.append(f"({' OR '.join(f'"{mark}"' for mark in question.marks)})")
    wanted = " AND ".join(every)
    return f"({wanted})" + "".join(f" NOT {_term(term)}" for term in question.without)


def _term(term: Term) -> str:
    return f'"{" ".join(term.words)}"{" *" if term.begun else ""}'


def tidy(cursor: Any, table: str, pages: int) -> Iterable[None]:
    """Word by word what was taken out leaves the file too; a step at a time."""
    step = -pages
    while True:
        before = _changes(cursor)
        cursor.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('merge', %s)", [step])  # noqa: S608
        yield
        if _changes(cursor) - before < 2:
            return
        step = pages


def _changes(cursor: Any) -> int:
    return int(cursor.execute("SELECT total_changes()").fetchone()[0])
