"""Writing the index, in the transaction of whoever changes what it is about."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import batched
from typing import Any

from django.db import connection, models, transaction

from coterie.search import fts5, tsvector
from coterie.search.models import Entry, Title

AT_ONCE = 200
PAGES = 400
"""So much is put in order in one step of `tidy`, during which nobody else writes."""

type Words = Sequence[str]


def put(model: type[models.Model], rows: Sequence[tuple[int, Words]]) -> None:
    """These entries hold these words and no others; one statement for up to `AT_ONCE`."""
    with connection.cursor() as cursor:
        for some in batched(rows, AT_ONCE, strict=False):
            _adapter().write(cursor, model._meta.db_table, some)


def same(model: type[models.Model], rows: Sequence[tuple[int, Words]]) -> set[int]:
    """The numbers of those that hold exactly these words already."""
    found: set[int] = set()
    with connection.cursor() as cursor:
        for some in batched(rows, AT_ONCE, strict=False):
            found |= _adapter().same(cursor, model._meta.db_table, some)
    return found


def drop(model: type[models.Model], numbers: Sequence[int]) -> Sequence[int]:
    """These entries are gone, a few at a time."""
    for some in batched(numbers, AT_ONCE, strict=False):
        model._default_manager.filter(pk__in=some).delete()
    return numbers


def tidy() -> None:
    """What was taken out is not in the file any more either."""
    for model in (Entry, Title):
        with connection.cursor() as cursor:
            steps = iter(_adapter().tidy(cursor, model._meta.db_table, PAGES))
            while _step(steps):
                pass


def _step(steps: Any) -> bool:
    with transaction.atomic():
        return next(steps, steps) is not steps


def _adapter() -> Any:
    return tsvector if connection.vendor == "postgresql" else fts5
