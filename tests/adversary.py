"""Somebody who has a copy of the database, without the key file, and wants names.

She joins every column of the account side with every column of the persona side:
by equality, by rank and by time within two seconds. The test knows who is who and
counts how often each join is right; more than chance is a leak.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt
from typing import Any

from django.apps import apps
from django.db import models

from coterie.accounts.models import Account
from coterie.personas.models import Persona

NEAR = 2.0

# DESIGN: counting the ids of library tables is not promised against.
LIBRARY_IDS = {"account_emailaddress.id", "mfa_authenticator.id", "django_tasks_db_dbtaskresult.id"}


@dataclass(frozen=True)
class Column:
    """One column with, row by row, its value and whom the row is about."""

    name: str
    values: list[tuple[Any, int]]


def every_model() -> list[type[models.Model]]:
    return list(apps.get_models(include_auto_created=True))


def keys_to(model: type[models.Model], target: type[models.Model]) -> list[str]:
    """Columns of the model that hold the target's primary key."""
    if model is target:
        return ["id"]
    return [
        field.attname
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.related_model is target
    ]


def columns(target: type[models.Model]) -> Iterator[Column]:
    """All columns of all tables whose rows say which target they are about."""
    for model in every_model():
        for key in keys_to(model, target):
            rows = [row for row in model.objects.values() if row[key] is not None]
            for field in model._meta.concrete_fields:
                name = f"{model._meta.db_table}.{field.attname}"
                if rows and name not in LIBRARY_IDS:
                    yield Column(name, [(row[field.attname], row[key]) for row in rows])


@dataclass(frozen=True)
class Finding:
    """A join that is right more often than chance."""

    how: str
    left: str
    right: str
    right_pairs: int
    all_pairs: int

    def __str__(self) -> str:
        return (
            f"{self.how}: {self.left} = {self.right}, {self.right_pairs} of {self.all_pairs} right"
        )


def pairs_by_equality(left: Column, right: Column) -> Iterator[tuple[int, int]]:
    by_value = defaultdict(list)
    for value, whom in right.values:
        by_value[str(value)].append(whom)
    for value, whom in left.values:
        for other in by_value.get(str(value), ()) if value not in (None, "", [], {}) else ():
            yield whom, other


def pairs_by_rank(left: Column, right: Column) -> Iterator[tuple[int, int]]:
    """The n-th smallest here with the n-th smallest there, by first appearance of each."""
    ranks = [_first_of_each(column) for column in (left, right)]
    if ranks[0] and ranks[1]:
        step = len(ranks[1]) / len(ranks[0])
        for place, whom in enumerate(ranks[0]):
            for other in ranks[1][
                int(place * step) : max(int(place * step) + 1, int((place + 1) * step))
            ]:
                yield whom, other


def _first_of_each(column: Column) -> list[int]:
    values = [(value, whom) for value, whom in column.values if value is not None]
    if len({type(value) for value, _ in values}) != 1 or isinstance(
        values[0][0], dict | list | bool
    ):
        return []
    # Ties say nothing: a column in which many are equal has no rank.
    if len({value for value, _ in values}) < len({whom for _, whom in values}):
        return []
    return list(dict.fromkeys(whom for _, whom in sorted(values)))


def pairs_by_time(left: Column, right: Column) -> Iterator[tuple[int, int]]:
    later = [(value, whom) for value, whom in right.values if isinstance(value, datetime.datetime)]
    for value, whom in left.values:
        if isinstance(value, datetime.datetime):
            for other_value, other in later:
                if abs((value - other_value).total_seconds()) <= NEAR:
                    yield whom, other


JOINS = {"equality": pairs_by_equality, "rank": pairs_by_rank, "time": pairs_by_time}


def judge(
    lefts: list[Column], rights: list[Column], truth: set[tuple[int, int]], chance: float
) -> list[Finding]:
    """Every join that names the right pair more often than chance plus five standard errors."""
    found = []
    for left in lefts:
        for right in rights:
            for how, join in JOINS.items():
                pairs = set(join(left, right))
                hits = len(pairs & truth)
                expected = chance * len(pairs)
                if hits > expected + 5 * sqrt(expected * (1 - chance)) + 2:
                    found.append(Finding(how, left.name, right.name, hits, len(pairs)))
    return found


def link_accounts(truth: set[tuple[int, int]]) -> list[Finding]:
    """Joins of the account side with the persona side; `truth` holds (account, persona)."""
    people = len({account for account, _ in truth})
    return judge(list(columns(Account)), list(columns(Persona)), truth, 1 / people)


def link_personas(truth: set[tuple[int, int]]) -> list[Finding]:
    """Joins of the persona side with itself; `truth` holds pairs of personas of one account."""
    both = truth | {(right, left) for left, right in truth}
    sides = list(columns(Persona))
    known = len({one for pair in both for one in pair})
    found = []
    for left in sides:
        for right in sides:
            for how, join in JOINS.items():
                pairs = {pair for pair in join(left, right) if pair[0] != pair[1]}
                hits, expected = len(pairs & both), len(pairs) / max(known - 1, 1)
                if hits > expected + 5 * sqrt(expected) + 2:
                    found.append(Finding(how, left.name, right.name, hits, len(pairs)))
    return found


def rows_that_name_both(addresses: dict[int, str], names: dict[int, str]) -> list[str]:
    """Tables with a row that holds an account and a persona in clear, by id or by name."""
    found = []
    for model in every_model():
        for row in model.objects.values():
            text = " ".join(str(value) for value in row.values())
            account = any(str(pk) in text or address in text for pk, address in addresses.items())
            persona = any(str(pk) in text or name in text for pk, name in names.items())
            if account and persona:
                found.append(model._meta.db_table)
                break
    return found
