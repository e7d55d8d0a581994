"""Who comes, who waits, and that nobody overtakes."""

import threading

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coterie.communities.actions import hosting, leaving
from coterie.communities.models import Community
from coterie.core.verdict import Refused
from coterie.gatherings.actions import answering, arranging
from coterie.gatherings.models import Attendance, Occurrence, Reply
from coterie.gatherings.plans import Misplanned
from coterie.gatherings.tests.conftest import calls, dates, planned, says
from coterie.inbox.models import Notification
from coterie.talk.tests.speaking import Speaker, fresh

pytestmark = pytest.mark.django_db


def state(person, date):
    rows = Attendance.objects.filter(
        occurrence=date, persona=person.here(date.gathering.conversation.community)
    )
    return rows.values_list("answer", flat=True).first()


def crowd(host, circle, n):
    people = [Speaker(f"guest{number}") for number in range(n)]
    for person in people:
        person.joins(circle, host)
    return people


@pytest.fixture
def small(ines, circle):
    """A date with two places."""
    return dates(calls(ines, circle, planned(capacity=2, guests=3)))[0]


def alerts(person, circle, kind):
    return Notification.objects.filter(persona=person.here(circle), kind=kind).count()


def test_an_answer_can_be_changed_and_said_twice(ines, juno, circle, date):
    juno.joins(circle, ines)
    for answer in ("going", "going", "maybe", "not", "going"):
        says(juno, date, answer)
        assert state(juno, date) == answer
    assert Attendance.objects.filter(occurrence=date).count() == 1
    assert fresh(date).taken == 1


def test_who_finds_it_full_waits_and_moves_up_in_their_turn(ines, circle, small):
    a, b, c, d = crowd(ines, circle, 4)
    for person in (a, b, c, d):
        says(person, small)
    assert [state(p, small) for p in (a, b, c, d)] == ["going", "going", "waiting", "waiting"]
    says(a, small, "not")
    assert [state(p, small) for p in (b, c, d)] == ["going", "going", "waiting"]
    assert fresh(small).taken == 2
    # Who comes back stands behind who waited on.
    says(a, small)
    says(b, small, "maybe")
    assert [state(p, small) for p in (a, c, d)] == ["waiting", "going", "going"]


def test_who_moves_up_is_told_once_and_who_walks_in_is_not(
    ines, circle, small, django_capture_on_commit_callbacks
):
    a, b, c = crowd(ines, circle, 3)
    with django_capture_on_commit_callbacks(execute=True):
        for person in (a, b, c):
            says(person, small)
        says(a, small, "not")
    assert [alerts(p, circle, "gathering-place") for p in (a, b, c)] == [0, 0, 1]


def test_a_small_party_does_not_overtake_a_large_one(ines, circle):
    date = dates(calls(ines, circle, planned(capacity=4, guests=3)))[0]
    a, b, c, d = crowd(ines, circle, 4)
    says(a, date, guests=2)
    says(b, date, guests=2)
    says(c, date)
    assert [state(p, date) for p in (a, b, c)] == ["going", "waiting", "waiting"]
    # Fewer guests need less, and keep their place in the line; more have to stand behind.
    says(b, date, guests=0)
    assert state(b, date) == "going"
    says(d, date)
    says(d, date, guests=1)
    says(a, date, "not")
    assert [state(p, date) for p in (b, c, d)] == ["going", "going", "going"]
    assert fresh(date).taken == 4


def test_guests_need_places_too_and_a_refusal_leaves_ones_own(ines, circle, small):
    a, b = crowd(ines, circle, 2)
    says(a, small)
    says(b, small)
    with pytest.raises(Refused, match="Yours stays"):
        says(a, small, guests=1)
    with pytest.raises(Refused, match="2 places in all"):
        says(a, small, guests=3)
    assert state(a, small) == "going"
    assert fresh(small).taken == 2


def test_more_guests_than_wished_for_are_left_at_the_door(ines, juno, circle, date):
    juno.joins(circle, ines)
    assert says(juno, date, guests=4).guests == 0


def test_more_places_let_people_in_and_fewer_than_taken_are_refused(ines, circle, small):
    people = crowd(ines, circle, 4)
    for person in people:
        says(person, small)
    gathering = fresh(small.gathering)
    by = ines.here(circle)
    arranging.rearrange(gathering, by=by, title="Repair table", plan=planned(capacity=3))
    assert [state(p, small) for p in people] == ["going"] * 3 + ["waiting"]
    arranging.rearrange(gathering, by=by, title="Repair table", plan=planned(capacity=None))
    assert state(people[3], small) == "going"
    with pytest.raises(Misplanned, match="4 places are taken") as refused:
        arranging.rearrange(gathering, by=by, title="Repair table", plan=planned(capacity=3))
    assert refused.value.field == "capacity"


def test_the_place_of_who_leaves_or_is_banned_goes_to_who_waits(
    ines, circle, small, django_capture_on_commit_callbacks
):
    a, b, c, d = crowd(ines, circle, 4)
    for person in (a, b, c, d):
        says(person, small)
    with django_capture_on_commit_callbacks(execute=True):
        leaving.leave(a.seat(circle), by=a.here(circle))
        hosting.ban(b.seat(circle), by=ines.here(circle), sentence="No.")
    assert [state(p, small) for p in (c, d)] == ["going", "going"]
    assert fresh(small).taken == 2


def test_who_is_erased_leaves_no_answer_and_no_empty_chair(ines, circle, small):
    a, b, c = crowd(ines, circle, 3)
    for person in (a, b, c):
        says(person, small)
    persona = a.here(circle)
    assert answering.forget(persona.pk) == 1
    assert not Attendance.objects.filter(persona=persona).exists()
    assert state(c, small) == "going"


def test_what_is_over_or_off_or_switched_off_is_not_answered(ines, juno, wren, circle, date):
    juno.joins(circle, ines)
    with pytest.raises(Refused):
        answering.answer(date, by=wren.persona(), answer="going")
    Community.objects.filter(pk=circle.pk).update(gatherings=False)
    with pytest.raises(Refused, match="switched off"):
        says(juno, date)
    Community.objects.filter(pk=circle.pk).update(gatherings=True)
    arranging.call_off(fresh(date.gathering), by=ines.here(circle))
    with pytest.raises(Refused, match="called off"):
        says(juno, date)
    assert not Attendance.objects.exists()


def test_nonsense_is_no_answer(ines, date):
    for nonsense in ("", "waiting", "yes", "\x00"):
        with pytest.raises(Refused):
            says(ines, date, nonsense)


def test_answering_costs_the_same_however_many_come(ines, circle, date):
    def cost(person):
        with CaptureQueriesContext(connection) as caught:
            says(person, date)
        return len(caught)

    people = crowd(ines, circle, 8)
    few = cost(people[0])
    for person in people[1:7]:
        says(person, date)
    assert cost(people[7]) == few


@pytest.mark.django_db(transaction=True)
def test_of_many_who_want_the_last_places_at_once_exactly_so_many_get_one(ines, circle):
    """And everybody else stands in one line, each at a turn of their own."""
    date = dates(calls(ines, circle, planned(capacity=3)))[0]
    people = crowd(ines, circle, 8)
    gate, wrong = threading.Barrier(len(people)), []

    def come(person):
        try:
            gate.wait()
            says(person, date)
        except Exception as trouble:
            wrong.append(trouble)
        finally:
            connection.close()

    threads = [threading.Thread(target=come, args=(person,)) for person in people]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert not wrong
    rows = Attendance.objects.filter(occurrence=date)
    assert rows.filter(answer=Reply.GOING).count() == 3
    turns = list(rows.filter(answer=Reply.WAITING).values_list("turn", flat=True))
    assert len(set(turns)) == 5
    assert Occurrence.objects.get(pk=date.pk).taken == 3


@pytest.mark.django_db(transaction=True)
def test_a_place_that_frees_while_somebody_joins_goes_to_who_waited(ines, circle):
    date = dates(calls(ines, circle, planned(capacity=1)))[0]
    first, second, late = crowd(ines, circle, 3)
    says(first, date)
    says(second, date)
    gate = threading.Barrier(2)

    def act(person, answer):
        try:
            gate.wait()
            says(person, date, answer)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=act, args=(first, "not")),
        threading.Thread(target=act, args=(late, "going")),
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert [state(p, date) for p in (first, second, late)] == ["not", "going", "waiting"]
