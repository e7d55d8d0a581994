"""Transactions that write begin one after the other, in the order in which they came.

SQLite lets one connection write and makes the others look again after a pause that grows;
who comes late and looks often is served before who has waited long, for seconds. So the
threads of this process stand in line before they ask SQLite. Other processes (the worker)
still meet SQLite's own lock, and that is two of them, not twenty.
"""

from __future__ import annotations

import threading
from typing import Any

from django.db.backends.sqlite3.base import DatabaseWrapper as SqliteWrapper
from django.db.utils import OperationalError

from coterie.core.sqlite3.line import Line

PATIENCE = 20.0

_lines: dict[str, Line] = {}
_guard = threading.Lock()


def line_of(file: object) -> Line:
    """The one line of this process before this database file."""
    with _guard:
        return _lines.setdefault(str(file), Line())


class DatabaseWrapper(SqliteWrapper):
    """Waits in line before the outermost transaction begins, and leaves when it has ended."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._line: Line | None = None

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
