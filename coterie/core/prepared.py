"""Queries that are built once: the ORM writes the SQL, and from then on only values go in.

Building a query costs the ORM ten times what SQLite needs to answer it. A function
under `@prepared` is asked for its query once per process and shape (how long its
tuples are, what is None or a bool in them or beside them); what it was given then are marks,
and where they turn up in the SQL the real values stand from then on. So the SQL stays
the ORM's own, on both databases, and grows with the models. The function must use its
arguments as values only: what it decides by them, it decides once. All threads share what one
of them has built, or each would pay anew, and all at once when they begin together, with the
others behind it waiting for the lock. `changing` and `deleting`
are the same for rows that are written, `insert` for a new one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import update_wrapper
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection, transaction
from django.db.models import Model, QuerySet
from django.db.models.query import ValuesIterable, ValuesListIterable, get_related_populators
from django.db.models.sql import DeleteQuery, InsertQuery, UpdateQuery

type Mark = int | str | datetime | date
type Slot = tuple[int, int | None, type]
"""Which argument, which of its values if it is a tuple, and of what type."""
type ToRows = Callable[[Iterable[Any]], list[Any]]
type Compiled = Callable[[Any], tuple[str, Iterable[Any], ToRows]]
"""Gives the SQL of what was described, its parameters, and what becomes of its rows."""

FIRST_INT = 20_011  # fits the smallest integer field; a value that does not answers "nothing"
MOST_PLANS = 2_000
"""Shapes are as many as there are lengths of tuples."""
PLACES = re.compile("%%|%s")
PLAIN_WORDS = re.compile(r"[a-z_.%\"-]*")
"""What means the same between quotes on every database, so that nothing of it is escaped."""
FIRST_MOMENT = datetime(1871, 3, 4, 5, 6, 7, tzinfo=UTC)


@dataclass(frozen=True)
class Plan:
    """SQL, what goes where in it, and what becomes of its rows."""

    sql: str
    params: list[Any]
    slots: list[tuple[int, Slot]]
    to_rows: ToRows

    def filled(self, values: tuple[Any, ...]) -> list[Any]:
        """The parameters of the SQL, with these values in their places."""
        params = self.params.copy()
        for at, (which, nth, kind) in self.slots:
            value = values[which] if nth is None else values[which][nth]
            params[at] = _adapted(value, kind)
        return params


# A plan converts rows with the connection that built it, which it asks for nothing but settings;
# `connection` itself is whatever connection the asking thread has.
_plans: dict[Any, Plan | None] = {}
_inserts: dict[type[Model], tuple[str, list[Any]]] = {}


class Prepared[Row]:
    """A query that is asked again and again with other values."""

    def __init__(self, build: Callable[..., QuerySet[Any, Row]]) -> None:
        self.build = build
        update_wrapper(self, build)

    def __call__(self, *values: Any) -> list[Row]:
        """Its rows for these values."""
        plan = _planned(self.build, values, _reading)
        return plan.to_rows(_fetched(plan.sql, plan.filled(values))) if plan else []


class Writing:
    """A statement that changes rows again and again, with other values."""

    def __init__(self, build: Callable[..., Any], compiled: Compiled) -> None:
        self.build, self.compiled = build, compiled
        update_wrapper(self, build)

    def __call__(self, *values: Any) -> int:
        """How many rows it has changed."""
        plan = _planned(self.build, values, self.compiled)
        if plan is None:
            return 0
        # Inside a transaction, so that on SQLite it waits in line as all who write do.
        with transaction.atomic(savepoint=False), connection.cursor() as cursor:
            cursor.execute(plan.sql, plan.filled(values))
            return int(cursor.rowcount)


def prepared[Row](build: Callable[..., QuerySet[Any, Row]]) -> Prepared[Row]:
    """The query that this function describes, built once."""
    return Prepared(build)


def changing(build: Callable[..., tuple[QuerySet[Any, Any], Mapping[str, Any]]]) -> Writing:
    """These rows get these columns; as `QuerySet.update` does it, built once."""
    return Writing(build, _updating)


def deleting(build: Callable[..., QuerySet[Any, Any]]) -> Writing:
    """These rows go, and nothing that hangs on them: only for what nothing refers to."""
    return Writing(build, _removing)


def insert(row: Model) -> None:
    """The row is there, as `save(force_insert=True)` writes it, and has its key.

    For models whose key the database gives and whose columns hold plain values.
    """
    sql, fields = _inserting(type(row))
    values = [field.get_db_prep_save(field.pre_save(row, True), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        ((row.pk,),) = cursor.fetchall()
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


def _inserting(model: type[Model]) -> tuple[str, list[Any]]:
    if found := _inserts.get(model):
        return found
    fields = [each for each in model._meta.local_concrete_fields if not each.primary_key]
    query: Any = InsertQuery(model)
    query.insert_values(fields, [model()], raw=False)
    compiler = query.get_compiler(connection=connection)
    compiler.returning_fields = [model._meta.pk]
    ((sql, _values),) = compiler.as_sql()
    return _inserts.setdefault(model, (sql, fields))


def _planned(build: Callable[..., Any], values: tuple[Any, ...], compiled: Compiled) -> Plan | None:
    key = (build, *map(_shape, values))
    try:
        return _plans[key]
    except KeyError:
        if len(_plans) >= MOST_PLANS:
            _plans.clear()
        return _plans.setdefault(key, _plan(build, values, compiled))


def _fetched(sql: str, params: list[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        rows: list[Any] = cursor.fetchall()
        return rows


def _shape(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(map(_shape, value))
    return value if value is None or isinstance(value, bool) else type(value)


def _plan(build: Callable[..., Any], values: tuple[Any, ...], compiled: Compiled) -> Plan | None:
    marks: dict[Any, Slot] = {}
    described = build(*(_marked(n, value, marks) for n, value in enumerate(values)))
    try:
        sql, params, to_rows = compiled(described)
    except EmptyResultSet:
        return None
    sql, params = _written_out(sql, list(params), marks)
    slots = [(n, marks[p]) for n, p in enumerate(params) if _is_mark(p, marks)]
    missing = set(marks.values()) - {slot for _, slot in slots}
    if missing:
        raise TypeError(f"{build.__qualname__} does not use {missing} as plain values")
    return Plan(sql, params, slots, to_rows)


def _written_out(sql: str, params: list[Any], marks: dict[Any, Slot]) -> tuple[str, list[Any]]:
    """What never changes stands in the SQL itself.

    SQLite plans a statement anew at each run (`sqlite3_prepare_v2`) where a parameter decides
    whether a partial index fits or how a LIKE is answered, and that costs more than to run it.
    """
    left: list[Any] = []
    each = iter(params)

    def written(found: re.Match[str]) -> str:
        if found[0] == "%%":
            return found[0]
        param = next(each)
        if not _is_mark(param, marks):
            if isinstance(param, bool):
                return str(param).upper()
            if isinstance(param, int):
                return str(param)
            if isinstance(param, str) and PLAIN_WORDS.fullmatch(param):
                return f"'{param.replace('%', '%%')}'"
        left.append(param)
        return found[0]

    return PLACES.sub(written, sql), left


def _reading(query: QuerySet[Any, Any]) -> tuple[str, Iterable[Any], ToRows]:
    compiler = query.query.get_compiler(connection=connection)
    sql, params = compiler.as_sql()
    return sql, params, _rows_of(query, compiler)


def _updating(
    change: tuple[QuerySet[Any, Any], Mapping[str, Any]],
) -> tuple[str, Iterable[Any], ToRows]:
    query: Any = change[0].query.chain(UpdateQuery)
    query.add_update_values(dict(change[1]))
    return *query.get_compiler(connection=connection).as_sql(), list


def _removing(rows: QuerySet[Any, Any]) -> tuple[str, Iterable[Any], ToRows]:
    query = rows.query.chain(DeleteQuery)
    return *query.get_compiler(connection=connection).as_sql(), list


def _is_mark(param: Any, marks: dict[Any, Slot]) -> bool:
    return not isinstance(param, bool | float | list | dict) and param in marks


def _marked(n: int, value: Any, marks: dict[Any, Slot]) -> Any:
    """A stand-in of the same type, noted as it will look among the query's parameters."""
    if isinstance(value, tuple):
        return tuple(_mark(n, nth, each, marks) for nth, each in enumerate(value))
    return _mark(n, None, value, marks)


def _mark(n: int, nth: int | None, value: Any, marks: dict[Any, Slot]) -> Any:
    if value is None or isinstance(value, bool):
        return value
    count = len(marks)
    mark: Mark
    if isinstance(value, int):
        mark = FIRST_INT + count
    elif isinstance(value, str):
        mark = f"\x02{count}"
    elif isinstance(value, datetime):
        mark = FIRST_MOMENT + timedelta(seconds=count)
    else:
        mark = (FIRST_MOMENT + timedelta(days=count)).date()
    marks[_adapted(mark, type(mark))] = (n, nth, type(mark))
    return mark


def _adapted(value: Any, kind: type) -> Any:
    if kind is datetime:
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if kind is date else value


def _rows_of(query: QuerySet[Any, Any], compiler: Any) -> ToRows:
    """What makes of the database's tuples what iterating the query would give."""
    fields = [column[0] for column in compiler.select[: compiler.col_count]]
    converters = compiler.get_converters(fields)

    def converted(rows: Iterable[Any]) -> Iterable[Any]:
        return compiler.apply_converters(rows, converters) if converters else rows

    kind = query._iterable_class
    if kind is ValuesIterable:
        names = list(query.query.selected or ())
        return lambda rows: [dict(zip(names, row, strict=True)) for row in converted(rows)]
    if issubclass(kind, ValuesListIterable):
        return lambda rows: [tuple(row) for row in converted(rows)]
    if kind.__name__ == "FlatValuesListIterable":
        return lambda rows: [row[0] for row in converted(rows)]
    instance = _instances(query, compiler)
    return lambda rows: [instance(row) for row in converted(rows)]


def _instances(query: QuerySet[Any, Any], compiler: Any) -> Callable[[Any], Any]:
    """Rows as model instances, with what `select_related` and `annotate` asked for."""
    info, db = compiler.klass_info, query.db
    columns = info["select_fields"]
    start, stop = columns[0], columns[-1] + 1
    names = [column[0].target.attname for column in compiler.select[start:stop]]
    model, annotated = info["model"], compiler.annotation_col_map or {}
    related = get_related_populators(info, compiler.select, db, query._fetch_mode)  # type: ignore[attr-defined]

    def instance(row: Any) -> Any:
        made = model.from_db(db, names, row[start:stop])
        for each in related:
            each.populate(row, made)
        for name, at in annotated.items():
            setattr(made, name, row[at])
        return made

    return instance
