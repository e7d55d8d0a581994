"""Law 3: a rule and its query agree, for everybody of the cast and every thing there is."""

import pytest
from django.utils import timezone

from coterie.communities import rules as communities
from coterie.communities.actions import hosting, keeping_away
from coterie.communities.models import Community, Membership
from coterie.talk import reads
from coterie.talk import rules as talk
from coterie.talk.models import Conversation, Post, PostState, ReadingPosition
from coterie.talk.reads.here import readable, standing, with_seen

PAIRS = {
    "see a community": (communities.may_see, Community.objects.visible_to, Community),
    "find a community": (communities.may_find, Community.objects.findable_by, Community),
    "meet a member": (communities.may_meet, Membership.objects.visible_to, Membership),
    "see a conversation": (talk.may_see, Conversation.objects.visible_to, Conversation),
    "read a post": (talk.may_read, Post.objects.visible_to, Post),
}
"""A rule for one thing, the query for all of them, and the things."""


@pytest.fixture
def odd_corners(cast):
    """What the cast's lively places lack: the empty, the held, the circle's, the late-comer's."""
    mending = cast.communities["mending"]
    conversations = list(Conversation.objects.filter(community=mending).order_by("pk"))
    Conversation.objects.filter(pk=conversations[0].pk).update(last_seq=0)
    waiting = Post.objects.filter(conversation__community=mending, seq__gt=1).first()
    Post.objects.filter(pk=waiting.pk).update(state=PostState.HELD, seq=None, after_seq=1)
    unsent = Post.objects.filter(conversation__community=mending, seq__gt=1).last()
    Post.objects.filter(pk=unsent.pk).update(state=PostState.SCHEDULED, seq=None, after_seq=1)
    Membership.objects.filter(persona=cast.personas["marrow"]).update(history_from=timezone.now())
    street = cast.communities["street"]
    Community.objects.filter(pk=street.pk).update(closed_at=timezone.now())
    # Apart: two of one circle. Hidden: one. Shut out: one who still sits in the parent.
    keeping_away.block(cast.seat("Juno", "mending"), by=cast.personas["wildfern"])
    Membership.objects.filter(persona=cast.personas["salt & thistle"]).update(hidden=True)
    hosting.ban(cast.seat("hazel", "dye"), by=cast.personas["Sam"])
    return cast


@pytest.mark.parametrize("name", PAIRS)
def test_the_rule_and_the_query_agree(odd_corners, name):
    rule, query, model = PAIRS[name]
    things = list(model.objects.all())
    answers = set()
    for viewer in odd_corners.viewers:
        listed = set(query(viewer).values_list("pk", flat=True))
        for thing in things:
            allowed = bool(rule(viewer, thing))
            assert (thing.pk in listed) == allowed, (name, viewer, thing)
            answers.add(allowed)
    assert answers == {True, False}, "a law that everybody passes, or nobody, proves nothing"


@pytest.mark.parametrize("name", PAIRS)
def test_the_query_lists_each_thing_once(odd_corners, name):
    _, query, _ = PAIRS[name]
    for viewer in odd_corners.viewers:
        listed = list(query(viewer).values_list("pk", flat=True))
        assert len(listed) == len(set(listed)), (name, viewer)


def test_each_query_that_reads_for_somebody_is_in_the_table():
    """A new `visible_to` or `findable_by` comes with its rule."""
    from django.apps import apps

    found = {
        (model, way)
        for model in apps.get_models()
        if model.__module__.startswith("coterie.")
        for way in ("visible_to", "findable_by")
        if hasattr(model.objects, way)
    }
    known = {(model, query.__name__) for _, query, model in PAIRS.values()}
    assert found == known


def test_what_the_hot_pages_ask_of_one_community_is_what_everybody_may_read(odd_corners):
    """`here.readable` and its `seen` say of one community what the queries say of all."""
    for number, conversation in enumerate(Conversation.objects.order_by("pk")):
        for seat in Membership.objects.living().filter(community=conversation.community_id):
            if number % 3:
                ReadingPosition.objects.update_or_create(
                    persona=seat.persona,
                    conversation=conversation,
                    defaults={"read_seq": number % 4},
                )
    shown, news = 0, 0
    for viewer in odd_corners.viewers:
        told = Conversation.objects.visible_to(viewer).with_seen(viewer)
        for place in Community.objects.all():
            at = standing(viewer, place.pk, place.parent_id)
            truth = set(told.filter(community=place).values_list("pk", "seen"))
            assert set(with_seen(readable(at), at).values_list("pk", "seen")) == truth
            shown += len(truth)
        truth = {}
        for row in told.values("pk", "community_id", "last_seq", "seen", "public_id"):
            assert reads.conversation(viewer, row["public_id"]).seen == row["seen"]
            if communities.is_member(viewer, row["community_id"]):
                truth.setdefault(row["community_id"], 0)
                truth[row["community_id"]] += row["last_seq"] > row["seen"]
        counted = reads.unread_by_community(viewer)
        news += sum(counted.values())
        assert counted == {place: n for place, n in truth.items() if n} or _blocks(viewer)
    assert shown
    assert news


def _blocks(viewer):
    from coterie.communities.reads import hidden_pairs

    return bool(hidden_pairs(viewer))
