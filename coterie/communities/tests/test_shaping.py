"""Changing a community: what it asks for, what it announces, what it never opens."""

import pytest

from coterie.communities.actions import agreeing, describing, founding, hosting, relating, shaping
from coterie.communities.models import Community, Rule
from coterie.communities.rules import has_agreed, may_post
from coterie.communities.tests.people import fresh
from coterie.core.verdict import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(monkeypatch):
    """Events as they are announced by shaping."""
    heard = []
    monkeypatch.setattr(shaping, "announce", heard.append)
    return heard


def test_only_who_may_shape_does(ines, moss, circle):
    member = moss.joins(circle, ines)
    with pytest.raises(Refused):
        shaping.reshape(circle, by=member.persona, joined_by="open")
    hosting.make_moderator(member, by=ines.here(circle), duties=["shape"])
    assert shaping.reshape(circle, by=member.persona, joined_by="open").joined_by == "open"


@pytest.mark.parametrize(
    ("before", "after", "narrowed"),
    [
        ("everyone", "members", True),
        ("members", "everyone", False),
        ("members", "members", False),
    ],
)
def test_narrowing_is_announced_as_such(ines, told, before, after, narrowed):
    community = ines.founds(seen_by=before)
    shaping.reshape(community, by=ines.here(community), seen_by=after, posted_by="hosts")
    assert [event.narrowed for event in told] == [narrowed]


def test_narrowing_raises_the_version_and_widening_does_not(ines):
    forum = ines.founds(preset="forum")
    host = ines.here(forum)
    narrow = shaping.reshape(forum, by=host, seen_by="members")
    assert narrow.access_version == forum.access_version + 1
    assert (
        shaping.reshape(forum, by=host, seen_by="everyone").access_version == narrow.access_version
    )


def test_a_slug_comes_and_goes_with_being_public(ines):
    forum = ines.founds("House plants", preset="forum")
    host = ines.here(forum)
    assert shaping.reshape(forum, by=host, seen_by="members").slug is None
    assert shaping.reshape(forum, by=host, seen_by="everyone").slug == "house-plants"


@pytest.mark.parametrize("change", [{"joined_by": "open"}, {"joined_by": "request"}])
def test_a_wider_door_hides_history_from_who_comes_now(ines, moss, wren, change):
    circle = ines.founds(joined_by="invitation")
    shaping.reshape(circle, by=ines.here(circle), **change)
    since = fresh(circle).history_from
    assert since
    assert moss.joins(circle, ines).history_from == since
    assert ines.seat(circle).history_from is None


@pytest.mark.parametrize(
    "change", [{"joined_by": "invitation"}, {"posted_by": "hosts"}, {"seen_by": "everyone"}]
)
def test_a_narrower_door_hides_nothing(ines, circle, change):
    assert shaping.reshape(circle, by=ines.here(circle), **change).history_from is None


def test_being_found_by_more_is_a_wider_door(ines):
    secret = ines.founds(preset="close_circle", joined_by="open")
    assert shaping.reshape(secret, by=ines.here(secret), found_by="everyone").history_from


def test_a_wider_door_above_is_one_below(ines, circle):
    host = ines.here(circle)
    below = ines.founds("Below", parent=circle, joined_by="parent")
    deeper = ines.founds("Deeper", parent=below, joined_by="parent")
    apart = ines.founds("Apart", parent=circle, joined_by="invitation")
    requiring = ines.founds("Requiring", join_requires=circle)
    shaping.reshape(circle, by=host, joined_by="open")
    assert fresh(below).history_from
    assert fresh(deeper).history_from
    assert fresh(requiring).history_from
    assert fresh(apart).history_from is None


def test_moving_narrows_what_was_the_parents(ines, circle):
    other = ines.founds("Other")
    micro = ines.founds(
        "Sashiko", parent=circle, found_by="parent", seen_by="parent", joined_by="parent"
    )
    moved = shaping.move(micro, by=ines.here(micro), parent=None)
    assert (moved.found_by, moved.seen_by, moved.joined_by) == ("nobody", "members", "invitation")
    assert (moved.depth, moved.parent) == (1, None)
    with pytest.raises(Refused):
        shaping.move(micro, by=ines.here(micro), parent=other)


def test_moving_takes_everything_below_along(ines):
    me = ines.persona("gardener")

    def seat(name, parent=None):
        return founding.found(name, by=me, parent=parent).community

    top, other = seat("Top"), seat("Other")
    below = seat("Below", top)
    deeper = seat("Deeper", below)
    shaping.move(below, by=me, parent=other)
    assert (fresh(below).depth, fresh(deeper).depth) == (2, 3)
    with pytest.raises(Refused):
        shaping.move(other, by=me, parent=fresh(deeper))
    with pytest.raises(Refused):
        shaping.move(other, by=me, parent=other)
    chain = other
    for name in ("Level 2", "Level 3", "Level 4"):
        chain = seat(name, chain)
    with pytest.raises(Refused):
        shaping.move(below, by=me, parent=chain)
    assert Community.objects.filter(depth__gt=5).count() == 0


def test_changed_rules_are_accepted_anew_before_posting(ines, moss, circle):
    host = ines.here(circle)
    moss.joins(circle, ines)
    assert may_post(moss.viewer, fresh(circle))
    version = agreeing.set_rules(circle, ["Kind first.", "No selling."], by=host)
    assert not has_agreed(moss.viewer, fresh(circle))
    assert not may_post(moss.viewer, fresh(circle))
    assert may_post(ines.viewer, fresh(circle))
    with pytest.raises(Refused):
        agreeing.agree(moss.seat(circle), version - 1, by=moss.here(circle))
    agreeing.agree(moss.seat(circle), version, by=moss.here(circle))
    assert may_post(moss.viewer, fresh(circle))


def test_a_better_wording_asks_nobody(ines, moss, circle):
    host = ines.here(circle)
    agreeing.set_rules(circle, ["Kind frist."], by=host)
    moss.joins(circle, ines)
    agreeing.correct_rules(circle, ["Kind first."], by=host)
    assert has_agreed(moss.viewer, fresh(circle))


def test_an_old_rule_keeps_its_words(ines, circle):
    host = ines.here(circle)
    agreeing.set_rules(circle, ["One.", "Two."], by=host)
    agreeing.set_rules(circle, ["Two.", "Three."], by=host)
    standing = Rule.objects.filter(retired_at=None).values_list("place", "text")
    assert list(standing) == [(1, "Two."), (2, "Three.")]
    assert Rule.objects.get(text="One.").retired_at


def test_unchanged_rules_ask_nobody(ines, circle):
    host = ines.here(circle)
    assert agreeing.set_rules(circle, ["One."], by=host) == 1
    assert agreeing.set_rules(circle, ["One."], by=host) == 1


def test_interests_are_words_shared_by_all(ines, circle):
    other = ines.founds("Other")
    describing.name_interests(circle, ["Sashiko", " sashiko ", "Darning", ""], by=ines.here(circle))
    describing.name_interests(other, ["SASHIKO"], by=ines.here(other))
    assert set(circle.interests.values_list("word", flat=True)) == {"sashiko", "darning"}
    assert other.interests.get() in circle.interests.all()


def test_an_address_is_for_public_ones_and_nobody_elses(ines, circle):
    forum, other = ines.founds("Plants", preset="forum"), ines.founds("Pots", preset="forum")
    with pytest.raises(Refused):
        describing.give_address(circle, "mending", by=ines.here(circle))
    for taken in (other.slug, "settings"):
        with pytest.raises(Refused):
            describing.give_address(forum, taken, by=ines.here(forum))
    assert (
        describing.give_address(forum, "house-plants", by=ines.here(forum)).slug == "house-plants"
    )


def test_a_host_points_only_to_what_that_very_persona_may_find(ines, circle):
    secret = ines.founds("Hidden", preset="close_circle")
    with pytest.raises(Refused):
        relating.relate(circle, secret, by=ines.here(circle))
