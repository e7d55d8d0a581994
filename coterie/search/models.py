"""Entries of the index: what was said, and what it was said under."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Lookup

from coterie.search import fts5, tsvector


class Words(models.Field[Any, Any]):
    """The words of an entry, in whatever form its database keeps them."""

    def db_type(self, connection: Any) -> str:
        return "tsvector" if connection.vendor == "postgresql" else "text"


@Words.register_lookup
class Answer(Lookup[bool]):
    """`words__answer=question`: the entry is an answer."""

    lookup_name = "answer"
    prepare_rhs = False

    def get_db_prep_lookup(self, value: Any, connection: Any) -> Any:
        adapter = tsvector if connection.vendor == "postgresql" else fts5
        return "%s", [adapter.asked(value)]

    def as_sqlite(self, compiler: Any, connection: Any) -> Any:
        return self._written("%s MATCH %s", compiler, connection)

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        return self._written("%s @@ %s::tsquery", compiler, connection)

    def _written(self, form: str, compiler: Any, connection: Any) -> Any:
        left, left_values = self.process_lhs(compiler, connection)
        right, right_values = self.process_rhs(compiler, connection)
        return form % (left, right), [*left_values, *right_values]


class Entry(models.Model):
    """The words of one post. Its number says which and when: see `keys`."""

    rowid = models.BigIntegerField(primary_key=True)
    words = Words()

    objects: ClassVar[models.Manager[Entry]] = models.Manager()

    class Meta:
        db_table = "search_entry"

    def __str__(self) -> str:
        return f"entry {self.pk}"


class Title(models.Model):
    """The words of one title, under the number of what bears it."""

    rowid = models.BigIntegerField(primary_key=True)
    words = Words()

    objects: ClassVar[models.Manager[Title]] = models.Manager()

    class Meta:
        db_table = "search_title"

    def __str__(self) -> str:
        return f"title {self.pk}"
