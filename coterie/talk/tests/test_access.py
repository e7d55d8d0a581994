"""`visible_to` and the rules say the same, for every kind of person and every kind of thing."""

from datetime import timedelta
from itertools import product

import pytest
from django.utils import timezone

from coterie.communities.actions import founding, hosting, keeping_away, leaving, shaping
from coterie.communities.models import Circle, CircleMember, Community, Membership
from coterie.core.verdict import Refused
from coterie.personas.viewer import NOBODY
from coterie.talk import rules
from coterie.talk.actions import keeping_order, posting, reacting
from coterie.talk.models import Conversation, Post, Voice
from coterie.talk.tests.speaking import Speaker, fresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(ines, moss, juno, wren):
    """A parent and its micro community with everybody who can be somebody there."""
    parent = ines.founds("Thread and leaf")
    micro = ines.founds("Sashiko", parent=parent)
    people = {name: Speaker(name) for name in ("above", "late", "former", "keeper", "door")}
    for person in (moss, juno, *people.values()):
        person.joins(parent, ines)
    for person in (moss, juno, people["former"], people["keeper"], people["door"]):
        person.joins(micro, ines)
    leaving.leave(people["former"].seat(micro), by=people["former"].here(micro))
    people["keeper"].becomes(micro, "moderator", "talk")
    people["door"].becomes(micro, "moderator", "door")
    viewers = {"ines": ines, "moss": moss, "juno": juno, "wren": wren, **people}
    return parent, micro, viewers


def conversations_of_every_kind(ines, moss, micro, viewers):
    """One of each `see`, one held, one aside, one in a circle, one before history begins,
    one that an import still fills."""
    made = []
    for see in ("everyone", "parent", "members"):
        made.append(ines.starts(micro, f"Seen by {see}"))
        Conversation.objects.filter(pk=made[-1].pk).update(see=see)
    circled = ines.starts(micro, "For a circle")
    circle = Circle.objects.create(community=micro, name="Close")
    CircleMember.objects.create(circle=circle, membership=moss.seat(micro))
    Conversation.objects.filter(pk=circled.pk).update(circle=circle)
    old, shared = ines.starts(micro, "Long ago"), ines.starts(micro, "Long ago, shared")
    long_ago = timezone.now() - timedelta(days=400)
    Conversation.objects.filter(pk__in=[old.pk, shared.pk]).update(started_at=long_ago)
    keeping_order.share_history(shared, by=ines.here(micro))
    arriving = ines.starts(micro, "Coming home")
    Conversation.objects.filter(pk=arriving.pk).update(see="everyone", arriving=True)
    Community.objects.filter(pk=micro.pk).update(posted_by="approved")
    held = moss.starts(micro, "Held")
    Community.objects.filter(pk=micro.pk).update(posted_by="all", members_meet=False)
    aside = moss.starts(micro, "To the hosts")
    empty = Conversation.objects.create(community=micro, see="everyone", title="Nothing in it")
    viewers["late"].joins(micro, ines)
    late = viewers["late"].seat(micro)
    Membership.objects.filter(pk=late.pk).update(history_from=timezone.now() - timedelta(days=30))
    return [fresh(one) for one in (*made, circled, old, shared, arriving, held, aside, empty)]


def test_conversations_are_listed_exactly_where_they_may_be_seen(ines, moss, cast):
    _parent, micro, viewers = cast
    places = conversations_of_every_kind(ines, moss, micro, viewers)
    seen, hidden = 0, 0
    looks = {name: person.viewer for name, person in viewers.items()} | {"nobody": NOBODY}
    for (name, viewer), place in product(looks.items(), places):
        listed = Conversation.objects.visible_to(viewer).filter(pk=place.pk).exists()
        assert listed == bool(rules.may_see(viewer, place)), (name, place.title)
        seen, hidden = seen + listed, hidden + (not listed)
    assert seen > 20
    assert hidden > 20


def test_each_sees_what_is_theirs_and_nothing_else(ines, moss, cast):
    _parent, micro, viewers = cast
    places = conversations_of_every_kind(ines, moss, micro, viewers)
    titles = {
        name: {place.title for place in places if person.sees(place)}
        for name, person in viewers.items()
    }
    assert titles["wren"] == {"Seen by everyone"}
    assert titles["above"] == titles["former"] == {"Seen by everyone", "Seen by parent"}
    everybody = {"Seen by everyone", "Seen by parent", "Seen by members"}
    past = {"Long ago", "Long ago, shared"}
    assert titles["juno"] == titles["door"] == everybody | past
    assert titles["late"] == everybody | {"Long ago, shared"}
    assert titles["moss"] == everybody | past | {"For a circle", "Held", "To the hosts"}
    assert titles["ines"] == titles["keeper"] == everybody | past | {"Held", "To the hosts"}


def test_posts_are_read_exactly_where_the_rule_says_so(ines, moss, juno, cast):
    _parent, micro, viewers = cast
    Community.objects.filter(pk=micro.pk).update(anonymous_voice=True)
    topic = ines.starts(micro, "A topic")
    moss.replies(topic, voice=Voice.MEMBER)
    posting.retract(moss.replies(topic), by=moss.here(micro))
    keeping_order.remove_post(moss.replies(topic), by=ines.here(micro))
    Community.objects.filter(pk=micro.pk).update(posted_by="approved")
    moss.replies(topic, "held")
    posting.retract(moss.replies(topic, "held, then taken back"), by=moss.here(micro))
    Community.objects.filter(pk=micro.pk).update(posted_by="all", members_meet=False)
    aside = juno.replies(topic, "aside")
    ines.replies(topic, "answer", reply_to=aside)
    Conversation.objects.filter(pk=topic.pk).update(see="everyone")
    seen, hidden = 0, 0
    looks = {name: person.viewer for name, person in viewers.items()} | {"nobody": NOBODY}
    for (name, viewer), post in product(looks.items(), Post.objects.all()):
        listed = Post.objects.visible_to(viewer).filter(pk=post.pk).exists()
        assert listed == bool(rules.may_read(viewer, post)), (name, post.source, post.state)
        seen, hidden = seen + listed, hidden + (not listed)
    assert seen > 20
    assert hidden > 20


def test_narrowing_lowers_every_conversation_and_widening_none(ines, moss, wren, circle):
    shaping.reshape(circle, by=ines.here(circle), found_by="everyone", seen_by="everyone")
    public = ines.starts(circle, "Said in public")
    assert rules.may_see(wren.viewer, public)
    shaping.reshape(circle, by=ines.here(circle), seen_by="members")
    private = ines.starts(circle, "Said in private")
    assert not rules.may_see(wren.viewer, fresh(public))
    shaping.reshape(circle, by=ines.here(circle), seen_by="everyone")
    for conversation in (public, private):
        assert fresh(conversation).see == "members"
        assert not rules.may_see(wren.viewer, fresh(conversation))
    assert rules.may_see(wren.viewer, ines.starts(circle, "Said in public again"))


def test_a_move_hands_nothing_to_the_members_of_the_new_parent(ines, moss, juno):
    old = ines.founds("Old parent")
    micro = ines.founds("Micro", parent=old)
    new = founding.found("New parent", by=ines.here(micro)).community
    shaping.reshape(micro, by=ines.here(micro), seen_by="parent")
    said = ines.starts(micro, "Said under the old one")
    shaping.reshape(micro, by=ines.here(micro), seen_by="everyone", found_by="everyone")
    moss.joins(old, ines)
    juno.joins(new, ines)
    assert [moss.sees(said), juno.sees(said)] == [True, False]
    shaping.move(fresh(micro), by=ines.here(micro), parent=new)
    assert [moss.sees(said), juno.sees(said), ines.sees(said)] == [False, False, True]


def test_who_leaves_with_their_posts_leaves_empty_places(ines, moss, circle):
    moss.joins(circle, ines)
    other = moss.founds("Elsewhere")
    topic = moss.starts(circle, "My grandmother's name", "Private words")
    posting.edit(topic.posts.get(), by=moss.here(circle), source="Other private words")
    answer = ines.replies(topic, "An answer")
    from coterie.talk.actions import reacting
    from coterie.talk.models import PostVersion, Reaction

    reacting.react(answer, by=moss.here(circle), emoji="💛")
    reacting.react(topic.posts.get(seq=1), by=ines.here(circle), emoji="💛")
    kept = moss.starts(other, "Stays", "Said elsewhere").posts.get()
    seat = moss.seat(circle)
    leaving.leave_and_take_posts(seat, by=seat.persona)
    post = topic.posts.get(seq=1)
    assert (post.state, post.source, post.html, post.persona) == ("erased", "", "", None)
    assert fresh(topic).title == ""
    assert fresh(topic).started_by is None
    assert not PostVersion.objects.exists()
    assert not Reaction.objects.exists()
    assert fresh(answer).source == "An answer"
    assert fresh(kept).source == "Said elsewhere"


def test_taking_many_posts_along_costs_no_more_than_taking_few(
    ines, moss, circle, topic, django_assert_max_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from coterie.talk.actions import erasing

    counts = []
    for many in (1, 12):
        seat = moss.joins(circle, ines)
        for _ in range(many):
            moss.replies(topic, by=seat.persona)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            erasing.erase_words(seat.persona_id, community_id=circle.pk)
        counts.append(len(queries))
        leaving.leave(seat, by=seat.persona)
    assert counts[0] == counts[1]


def test_who_stays_a_host_is_asked_by_the_same_words(ines, moss, circle):
    moss.joins(circle, ines)
    assert not rules.keeps_order(moss.viewer, circle)
    hosting.make_host(moss.seat(circle), by=ines.here(circle))
    assert rules.keeps_order(moss.viewer, circle)


def test_a_ban_below_closes_what_members_of_the_parent_may_see(ines, moss, juno, wren):
    parent = ines.founds("Thread and leaf")
    for person in (moss, juno):
        person.joins(parent, ines)
    micro = ines.founds("Dye", parent=parent, found_by="parent", seen_by="parent")
    topic = ines.starts(micro, "Walnut")
    ban = hosting.ban(moss.joins(micro, ines), by=ines.here(micro))
    for one in (moss, juno, wren):
        open_to = one is juno
        assert one.sees(topic) == open_to == bool(rules.may_see(one.viewer, fresh(topic)))
        assert Community.objects.visible_to(one.viewer).filter(pk=micro.pk).exists() == open_to
    # Under the persona with which they sit in the parent too, and they still know that it exists.
    assert not Conversation.objects.visible_to(moss.here(parent)).filter(pk=topic.pk).exists()
    assert moss.browser().get(topic.path).status_code == 404
    assert moss.browser().get(f"{micro.path}about/").status_code == 200
    hosting.lift(ban, by=ines.here(micro))
    assert moss.sees(topic)


def test_across_a_block_a_post_is_met_by_its_own_link_no_more_than_in_a_list(
    ines, juno, moss, circle
):
    for someone in (juno, moss):
        someone.joins(circle, ines)
    topic = ines.starts(circle)
    said = {who: who.replies(topic) for who in (juno, moss)}
    keeping_away.block(moss.seat(circle), by=juno.here(circle))
    for reader, author in ((juno, moss), (moss, juno)):
        post = fresh(said[author])
        assert reader.browser().get(post.path).status_code == 404
        with pytest.raises(Refused):
            reacting.react(post, by=reader.here(circle), emoji="💛")
        with pytest.raises(Refused):
            reader.replies(topic, reply_to=post)
        assert reader.browser().get(fresh(said[reader]).path).status_code == 200
    assert ines.browser().get(said[moss].path).status_code == 200
