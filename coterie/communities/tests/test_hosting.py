"""Roles and duties, handing over, sending away, and what a ban survives."""

from datetime import timedelta

import pytest
from django.utils import timezone

from coterie.communities import rules
from coterie.communities.actions import following, hosting, inviting, leaving
from coterie.communities.models import Ban, Invitation, Membership
from coterie.communities.models.belonging import State
from coterie.communities.tests.people import Person, fresh
from coterie.core.keeping import register
from coterie.core.verdict import Refused
from coterie.personas.viewer import Viewer

pytestmark = pytest.mark.django_db


@pytest.fixture
def host(ines, circle):
    return ines.here(circle)


@pytest.fixture
def member(ines, moss, circle):
    return moss.joins(circle, ines)


def test_a_moderator_carries_the_duties_that_were_given_and_no_others(circle, host, member):
    hosting.make_moderator(member, by=host, duties=["talk", "nonsense"])
    assert fresh(member).duties == ["talk"]
    assert rules.has_duty(member.persona, circle, "talk")
    assert not rules.has_duty(member.persona, circle, "people")


def test_nobody_promotes_themselves(circle, host, member):
    for lift_up in (
        lambda: hosting.make_host(member, by=member.persona),
        lambda: hosting.make_moderator(member, by=member.persona, duties=["shape"]),
    ):
        with pytest.raises(Refused):
            lift_up()
    assert fresh(member).role == "member"


def test_a_moderator_does_not_add_to_their_own_duties(host, member):
    hosting.make_moderator(member, by=host, duties=["talk"])
    with pytest.raises(Refused):
        hosting.make_moderator(member, by=member.persona, duties=["talk", "people"])
    hosting.make_member(member, by=member.persona)
    assert fresh(member).role == "member"


def test_the_last_host_cannot_step_down_without_handing_over(ines, circle, host, member):
    with pytest.raises(Refused):
        hosting.make_member(ines.seat(circle), by=host)
    hosting.hand_over(member, by=host)
    assert (fresh(member).role, ines.seat(circle).role) == ("host", "member")


def test_only_a_host_hands_over(wren, ines, circle, member):
    other = wren.joins(circle, ines)
    with pytest.raises(Refused):
        hosting.hand_over(other, by=member.persona)


def test_a_removed_member_may_ask_again(moss, circle, host, member):
    hosting.remove(member, by=host)
    assert not rules.is_member(moss.viewer, circle.pk)
    assert fresh(circle).size == 1
    assert moss.asks(circle)


def test_moderators_send_away_plain_members_only(wren, ines, circle, host, member):
    hosting.make_moderator(member, by=host, duties=["people"])
    with pytest.raises(Refused):
        hosting.remove(ines.seat(circle), by=member.persona)
    with pytest.raises(Refused):
        hosting.ban(member, by=member.persona)
    hosting.remove(wren.joins(circle, ines), by=member.persona)


def test_a_ban_survives_new_personas_links_and_open_doors(ines, moss):
    forum = ines.founds("Houseplants", preset="forum")
    hosting.ban(moss.asks(forum), by=ines.here(forum), sentence="Selling, again.")
    link = inviting.invite(forum, by=ines.here(forum), policy=Invitation.Policy.TRUSTED)
    for number in range(5):
        with pytest.raises(Refused) as refused:
            moss.asks(forum, name=f"self {number}", invitation=link)
        assert "ban" not in refused.value.sentence.lower()
    assert fresh(link).uses == 0


def test_a_ban_ends_by_itself_or_by_a_host(moss, circle, host, member):
    ban = hosting.ban(member, by=host, until=timezone.now() + timedelta(days=7))
    assert rules.is_banned(moss.viewer, circle)
    Ban.objects.filter(pk=ban.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert not rules.is_banned(moss.viewer, circle)
    Ban.objects.filter(pk=ban.pk).update(expires_at=None)
    hosting.lift(ban, by=host)
    assert moss.asks(circle)


def test_hosts_cannot_lift_what_the_operator_said(ines, moss, circle, host, member):
    operator = Viewer(is_operator=True)
    ban = hosting.ban_for_the_operator(member, by=operator)
    with pytest.raises(Refused, match="only the operator"):
        hosting.lift(ban, by=host)
    with pytest.raises(Refused):
        hosting.lift_for_the_operator(ban, by=ines.viewer)
    assert rules.is_banned(moss.viewer, circle)
    assert "By the operator" in ines.browser.get(f"{circle.path}settings/people/").content.decode()
    hosting.lift_for_the_operator(ban, by=operator)
    assert not rules.is_banned(moss.viewer, circle)


def test_the_ban_of_a_host_who_was_erased_is_still_the_hosts_to_lift(
    ines, moss, wren, circle, host, member
):
    other = wren.joins(circle, ines)
    hosting.make_host(other, by=host)
    ban = hosting.ban(member, by=other.persona)
    register[Ban].erase(other.persona_id)
    with pytest.raises(Refused):
        hosting.lift_for_the_operator(fresh(ban), by=Viewer(is_operator=True))
    hosting.lift(fresh(ban), by=host)
    assert not rules.is_banned(moss.viewer, circle)


def test_who_leaves_to_escape_is_banned_all_the_same(moss, circle, host, member):
    leaving.leave(member, by=member.persona)
    before = fresh(circle).access_version
    hosting.ban(member, by=host)
    # Whoever listens as a member of the parent is asked again.
    assert fresh(circle).access_version == before + 1
    with pytest.raises(Refused):
        moss.asks(circle)
    assert fresh(circle).size == 1


def test_a_ban_follows_to_the_persona_somebody_came_back_as(moss, ines, circle, host, member):
    leaving.leave(member, by=member.persona)
    back = moss.joins(circle, ines, name="somebody else")
    hosting.ban(member, by=host)
    assert following.end_other_seats() == 0, "not at once: that would link the two"
    Ban.objects.update(banned_at=timezone.now() - timedelta(days=1))
    assert following.end_other_seats() == 1
    assert fresh(back).state == State.REMOVED
    assert following.end_other_seats() == 0


def test_a_ban_of_an_old_name_ends_no_hosts_seat(moss, ines, circle, host, member):
    leaving.leave(member, by=member.persona)
    back = moss.joins(circle, ines, name="somebody else")
    hosting.make_host(back, by=host)
    hosting.ban(member, by=host)
    Ban.objects.update(banned_at=timezone.now() - timedelta(days=1))
    assert following.end_other_seats() == 0


def test_a_ban_here_says_nothing_elsewhere(ines, moss, circle, host, member):
    other = ines.founds("Other")
    ban = hosting.ban(member, by=host)
    seat = moss.joins(other, ines, persona=member.persona)
    assert seat.nullifier != ban.nullifier


def test_removing_access_raises_the_version(circle, host, member):
    before = fresh(circle).access_version
    hosting.remove(member, by=host)
    assert fresh(circle).access_version > before


def test_after_the_last_host_a_moderator_is_asked_first(ines, moss, wren, circle, host, member):
    wren.joins(circle, ines)
    hosting.make_moderator(member, by=host, duties=["talk"])
    leaving.leave(ines.seat(circle), by=host)
    with pytest.raises(Refused):
        hosting.step_up(circle, by=wren.here(circle))
    assert hosting.step_up(circle, by=moss.here(circle)).is_host
    assert fresh(circle).orphaned_at is None
    with pytest.raises(Refused):
        hosting.step_up(circle, by=wren.here(circle))


def test_after_the_last_host_the_longest_standing_are_asked_before_the_newest(ines):
    forum = ines.founds("Houseplants", preset="forum")
    people = [Person(f"p{number}") for number in range(rules.ELDERS + 1)]
    for each in people:
        each.asks(forum)
    leaving.leave(ines.seat(forum), by=ines.here(forum))
    newest, eldest = people[-1].here(forum), people[0].here(forum)
    assert not rules.may_step_up(newest, fresh(forum))
    assert rules.may_step_up(eldest, fresh(forum))
    orphaned = fresh(forum)
    orphaned.orphaned_at -= rules.WAIT_FOR_ELDERS
    assert rules.may_step_up(newest, orphaned)


def test_with_nobody_left_it_is_closed(ines, circle, host):
    leaving.leave(ines.seat(circle), by=host)
    assert fresh(circle).closed_at
    assert fresh(circle).size == 0


def test_nobody_leaves_for_another(ines, circle, host, member):
    with pytest.raises(Refused):
        leaving.leave(member, by=host)
    assert Membership.objects.living().filter(pk=member.pk).exists()
