"""Blocks and mutes act inside one community, on the person, under any persona there."""

import pytest

from coterie.communities import reads, rules
from coterie.communities.actions import hosting, keeping_away, leaving
from coterie.communities.models import Membership
from coterie.core.verdict import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def both(ines, moss, wren, circle):
    return moss.joins(circle, ines), wren.joins(circle, ines)


def hidden(who, circle):
    return reads.hidden_personas(who.viewer, circle)


def test_a_block_hides_each_from_the_other(moss, wren, circle, both):
    keeping_away.block(both[1], by=both[0].persona)
    assert hidden(moss, circle) == {both[1].persona_id}
    assert hidden(wren, circle) == {both[0].persona_id}


def test_a_mute_hides_one_way_only(moss, wren, circle, both):
    keeping_away.mute(both[1], by=both[0].persona)
    assert hidden(moss, circle) == {both[1].persona_id}
    assert hidden(wren, circle) == set()


def test_a_block_covers_the_persona_with_which_somebody_comes_back(ines, moss, wren, circle, both):
    keeping_away.block(both[1], by=both[0].persona)
    leaving.leave(both[1], by=both[1].persona)
    again = wren.joins(circle, ines, name="another self")
    assert hidden(moss, circle) == {both[1].persona_id, again.persona_id}


def test_a_block_stays_when_the_one_who_made_it_comes_back(ines, moss, wren, circle, both):
    keeping_away.block(both[1], by=both[0].persona)
    leaving.leave(both[0], by=both[0].persona)
    moss.joins(circle, ines, name="another self")
    assert hidden(moss, circle) == {both[1].persona_id}


def test_nothing_of_it_shows_elsewhere(ines, moss, wren, circle, both):
    other = ines.founds("Other")
    moss.joins(other, ines, persona=both[0].persona)
    wren.joins(other, ines, persona=both[1].persona)
    keeping_away.block(both[1], by=both[0].persona)
    assert hidden(moss, other) == set()


def test_taking_it_back(ines, moss, wren, circle, both):
    keeping_away.block(both[1], by=both[0].persona)
    keeping_away.mute(both[1], by=both[0].persona)
    leaving.leave(both[0], by=both[0].persona)
    again = moss.joins(circle, ines, name="another self")
    keeping_away.unblock(both[1], by=again.persona)
    keeping_away.unmute(both[1], by=again.persona)
    assert hidden(moss, circle) == hidden(wren, circle) == set()


def test_nobody_blocks_themselves_or_from_outside(ines, wren, circle, both):
    with pytest.raises(Refused):
        keeping_away.block(both[0], by=both[0].persona)
    stranger = wren.persona("not here")
    with pytest.raises(Refused):
        keeping_away.block(both[0], by=stranger)
    assert Membership.objects.living().filter(community=circle).count() == 3


def listed(who, circle):
    return {row["name"] for row in reads.directory(who.viewer, circle).rows}


def test_neither_meets_the_other_and_hosts_meet_both(ines, moss, wren, circle, both):
    keeping_away.block(both[1], by=both[0].persona)
    assert not rules.may_meet(moss.viewer, both[1])
    assert not rules.may_meet(wren.viewer, both[0])
    assert both[1].persona.name not in listed(moss, circle)
    assert both[0].persona.name not in listed(wren, circle)
    assert rules.may_meet(ines.viewer, both[0])
    assert rules.may_meet(ines.viewer, both[1])
    assert {both[0].persona.name, both[1].persona.name} <= listed(ines, circle)


def test_a_block_covers_the_page_of_the_persona_that_comes_back(ines, moss, wren, circle, both):
    keeping_away.block(both[1], by=both[0].persona)
    leaving.leave(both[1], by=both[1].persona)
    again = wren.joins(circle, ines, name="another self")
    assert not rules.may_meet(moss.viewer, again)
    assert not rules.may_meet(wren.viewer, both[0])


def test_who_runs_a_place_is_named_to_all_but_has_no_page_across_a_block(ines, moss, circle, both):
    keeping_away.block(both[0], by=ines.here(circle))
    assert not rules.may_meet(moss.viewer, ines.seat(circle))
    assert [(each["name"], each["path"]) for each in reads.hosts(moss.viewer, circle)] == [
        (ines.here(circle).name, "")
    ]
    assert reads.hosts(both[1].persona, circle)[0]["path"]


def test_whoever_looks_after_people_meets_also_whom_they_blocked(ines, moss, wren, circle, both):
    hosting.make_moderator(both[0], by=ines.here(circle), duties=["people"])
    keeping_away.block(both[1], by=both[0].persona)
    assert rules.may_meet(moss.viewer, both[1])
    assert not rules.may_meet(wren.viewer, both[0])
