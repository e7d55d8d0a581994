"""The chain is written once, by what happens itself, and shows when it was touched."""

import threading

import pytest
from django.db import connection, transaction

from coterie.commands.doctor import _logs
from coterie.communities.actions import hosting, joining
from coterie.communities.events import Removed
from coterie.communities.models import Community, JoinRequest
from coterie.config.wiring import LISTENERS
from coterie.core.keeping import register
from coterie.core.models import OutboxEntry
from coterie.inbox.tests.people import place
from coterie.safety import audit
from coterie.safety.audit import Fact
from coterie.safety.models import AuditEntry, AuditFact
from coterie.talk.actions import keeping_order

pytestmark = pytest.mark.django_db


def a_chain(length=6):
    community = place()
    for n in range(length):
        audit.append(Fact(community.pk, "reshaped", sentence=f"change {n}"))
    return community


def test_an_untouched_chain_is_whole():
    assert audit.verify(a_chain()) is None
    assert audit.verify(place("Empty")) is None


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (AuditEntry, {"day": "2020-01-01"}),
        (AuditEntry, {"content_hash": "0" * 64}),
        (AuditEntry, {"hash": "0" * 64}),
        (AuditEntry, {"prev_hash": "0" * 64}),
        (AuditFact, {"sentence": "nothing happened"}),
        (AuditFact, {"kind": "dismissed"}),
        (AuditFact, {"rule": "another"}),
        (AuditFact, {"salt": "0" * 32}),
        (AuditFact, {"at": "2020-01-01T00:00:00Z"}),
    ],
)
def test_one_changed_value_is_found_where_it_is(model, change):
    community = a_chain()
    third = AuditEntry.objects.get(community=community, n=3)
    model.objects.filter(pk=third.pk).update(**change)
    assert audit.verify(community) == 3
    assert (community.handle, 3) in audit.broken_chains()


def test_a_changed_actor_and_subject_are_found(circle):
    hosting.make_moderator(circle.seat(circle.rue), by=circle.ines, duties=["talk"])
    for change in ({"actor": circle.moss}, {"subject": circle.thorn}):
        fact = AuditFact.objects.get(kind="made-moderator")
        before = {name: getattr(fact, name) for name in change}
        AuditFact.objects.filter(pk=fact.pk).update(**change)
        assert audit.verify(circle.community) == fact.entry.n
        AuditFact.objects.filter(pk=fact.pk).update(**before)
        assert audit.verify(circle.community) is None


def test_a_dropped_an_added_and_a_swapped_entry_are_found():
    dropped, swapped = a_chain(), a_chain()
    AuditEntry.objects.get(community=dropped, n=4).delete()
    assert audit.verify(dropped) == 4
    two, three = AuditEntry.objects.filter(community=swapped, n__in=(2, 3)).order_by("n")
    AuditEntry.objects.filter(pk=two.pk).update(n=99)
    AuditEntry.objects.filter(pk=three.pk).update(n=2)
    AuditEntry.objects.filter(pk=two.pk).update(n=3)
    assert audit.verify(swapped) == 2


def test_erasing_what_a_person_did_and_suffered_leaves_the_chain_whole(circle):
    hosting.make_moderator(circle.seat(circle.rue), by=circle.ines, duties=["talk"])
    hosting.remove(circle.seat(circle.thorn), by=circle.ines)
    erase = register[AuditFact].erase
    assert erase(circle.ines.pk) == 2
    assert erase(circle.thorn.pk) == 1
    assert not AuditFact.objects.filter(actor=circle.ines).exists()
    assert not AuditFact.objects.filter(subject=circle.thorn).exists()
    assert AuditFact.objects.filter(kind="made-moderator", subject=circle.rue).exists()
    assert audit.verify(circle.community) is None


def test_an_act_that_is_undone_leaves_no_entry(circle):
    before = AuditEntry.objects.count()
    with transaction.atomic():
        hosting.make_host(circle.seat(circle.rue), by=circle.ines)
        assert AuditEntry.objects.count() == before + 1
        transaction.set_rollback(True)
    assert AuditEntry.objects.count() == before


def test_each_act_is_one_entry_also_when_its_listeners_run_twice(circle, afterwards):
    with afterwards():
        hosting.remove(circle.seat(circle.rue), by=circle.ines)
    entries = OutboxEntry.objects.count()
    told = Removed(circle.seat(circle.rue).pk, circle.ines.pk)
    for listener in LISTENERS[Removed]:
        listener(told)
    assert entries == OutboxEntry.objects.count()
    assert AuditFact.objects.filter(kind="member-removed").count() == 1


def test_one_communitys_chain_is_not_anothers():
    one, other = a_chain(2), a_chain(3)
    assert AuditEntry.objects.filter(community=one).count() == 2
    assert [e.n for e in AuditEntry.objects.filter(community=other).order_by("n")] == [1, 2, 3]


@pytest.mark.django_db(transaction=True)
def test_writers_at_the_same_moment_stand_one_behind_the_other():
    community = Community.objects.create(name="Busy")
    failed = []

    def write():
        try:
            for _ in range(5):
                with transaction.atomic():
                    audit.append(Fact(community.pk, "reshaped"))
        except Exception as problem:
            failed.append(problem)
        finally:
            connection.close()

    writers = [threading.Thread(target=write) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert failed == []
    assert AuditEntry.objects.filter(community=community).count() == 20
    assert audit.verify(community) is None


def test_the_doctor_says_where_somebody_changed_the_record():
    community = a_chain()
    assert _logs().ok
    AuditFact.objects.filter(entry__community=community, entry__n=2).update(sentence="nothing")
    finding = _logs()
    assert not finding.ok
    assert f"/c/{community.handle}/log/ from entry 2" in finding.sentence


def test_a_ban_at_the_door_is_in_the_log(cast):
    asked = JoinRequest.objects.get(persona=cast.personas["pebble"])
    joining.turn_away_for_good(asked, by=cast.personas["Ines"], sentence="No.")
    kinds = AuditFact.objects.order_by("-pk").values_list("kind", flat=True)
    assert "member-banned" in kinds[:2]


def test_pinning_stands_in_the_log(circle):
    topic = circle.topic
    keeping_order.pin(topic, by=circle.ines)
    keeping_order.unpin(topic, by=circle.ines)
    kinds = (
        AuditFact.objects.filter(actor=circle.ines).order_by("pk").values_list("kind", flat=True)
    )
    assert list(kinds)[-2:] == ["pinned", "unpinned"]
