"""Permission is a pair: each rule says of one thing what its queryset says of all."""

from itertools import product

import pytest

from coterie.communities import rules
from coterie.communities.actions import appearing, founding
from coterie.communities.models import Community, FoundBy, SeenBy
from coterie.personas.viewer import NOBODY

pytestmark = pytest.mark.django_db


@pytest.fixture
def places(ines, circle):
    """Every way of being found and seen, each below a private group."""
    host = ines.here(circle)
    return [
        founding.found("One", by=host, parent=circle, found_by=found, seen_by=seen).community
        for found, seen in product(FoundBy, SeenBy)
    ]


def test_finding_and_seeing_agree_with_their_querysets(ines, moss, wren, circle, places):
    moss.joins(circle, ines)
    for each in places[:2]:
        wren.joins(each, ines)
    viewers = [NOBODY, None, ines.viewer, moss.viewer, wren.viewer, moss.here(circle)]
    seen, found = set(), set()
    for viewer, place in product(viewers, [circle, *places]):
        may_see, may_find = rules.may_see(viewer, place), rules.may_find(viewer, place)
        assert Community.objects.visible_to(viewer).contains(place) == bool(may_see)
        assert Community.objects.findable_by(viewer).contains(place) == bool(may_find)
        assert bool(may_find) or not may_see
        seen.add(bool(may_see))
        found.add(bool(may_find))
    assert seen == found == {True, False}


def test_where_members_do_not_meet_they_meet_the_hosts_alone(ines, moss, wren):
    channel = ines.founds("News", preset="channel")
    listener, other = moss.asks(channel), wren.asks(channel)
    assert not rules.may_browse(moss.viewer, channel)
    assert rules.may_browse(ines.viewer, channel)
    assert rules.may_meet(moss.viewer, ines.seat(channel))
    assert rules.may_meet(moss.viewer, listener)
    assert not rules.may_meet(moss.viewer, other)
    assert rules.may_meet(ines.viewer, other)


def test_the_hidden_are_met_by_hosts_alone(ines, moss, wren, circle):
    seat = moss.joins(circle, ines)
    wren.joins(circle, ines)
    assert rules.may_meet(wren.viewer, moss.seat(circle))
    appearing.hide(seat, by=seat.persona)
    assert not rules.may_meet(wren.viewer, moss.seat(circle))
    assert rules.may_meet(ines.viewer, moss.seat(circle))
    appearing.show(seat, by=seat.persona)
    assert rules.may_meet(wren.viewer, moss.seat(circle))


def test_only_hosts_post_where_only_hosts_post(ines, moss):
    channel = ines.founds("News", preset="channel")
    moss.asks(channel)
    assert not rules.may_post(moss.viewer, channel)
    assert rules.may_post(ines.viewer, channel)
    assert rules.may_post(NOBODY, channel).sentence == "Join to take part."
