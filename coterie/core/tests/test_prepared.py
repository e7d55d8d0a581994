"""A query that is built once gives what the ORM would give, for every value and shape."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.test.utils import CaptureQueriesContext

from coterie.core.models import OutboxEntry
from coterie.core.prepared import prepared

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


def test_it_lives_with_its_own_connection_and_no_longer(entries):
    tries(1, True)
    assert connections[DEFAULT_DB_ALIAS].prepared
    assert "prepared" not in connection.__dict__
