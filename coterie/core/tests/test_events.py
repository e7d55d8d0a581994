"""Announced in the transaction, told after it, and never lost."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from coterie.config import wiring
from coterie.core import events
from coterie.core.models import OutboxEntry


@dataclass(frozen=True)
class Sprouted:
    seed_id: int


@dataclass(frozen=True)
class Unheard:
    seed_id: int


@pytest.fixture
def heard() -> Iterator[list]:
    told: list = []
    events.wire({Sprouted: [told.append]}, {})
    yield told
    wiring.connect()


@pytest.mark.django_db(transaction=True)
def test_listeners_hear_after_the_commit_and_not_before(heard):
    with transaction.atomic():
        events.announce(Sprouted(1))
        assert heard == []
        assert OutboxEntry.objects.count() == 1
    assert heard == [Sprouted(1)]
    assert not OutboxEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_was_never_announced(heard):
    with pytest.raises(RuntimeError), transaction.atomic():
        events.announce(Sprouted(1))
        raise RuntimeError
    assert heard == []
    assert not OutboxEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_event_that_nobody_hears_leaves_no_row(heard):
    events.announce(Unheard(1))
    assert not OutboxEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_consequences_run_inside_the_transaction():
    def object_to(event: Sprouted) -> None:
        raise RuntimeError

    events.wire({}, {Sprouted: [object_to]})
    try:
        with pytest.raises(RuntimeError), transaction.atomic():
            OutboxEntry.objects.create(name="beside", payload="{}")
            events.announce(Sprouted(1))
        assert not OutboxEntry.objects.exists()
    finally:
        wiring.connect()


@pytest.mark.django_db(transaction=True)
def test_a_sweep_delivers_what_a_crash_left(heard):
    OutboxEntry.objects.create(name=events.name_of(Sprouted), payload='{"seed_id": 7}')
    assert events.sweep() == 0, "its own process may still be about to deliver it"
    with time_machine.travel(timezone.now() + timedelta(minutes=3)):
        assert events.sweep() == 1
    assert heard == [Sprouted(7)]


@pytest.mark.django_db(transaction=True)
def test_an_entry_is_delivered_by_one_only(heard):
    entry = OutboxEntry.objects.create(name=events.name_of(Sprouted), payload='{"seed_id": 7}')
    OutboxEntry.objects.update(claimed_until=timezone.now() + timedelta(minutes=1))
    assert events.deliver(entry.pk) is False
    assert heard == []


@pytest.mark.django_db(transaction=True)
def test_a_listener_that_fails_is_asked_again_later_and_not_for_ever():
    calls = []

    def fail(event: Sprouted) -> None:
        calls.append(event)
        raise RuntimeError

    events.wire({Sprouted: [fail]}, {})
    try:
        with time_machine.travel(timezone.now()) as clock:
            events.announce(Sprouted(1))
            for _ in range(30):
                clock.shift(timedelta(hours=1))
                events.sweep()
        assert len(calls) == events.TRIES
    finally:
        wiring.connect()


@pytest.mark.django_db(transaction=True)
def test_an_entry_of_another_version_does_not_stop_the_sweep(heard):
    OutboxEntry.objects.create(name="gone.Event", payload="{}")
    OutboxEntry.objects.create(name=events.name_of(Sprouted), payload='{"other": 1}')
    OutboxEntry.objects.create(name=events.name_of(Sprouted), payload='{"seed_id": 7}')
    with time_machine.travel(timezone.now() + timedelta(minutes=3)):
        events.sweep()
    assert heard == [Sprouted(7)]


@pytest.mark.django_db(transaction=True)
def test_a_hint_is_given_once_the_commit_is_made_and_leaves_no_row(monkeypatch):
    hinted = []
    monkeypatch.setattr(events, "_hints", {Sprouted: (hinted.append,)})
    with pytest.raises(RuntimeError), transaction.atomic():
        events.announce(Sprouted(1))
        raise RuntimeError
    assert not hinted
    with transaction.atomic():
        events.announce(Sprouted(2))
        assert not hinted
    assert hinted == [Sprouted(2)]
    assert not OutboxEntry.objects.exists()
