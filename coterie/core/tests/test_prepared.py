"""A query that is built once gives what the ORM would give, for every value and shape."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from coterie.core.models import OutboxEntry
from coterie.core.prepared import (
    _inserting,
    _planned,
    _reading,
    changing,
    deleting,
    insert,
    prepared,
)

pytestmark = pytest.mark.django_db
START = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def entries(db):
    made = [OutboxEntry(name=f"entry {n}", payload="", tries=n) for n in range(6)]
    OutboxEntry.objects.bulk_create(made)
    for entry in OutboxEntry.objects.all():
        at = START + timedelta(days=entry.tries)
        OutboxEntry.objects.filter(pk=entry.pk).update(created_at=at)


@prepared
def named(names, since):
    found = OutboxEntry.objects.filter(name__in=names).order_by("pk")
    return found.filter(created_at__gte=since) if since else found


@prepared
def tries(least, claimed):
    found = OutboxEntry.objects.filter(tries__gte=least, claimed_until__isnull=not claimed)
    return found.order_by("tries").values("name", "created_at")[:3]


def test_each_value_and_each_shape_is_answered_as_if_it_were_built_anew(entries):
    for names in ((), ("entry 1",), ("entry 2",), ("entry 2", "entry 5", "nobody")):
        for since in (None, START + timedelta(days=2), START + timedelta(days=3)):
            assert named(names, since) == list(named.build(names, since))
    for least in (0, 3, 4, 99):
        for claimed in (True, False):
            assert tries(least, claimed) == list(tries.build(least, claimed))
    assert tries(2, False)[0]["created_at"] == START + timedelta(days=2)


def test_it_is_built_once_for_a_shape_and_asks_one_query(entries, monkeypatch):
    tries(1, False)
    monkeypatch.setattr(OutboxEntry, "objects", None)
    with CaptureQueriesContext(connection) as asked:
        assert [row["name"] for row in tries(4, False)] == ["entry 4", "entry 5"]
    assert len(asked) == 1


def test_a_value_that_is_changed_on_its_way_into_the_query_is_refused(entries):
    @prepared
    def shifted(least):
        return OutboxEntry.objects.filter(tries__gte=least + 1)

    with pytest.raises(TypeError, match="plain values"):
        shifted(1)


def test_what_is_none_inside_a_tuple_is_another_shape(entries):
    assert [entry.name for entry in named(("entry 1", None), None)] == ["entry 1"]
    assert [entry.name for entry in named(("entry 1", "entry 2"), None)] == ["entry 1", "entry 2"]


@prepared
def unsent(least):
    found = OutboxEntry.objects.filter(tries__gte=least, claimed_until=None)
    found = found.filter(payload="", name__startswith="entry")
    return found.exclude(name__contains="y_5%").exclude(name="o'5")


def test_what_never_changes_is_written_out_and_only_values_are_parameters(entries):
    assert [entry.name for entry in unsent(4)] == ["entry 4", "entry 5"]
    plan = _planned(unsent.build, (4,), _reading)
    assert plan
    assert len(plan.slots) == 1
    assert "'entry%%'" in plan.sql  # a pattern too; its sign is doubled for the driver
    assert "'o''5'" not in plan.sql
    assert "o'5" in plan.params  # what would have to be quoted stays a parameter
    OutboxEntry.objects.update(name="entry_5%")
    assert unsent(4) == list(unsent.build(4)) == []


def test_what_one_thread_built_the_others_need_not_build(monkeypatch):
    tries(1, False)
    insert(OutboxEntry(name="a", payload=""))
    built: list[Any] = []
    monkeypatch.setattr("coterie.core.prepared._plan", lambda *told: built.append(told))
    monkeypatch.setattr("coterie.core.prepared.InsertQuery", built.append)
    with ThreadPoolExecutor(1) as another:
        plan = another.submit(_planned, tries.build, (4, False), _reading).result()
        sql, _fields = another.submit(_inserting, OutboxEntry).result()
    assert plan
    assert plan.sql.startswith("SELECT")
    assert sql.startswith("INSERT")
    assert built == []


@changing
def claimed(pk, until):
    return OutboxEntry.objects.filter(pk=pk, claimed_until=None), {"claimed_until": until}


@deleting
def tried(least):
    return OutboxEntry.objects.filter(tries__gte=least)


def test_rows_are_changed_and_counted_with_other_values_each_time(entries):
    first, second = OutboxEntry.objects.order_by("pk")[:2]
    assert [claimed(first.pk, START), claimed(first.pk, START)] == [1, 0]
    assert claimed(second.pk, START + timedelta(days=1)) == 1
    now = dict(OutboxEntry.objects.exclude(claimed_until=None).values_list("pk", "claimed_until"))
    assert now == {first.pk: START, second.pk: START + timedelta(days=1)}


def test_rows_are_deleted_and_counted(entries):
    assert [tried(4), tried(4), tried(3)] == [2, 0, 1]
    assert set(OutboxEntry.objects.values_list("tries", flat=True)) == {0, 1, 2}


@pytest.mark.django_db(transaction=True)
def test_a_statement_alone_is_written_and_what_is_rolled_back_is_not(entries):
    assert tried(5) == 1
    assert OutboxEntry.objects.count() == 5
    with pytest.raises(RuntimeError), transaction.atomic():
        tried(0)
        raise RuntimeError
    assert OutboxEntry.objects.count() == 5


def test_a_row_is_inserted_as_saving_inserts_it(db):
    saved, made = (OutboxEntry(name=name, payload="{}", claimed_until=START) for name in "ab")
    saved.save(force_insert=True)
    insert(made)
    insert(OutboxEntry(name="c", payload="", tries=3))
    found = {row.name: row for row in OutboxEntry.objects.all()}
    assert (found["b"].pk, made.created_at is not None) == (made.pk, True)
    assert not made._state.adding
    for column in ("payload", "claimed_until", "tries"):
        assert getattr(found["a"], column) == getattr(found["b"], column)
    assert (found["c"].tries, found["c"].claimed_until) == (3, None)
