"""Blocks and mutes act inside one community, on the person, under any persona there."""

import pytest

from coterie.communities import reads
from coterie.communities.actions import keeping_away, leaving
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
