"""The index on PostgreSQL: a tsvector and a GIN index, written by us word for word.

No dictionary of PostgreSQL's takes part, so it finds what SQLite finds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from coterie.search.questions import Question, Term

CREATE = (
    "CREATE TABLE {table} (rowid bigint PRIMARY KEY, words tsvector NOT NULL)",
    "CREATE INDEX {table}_words ON {table} USING gin (words)",
)
DROP = ("DROP TABLE {table}",)
LAST_PLACE = 16_383
"""PostgreSQL counts no further: what follows is found, but not as part of a phrase."""


def write(cursor: Any, table: str, rows: Sequence[tuple[int, Sequence[str]]]) -> None:
    """These entries hold these words and no others."""
    places = ", ".join(["(%s, %s::tsvector)"] * len(rows))
    values = [value for number, words in rows for value in (number, _vector(words))]
    cursor.execute(
        f"INSERT INTO {table} (rowid, words) VALUES {places} "  # noqa: S608
        "ON CONFLICT (rowid) DO UPDATE SET words = EXCLUDED.words",
        values,
    )


def same(cursor: Any, table: str, rows: Sequence[tuple[int, Sequence[str]]]) -> set[int]:
    """The numbers of those that hold exactly these words already."""
    places = ", ".join(["(%s::bigint, %s::tsvector)"] * len(rows))
    values = [value for number, words in rows for value in (number, _vector(words))]
    cursor.execute(
        f"SELECT rowid FROM {table} JOIN (VALUES {places}) AS told (number, held) "  # noqa: S608
        "ON rowid = number AND words = held",
        values,
    )
    return {number for (number,) in cursor.fetchall()}


def _vector(words: Sequence[str]) -> str:
    stands: defaultdict[str, list[str]] = defaultdict(list)
    for place, word in enumerate(words, 1):
        stands[word].append(str(min(place, LAST_PLACE)))
    return " ".join(f"'{word}':{','.join(places)}" for word, places in stands.items())


def asked(question: Question) -> str:
    """The question in the language of tsquery."""
    every = [_term(term) for term in question.every] + [f"'{mark}'" for mark in question.also]
    if question.marks:
        every.append(f"({' | '.join(f"'{mark}'" for mark in question.marks)})")
    return " & ".join(every + [f"!({_term(term)})" for term in question.without])


def _term(term: Term) -> str:
    words = [f"'{word}'" for word in term.words]
    return " <-> ".join(words) + (":*" if term.begun else "")


def tidy(cursor: Any, table: str, pages: int) -> Iterable[None]:
    """PostgreSQL's vacuum does it by itself."""
    return ()
