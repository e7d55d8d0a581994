"""A community begins with its founder and nobody else, at a place in the tree."""

import pytest

from coterie.communities import presets
from coterie.communities.actions import founding, shaping
from coterie.communities.models import Community, Membership
from coterie.communities.tests.people import fresh
from coterie.core.verdict import Refused
from coterie.personas.models import Persona
from coterie.personas.viewer import NOBODY

pytestmark = pytest.mark.django_db


def test_the_founder_is_the_host_under_a_new_persona(ines):
    seat = founding.found(
        "Mending circle", by=ines.viewer, persona_name="saltmarsh", persona_seed=4
    )
    assert seat.is_host
    assert (seat.persona.name, seat.persona.seed) == ("saltmarsh", 4)
    assert fresh(seat.community).size == 1


def test_a_persona_founds_by_itself(ines):
    wildfern = ines.persona("wildfern")
    assert founding.found("Natural dye", by=wildfern).persona == wildfern


def test_nobody_founds_under_another_persons_persona(ines, wren):
    with pytest.raises(Refused):
        founding.found("Stolen", by=wren.viewer, persona=ines.persona())
    with pytest.raises(Refused):
        founding.found("Unsigned", by=NOBODY, persona_name="ghost")
    assert not Community.objects.exists()


@pytest.mark.parametrize("preset", presets.PRESETS, ids=lambda preset: preset.key)
def test_each_preset_is_only_its_settings(ines, preset):
    community = ines.founds(preset=preset.key)
    assert community.privacy == preset.privacy
    assert presets.matching(community) == preset.key
    assert bool(community.slug) == (preset.privacy == "public")


def test_settings_go_over_those_of_the_preset(ines):
    assert ines.founds(preset="forum", posted_by="approved").posted_by == "approved"


def test_a_micro_community_enrols_nobody_but_its_founder(ines, moss, circle):
    moss.joins(circle, ines)
    micro = ines.founds("Sashiko", parent=circle)
    assert list(Membership.objects.filter(community=micro).values_list("role", flat=True)) == [
        "host"
    ]
    assert fresh(circle).size == 2


def test_who_may_start_a_micro_community_is_the_parents_to_say(ines, moss, wren, circle):
    moss.joins(circle, ines)
    with pytest.raises(Refused):
        moss.founds("Too early", parent=circle)
    shaping.reshape(circle, by=ines.here(circle), micro_by="members")
    assert moss.founds("Now", parent=circle).parent == circle
    with pytest.raises(Refused):
        wren.founds("From outside", parent=circle)


def test_the_tree_has_five_levels_and_no_sixth(ines, circle):
    place = circle
    for level in range(2, 6):
        place = ines.founds(f"Level {level}", parent=place)
        assert place.depth == level
    with pytest.raises(Refused):
        ines.founds("Level 6", parent=place)


def test_settings_that_speak_of_a_parent_need_one(ines):
    with pytest.raises(Refused):
        ines.founds(joined_by="parent")


def test_slugs_are_free_not_reserved_and_unlike_ids(ines):
    first, second = (
        ines.founds("Plants & Pots", preset="forum"),
        ines.founds("Plants pots", preset="forum"),
    )
    assert (first.slug, second.slug) == ("plants-pots", "plants-pots-2")
    assert ines.founds("Settings", preset="forum").slug == "settings-2"
    assert ines.founds("日本", preset="forum").slug is None
    lookalike = "bcdfghjkmnpqrstvwx"
    assert ines.founds(lookalike, preset="forum").slug != lookalike


def test_a_refused_founding_leaves_no_persona_behind(ines):
    before = Persona.objects.count()
    with pytest.raises(Refused):
        ines.founds("Lost", joined_by="parent")
    assert Persona.objects.count() == before


def test_a_closed_community_takes_nobody(ines, moss, circle):
    founding.close(circle, by=ines.here(circle))
    with pytest.raises(Refused):
        moss.asks(circle)
    with pytest.raises(Refused):
        ines.founds("Below", parent=circle)
