"""Transactions that write begin one after the other, in the order in which they came.

SQLite lets one connection write and makes the others look again after a pause that grows;
who comes late and looks often is served before who has waited long, for seconds. So the
threads of this process stand in line before they ask SQLite. Other processes (the worker)
still meet SQLite's own lock, and that is two of them, not twenty.

And what every query costs on the way is paid once: its marks are turned into SQLite's own, and
a stored moment is read by the interpreter's C instead of by a pattern.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.db.backends.sqlite3.base import FORMAT_QMARK_REGEX, SQLiteCursorWrapper
from django.db.backends.sqlite3.base import DatabaseWrapper as SqliteWrapper
from django.db.backends.sqlite3.operations import DatabaseOperations as SqliteOperations
from django.db.models.expressions import Col
from django.db.utils import OperationalError

from coterie.core.sqlite3.line import Line

PATIENCE = 20.0
READ = {"DateTimeField", "BooleanField"}

_lines: dict[str, Line] = {}
_guard = threading.Lock()


def line_of(file: object) -> Line:
    """The one line of this process before this database file."""
    with _guard:
        return _lines.setdefault(str(file), Line())


@lru_cache(maxsize=4096)
def moment(stored: bytes) -> datetime:
    """A moment as Django stored it: in UTC, without saying so."""
    return datetime.fromisoformat(stored.decode()).replace(tzinfo=UTC)


sqlite3.register_converter("datetime", moment)


@lru_cache(maxsize=512)
def _with_question_marks(query: str) -> str:
    return str(FORMAT_QMARK_REGEX.sub("?", query)).replace("%%", "%")


class Cursor(SQLiteCursorWrapper):
    """Django's own, which remembers how it turned a query's marks into SQLite's."""

    def convert_query(self, query: str, *, param_names: Sequence[str] | None = None) -> str:
        if param_names is None:
            return _with_question_marks(query)
        return str(super().convert_query(query, param_names=param_names))


class Operations(SqliteOperations):
    """Django's own, which leaves alone what the interpreter's C has converted."""

    def get_db_converters(self, expression: Any) -> list[Any]:
        """Those of an expression; a column knows its type, so `moment` and "bool" have read it."""
        if isinstance(expression, Col) and expression.output_field.get_internal_type() in READ:
            return []
        return list(super().get_db_converters(expression))


class DatabaseWrapper(SqliteWrapper):
    """Waits in line before the outermost transaction begins, and leaves when it has ended."""

    ops_class = Operations

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._line: Line | None = None

    def create_cursor(self, name: str | None = None) -> Cursor:
        """As Django's, of our own kind."""
        made: Cursor = self.connection.cursor(factory=Cursor)
        return made

    def _start_transaction_under_autocommit(self) -> None:
        line = line_of(self.settings_dict["NAME"])
        if not line.enter(self.settings_dict["OPTIONS"].get("timeout", PATIENCE)):
            raise OperationalError("database is locked")
        self._line = line
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._leave()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]
        self._leave()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._leave()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._leave()

    def _leave(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            line.leave()
