"""The number of an entry: when it was said, and what it is the entry of.

So the newest entries are those with the highest numbers, and an index that is read from its
end gives the newest first without sorting.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import BigIntegerField, Func

BITS = 30
MOST = 2**BITS - 1
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FAR = 2**33 - 1
"""More seconds from 1970, either way, have no number."""
SECOND = timedelta(seconds=1)


def key(moment: datetime, pk: int) -> int:
    """The number of what has this primary key and was said at this moment."""
    if pk > MOST:
        raise OverflowError("There is no room for more than a thousand million posts.")
    return (at(moment) << BITS) | pk


def at(moment: datetime) -> int:
    """Whole seconds; what was said in one second stands in the order of its rows."""
    return (moment - EPOCH) // SECOND


def lowest(moment: datetime) -> int:
    """No entry that is said at this moment or later has a lower number."""
    return max(min(at(moment), FAR), -FAR) << BITS


class Second(Func):
    """The same whole seconds, of a column with a moment."""

    arity = 1
    output_field = BigIntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        # Cut, because SQLite would round what it reads of the fraction.
        cut = "unixepoch(substr(%(expressions)s, 1, 19))"
        return self.as_sql(compiler, connection, template=cut, **more)

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        cut = "FLOOR(EXTRACT(EPOCH FROM %(expressions)s))::bigint"
        return self.as_sql(compiler, connection, template=cut, **more)


def key_of(moment: Any, pk: Any) -> Any:
    """`key` of two columns, as the database counts it."""
    return Second(moment) * 2**BITS + pk
