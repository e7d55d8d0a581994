"""Asking, being answered once, and never being two at a time."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.utils import timezone

from coterie.communities import rules
from coterie.communities.actions import agreeing, hosting, inviting, joining, leaving, shaping
from coterie.communities.models import Community, Invitation, JoinRequest, Membership
from coterie.communities.tests.people import Person, fresh
from coterie.core.verdict import Refused
from coterie.personas.models import Persona
from coterie.personas.viewer import NOBODY

pytestmark = pytest.mark.django_db
TRUSTED = Invitation.Policy.TRUSTED


def ask_a_question(circle, ines, **more):
    asked = agreeing.Asked("What did you last mend?", **more)
    agreeing.ask_at_the_door(circle, [asked], by=ines.here(circle))


def test_a_stranger_asks_under_a_new_persona_and_is_let_in(ines, moss, circle):
    ask_a_question(circle, ines)
    waiting = moss.asks(circle, name="thistledown", seed=9, answers={1: "A cuff."})
    assert isinstance(waiting, JoinRequest)
    assert (waiting.persona.name, waiting.persona.seed) == ("thistledown", 9)
    assert waiting.answers.get().text == "A cuff."
    assert not rules.is_member(moss.viewer, circle.pk)
    seat = joining.admit(waiting, by=ines.here(circle))
    assert seat.persona == waiting.persona
    assert rules.is_member(moss.viewer, circle.pk)
    assert fresh(circle).size == 2


def test_a_request_is_answered_once(ines, moss, circle):
    waiting = moss.asks(circle)
    joining.admit(waiting, by=ines.here(circle))
    for late in (joining.admit, joining.turn_away):
        with pytest.raises(JoinRequest.AlreadyAnswered):
            late(waiting, by=ines.here(circle))
    with pytest.raises(JoinRequest.AlreadyAnswered):
        joining.withdraw(waiting, by=moss.viewer)
    assert fresh(circle).size == 2


def test_only_the_door_answers(ines, moss, wren, circle):
    moss.joins(circle, ines)
    waiting = wren.asks(circle)
    for nobody in (moss.here(circle), waiting.persona):
        with pytest.raises(Refused):
            joining.admit(waiting, by=nobody)
    hosting.make_moderator(moss.seat(circle), by=ines.here(circle), duties=["door"])
    assert joining.admit(waiting, by=moss.here(circle))


def test_required_answers_and_the_rules_come_first(ines, moss, circle):
    ask_a_question(circle, ines)
    agreeing.set_rules(circle, ["Kind first."], by=ines.here(circle))
    with pytest.raises(Refused):
        moss.asks(circle, agreed=1)
    with pytest.raises(Refused):
        moss.asks(circle, agreed=0, answers={1: "A cuff."})
    with pytest.raises(Refused):
        moss.asks(circle, agreed=7, answers={1: "A cuff."})
    assert not Persona.objects.filter(name="moss").exists()
    assert moss.asks(circle, agreed=1, answers={1: "A cuff."})


def test_one_request_at_a_time_under_any_persona(ines, moss, circle):
    waiting = moss.asks(circle)
    with pytest.raises(Refused):
        moss.asks(circle, name="somebody else")
    joining.withdraw(waiting, by=moss.viewer)
    assert moss.asks(circle, name="somebody else")


def test_nobody_withdraws_for_another(ines, moss, wren, circle):
    waiting = moss.asks(circle)
    with pytest.raises(Refused):
        joining.withdraw(waiting, by=wren.viewer)
    assert fresh(waiting).state == "pending"


def test_whoever_was_declined_reads_why_and_may_ask_again(ines, moss, circle):
    waiting = moss.asks(circle)
    joining.turn_away(waiting, by=ines.here(circle), sentence="Full until March.")
    assert fresh(waiting).sentence == "Full until March."
    assert moss.asks(circle, persona=waiting.persona)


def test_one_living_membership_under_any_persona(ines, moss, circle):
    moss.joins(circle, ines)
    with pytest.raises(Refused):
        moss.asks(circle, name="second me")


def test_a_persona_of_somebody_else_does_not_open_a_door(ines, moss, wren, circle):
    with pytest.raises(Refused):
        moss.asks(circle, persona=wren.persona())


def test_strangers_and_those_who_may_not_find_it_are_told_nothing_is_there(ines, moss):
    secret = ines.founds(preset="close_circle")
    with pytest.raises(Refused) as refused:
        moss.asks(secret)
    assert refused.value.sentence == rules.NOTHING.sentence
    with pytest.raises(Refused):
        joining.ask_to_join(secret, by=NOBODY, name="ghost")


def test_an_open_door_asks_nobody(ines, moss):
    forum = ines.founds("Houseplants", preset="forum")
    assert isinstance(moss.asks(forum), Membership)


def test_members_of_the_parent_walk_in_and_others_do_not(ines, moss, wren, circle):
    moss.joins(circle, ines)
    micro = ines.founds("Sashiko", parent=circle, joined_by="parent", found_by="everyone")
    # Under another persona than in the parent: only `sealed` knows that it is the same person.
    assert isinstance(moss.asks(micro, name="another self"), Membership)
    with pytest.raises(Refused):
        wren.asks(micro)
    leaving.leave(moss.seat(circle), by=moss.here(circle))
    assert rules.is_member(moss.viewer, micro.pk)


def test_only_members_of_the_required_community_join(ines, moss, wren, circle):
    forum = ines.founds("Houseplants", preset="forum", join_requires=circle)
    moss.joins(circle, ines)
    assert moss.asks(forum)
    with pytest.raises(Refused) as refused:
        wren.asks(forum)
    assert circle.name in refused.value.sentence
    shaping.reshape(circle, by=ines.here(circle), found_by="nobody")
    with pytest.raises(Refused) as refused:
        wren.asks(forum)
    assert circle.name not in refused.value.sentence


def test_a_trusted_link_leads_straight_in_also_to_what_is_secret(ines, moss):
    secret = ines.founds(preset="close_circle")
    link = inviting.invite(secret, by=ines.here(secret), policy=TRUSTED)
    assert isinstance(moss.asks(secret, invitation=link), Membership)


def test_walking_in_ends_the_waiting(ines, moss, circle):
    waiting = moss.asks(circle)
    link = inviting.invite(circle, by=ines.here(circle), policy=TRUSTED)
    moss.asks(circle, persona=waiting.persona, invitation=link)
    assert fresh(waiting).state == "withdrawn"


def test_nobody_walks_in_as_another_while_one_of_them_waits(ines, moss, circle):
    """Else the queue would tell the hosts that the two are one."""
    waiting = moss.asks(circle)
    link = inviting.invite(circle, by=ines.here(circle), policy=TRUSTED)
    with pytest.raises(Refused):
        moss.asks(circle, name="another self", invitation=link)
    assert fresh(waiting).state == "pending"
    assert fresh(link).uses == 0


def test_a_link_runs_out(ines, moss, wren, circle):
    host = ines.here(circle)
    once = inviting.invite(circle, by=host, policy=TRUSTED, use_limit=1)
    over = inviting.invite(circle, by=host, expires_at=timezone.now() - timedelta(minutes=1))
    revoked = inviting.invite(circle, by=host)
    inviting.revoke(revoked, by=host)
    moss.asks(circle, invitation=once)
    for link in (once, over, revoked):
        assert link not in Invitation.objects.usable()
        with pytest.raises(Refused):
            wren.asks(circle, invitation=link)
    assert fresh(once).uses == 1
    assert not Persona.objects.filter(name="wren").exists()


def test_a_link_leads_into_its_own_community_only(ines, moss, circle):
    other = ines.founds("Other")
    link = inviting.invite(circle, by=ines.here(circle), policy=TRUSTED)
    with pytest.raises(Refused):
        moss.asks(other, invitation=link)


def test_the_token_is_stored_hashed_and_sealed_only(ines, circle):
    link = inviting.invite(circle, by=ines.here(circle))
    row = Invitation.objects.filter(pk=link.pk).values().get()
    assert link.token not in "".join(str(value) for value in row.values())
    assert Invitation.objects.at(link.token).get() == link


def test_several_are_answered_at_once(ines, moss, wren, circle):
    ids = [moss.asks(circle).public_id, wren.asks(circle).public_id, "not-there"]
    assert joining.admit_all(circle, ids, by=ines.here(circle)) == 2
    assert joining.admit_all(circle, ids, by=ines.here(circle)) == 0


def test_several_are_declined_at_once_with_one_sentence(ines, moss, wren, circle):
    ids = [moss.asks(circle).public_id, wren.asks(circle).public_id]
    assert joining.turn_away_all(circle, ids, by=ines.here(circle), sentence="In March.") == 2
    assert set(JoinRequest.objects.values_list("sentence", flat=True)) == {"In March."}


def test_hosts_learn_of_the_past_as_a_class_only(ines, moss, circle):
    assert moss.asks(circle).came_before == "new"
    joining.admit(JoinRequest.objects.get(), by=ines.here(circle))
    leaving.leave(moss.seat(circle), by=moss.here(circle))
    again = moss.asks(circle, name="another self")
    assert again.came_before == "left"
    joining.admit(again, by=ines.here(circle))
    hosting.remove(moss.seat(circle), by=ines.here(circle))
    assert moss.asks(circle, name="third self").came_before == "removed"


def test_coming_back_under_the_same_persona_revives_the_seat_without_its_role(ines, moss, circle):
    first = moss.joins(circle, ines)
    hosting.make_moderator(first, by=ines.here(circle), duties=["door"])
    leaving.leave(first, by=first.persona)
    again = moss.joins(circle, ines, persona=first.persona)
    assert again.pk == first.pk
    assert (again.role, again.duties, again.ended_at) == ("member", [], None)


def test_blocked_askers_stay_outside_under_every_persona(ines, moss, circle):
    ban = joining.turn_away_for_good(moss.asks(circle), by=ines.here(circle))
    with pytest.raises(Refused):
        moss.asks(circle, name="another self")
    hosting.lift(ban, by=ines.here(circle))
    assert moss.asks(circle, name="another self")


@pytest.mark.django_db(transaction=True)
def test_two_hosts_who_click_at_once_admit_once():
    ines, moss, wren = Person("ines"), Person("moss"), Person("wren")
    circle = ines.founds()
    hosting.make_host(moss.joins(circle, ines), by=ines.here(circle))
    waiting = wren.asks(circle)
    outcomes = at_once(
        lambda: joining.admit(waiting, by=ines.here(circle)),
        lambda: joining.admit(waiting, by=moss.here(circle)),
    )
    assert sorted(type(each).__name__ for each in outcomes) == ["AlreadyAnswered", "Membership"]
    assert fresh(circle).size == 3


@pytest.mark.django_db(transaction=True)
def test_one_person_who_asks_twice_at_once_under_two_personas_asks_once():
    ines, moss = Person("ines"), Person("moss")
    circle = ines.founds()
    outcomes = at_once(
        lambda: moss.asks(circle, name="first self"), lambda: moss.asks(circle, name="second self")
    )
    assert sorted(type(each).__name__ for each in outcomes) == ["JoinRequest", "Refused"]


@pytest.mark.django_db(transaction=True)
def test_the_last_use_of_a_link_is_used_once():
    ines, moss, wren = Person("ines"), Person("moss"), Person("wren")
    circle = ines.founds()
    link = inviting.invite(circle, by=ines.here(circle), policy=TRUSTED, use_limit=1)
    outcomes = at_once(
        lambda: moss.asks(circle, invitation=link), lambda: wren.asks(circle, invitation=link)
    )
    assert sorted(type(each).__name__ for each in outcomes) == ["Membership", "Refused"]
    assert fresh(link).uses == 1


@pytest.mark.django_db(transaction=True)
def test_two_last_hosts_who_step_down_at_once_leave_one():
    ines, moss = Person("ines"), Person("moss")
    circle = ines.founds()
    hosting.make_host(moss.joins(circle, ines), by=ines.here(circle))
    at_once(
        lambda: hosting.make_member(ines.seat(circle), by=ines.here(circle)),
        lambda: hosting.make_member(moss.seat(circle), by=moss.here(circle)),
    )
    assert Membership.objects.living().filter(community=circle, role="host").count() == 1


def at_once(*acts):
    """What each act returned or raised, all of them started in the same moment."""
    outcomes, gate = [], threading.Barrier(len(acts))

    def run(act):
        gate.wait()
        try:
            outcomes.append(act())
        except (Refused, JoinRequest.AlreadyAnswered) as refusal:
            outcomes.append(refusal)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert len(outcomes) == len(acts), connection.vendor
    return outcomes


def test_joins_close_while_no_host_is_left(ines, moss, wren, circle):
    moss.joins(circle, ines)
    waiting = wren.asks(circle)
    hosting.make_moderator(moss.seat(circle), by=ines.here(circle), duties=["door"])
    leaving.leave(ines.seat(circle), by=ines.here(circle))
    assert Community.objects.get().orphaned_at
    with pytest.raises(Refused):
        joining.admit(waiting, by=moss.here(circle))
    with pytest.raises(Refused):
        ines.asks(circle)
