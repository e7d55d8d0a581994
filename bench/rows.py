"""Rows on the fast path: COPY on PostgreSQL, executemany on SQLite, defaults from the model."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import batched
from typing import Any

from django.db import connection, models, transaction
from django.db.models.functions import Coalesce

AT_ONCE = 20_000
POSTGRES = connection.vendor == "postgresql"


def stamp(at: datetime) -> Any:
    """A moment as the database driver takes it."""
    return connection.ops.adapt_datetimefield_value(at)


def next_key(model: type[models.Model]) -> int:
    """The first primary key that is free."""
    last = model.objects.aggregate(last=Coalesce(models.Max("pk"), 0))["last"]
    return last + 1


def write(model: type[models.Model], names: tuple[str, ...], rows: Iterable[tuple]) -> int:
    """So many rows are in the table; what `names` does not name has the model's default.

    A column that must differ from row to row, such as a public id, has to be named.
    """
    fields = model._meta.concrete_fields
    blank = model()
    whole = [f.get_db_prep_save(getattr(blank, f.attname), connection) for f in fields]
    places = [[f.attname for f in fields].index(name) for name in names]
    columns = [f.column for f in fields]
    count = 0
    for chunk in batched(_filled(rows, whole, places), AT_ONCE, strict=False):
        with transaction.atomic(), connection.cursor() as cursor:
            _put(cursor, model._meta.db_table, columns, chunk)
        count += len(chunk)
    _raise_sequence(model)
    return count


def _filled(rows: Iterable[tuple], whole: list[Any], places: list[int]) -> Iterator[list[Any]]:
    for row in rows:
        full = whole.copy()
        for place, value in zip(places, row, strict=True):
            full[place] = value
        yield full


def _put(cursor: Any, table: str, columns: list[str], rows: Iterable[list[Any]]) -> None:
    named = ", ".join(f'"{column}"' for column in columns)
    if POSTGRES:
        with cursor.copy(f"COPY {table} ({named}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        return
    marks = ", ".join(["%s"] * len(columns))
    cursor.executemany(f"INSERT INTO {table} ({named}) VALUES ({marks})", rows)


def _raise_sequence(model: type[models.Model]) -> None:
    from django.core.management.color import no_style

    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [model]):
            cursor.execute(statement)
