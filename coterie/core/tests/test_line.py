"""Writers stand in line: all of them get on, and nobody is overtaken."""

import threading
import time

import pytest
from django.db import connection, transaction

from coterie.core.models import ScheduleEntry
from coterie.core.sqlite3.line import Line

WRITERS = 20
ROUNDS = 5


def test_turns_are_taken_in_the_order_in_which_they_were_asked_for():
    line, served, threads = Line(), [], []

    def wait(name):
        assert line.enter(5)
        served.append(name)
        line.leave()

    assert line.enter(0)
    for name in range(WRITERS):
        threads.append(threading.Thread(target=wait, args=(name,)))
        threads[-1].start()
        while len(line._waiting) <= name:
            time.sleep(0.001)
    line.leave()
    for thread in threads:
        thread.join()
    assert served == list(range(WRITERS))
    assert line.enter(0), "nobody is left in it"


def test_who_gives_up_is_not_waited_for():
    line = Line()
    assert line.enter(0)
    assert not line.enter(0.01)
    line.leave()
    assert line.enter(0)


@pytest.mark.django_db(transaction=True)
def test_twenty_writers_all_get_on_and_none_is_starved():
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL lets many write at once")
    served, together = [], threading.Barrier(WRITERS)

    def write(name):
        together.wait()
        try:
            for number in range(ROUNDS):
                with transaction.atomic():
                    when = "2026-01-01T00:00:00Z"
                    ScheduleEntry.objects.create(name=f"{name}/{number}", next_run_at=when)
                    served.append(name)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(name,)) for name in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ScheduleEntry.objects.count() == WRITERS * ROUNDS
    # When the first is through with all of its rounds, nobody stands at the beginning.
    done = next(at for at, name in enumerate(served) if served[: at + 1].count(name) == ROUNDS)
    assert set(served[: done + 1]) == set(range(WRITERS))


@pytest.mark.django_db(transaction=True)
def test_the_line_moves_on_after_a_transaction_that_failed_or_was_dropped():
    for _ in range(2):
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            raise ZeroDivisionError
        with transaction.atomic():
            ScheduleEntry.objects.count()
        block = transaction.atomic()
        block.__enter__()
        connection.in_atomic_block = False
        connection.close()
    thread = threading.Thread(target=_begin)
    thread.start()
    thread.join(5)
    assert not thread.is_alive()


def _begin():
    with transaction.atomic():
        pass
    connection.close()
