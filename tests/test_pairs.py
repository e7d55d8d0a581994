"""Law 3: a rule and its query agree, for everybody of the cast and every thing there is."""

from collections import Counter

import pytest
from django.utils import timezone

from coterie.communities import rules as communities
from coterie.communities.actions import hosting, keeping_away
from coterie.communities.models import Community, Membership
from coterie.communities.reads import hidden_pairs
from coterie.gatherings import rules as gatherings
from coterie.gatherings.models import Attendance, Gathering, Occurrence
from coterie.search.questions import Question
from coterie.talk import reads
from coterie.talk import rules as talk
from coterie.talk.actions import indexing
from coterie.talk.models import (
    Conversation,
    HiddenPost,
    Kind,
    Post,
    PostState,
    ReadingPosition,
    Voice,
)
from coterie.talk.reads import everywhere, found
from coterie.talk.reads.counting import LOOKED_AT
from coterie.talk.reads.here import readable, standing, with_seen

PAIRS = {
    "see a community": (communities.may_see, Community.objects.visible_to, Community),
    "find a community": (communities.may_find, Community.objects.findable_by, Community),
    "meet a member": (communities.may_meet, Membership.objects.visible_to, Membership),
    "see a conversation": (talk.may_see, Conversation.objects.visible_to, Conversation),
    "see a gathering": (gatherings.may_see, Gathering.objects.visible_to, Gathering),
    "see a date": (gatherings.may_see_date, Occurrence.objects.visible_to, Occurrence),
    "know who comes": (gatherings.may_know_goer, Attendance.objects.visible_to, Attendance),
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
    # In the rooms something is said before they came and something after.
    for room in Conversation.objects.filter(kind=Kind.ROOM):
        last = room.posts.order_by("-seq").first()
        if last is not None:
            Post.objects.filter(pk=last.pk).update(published_at=timezone.now())
            Post.objects.create(
                conversation=room, persona=last.persona, state=PostState.HELD, client_key="held"
            )
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
        truth, places = {}, list(told.values_list("community_id", flat=True))
        for row in told.values("pk", "community_id", "last_seq", "seen", "public_id"):
            assert reads.conversation(viewer, row["public_id"]).seen == row["seen"]
            if communities.is_member(viewer, row["community_id"]):
                truth.setdefault(row["community_id"], 0)
                truth[row["community_id"]] += row["last_seq"] > row["seen"]
        counted = reads.unread_by_community(viewer)
        news += sum(counted.values())
        true = {place: n for place, n in truth.items() if n}
        # Where more moved than it looks at, it stops short of the last of them.
        crowded = {place for place, n in Counter(places).items() if n > LOOKED_AT}
        assert counted.keys() == true.keys() or _blocks(viewer)
        for place, n in counted.items():
            exact = n == true.get(place) or (place in crowded and n < true[place])
            assert exact or _blocks(viewer)
    assert shown
    assert news


def test_what_is_asked_of_all_communities_at_once_is_what_everybody_may_read(odd_corners):
    """`everywhere` says the same of conversations and posts, where posts are there at all."""
    answers = set()
    for viewer in odd_corners.viewers:
        at = everywhere.reach(viewer)
        truth = set(Conversation.objects.visible_to(viewer).values_list("pk", flat=True))
        assert set(everywhere.conversations(at).values_list("pk", flat=True)) == truth
        living = Post.objects.visible_to(viewer).filter(state__in=Post.LIVING)
        read = set(living.values_list("pk", flat=True))
        assert set(everywhere.posts(at).values_list("pk", flat=True)) == read
        answers |= {bool(read), len(read) == Post.objects.count()}
    assert answers == {True, False}


def test_everybody_finds_all_that_they_read_and_nothing_else(odd_corners):
    """Search is one of the ways in which the same posts are read."""
    list(indexing.mend())
    HiddenPost.objects.create(
        post=Post.objects.filter(seq=1).first(), persona=odd_corners.personas["wildfern"]
    )
    sizes, apart = set(), 0
    for viewer in odd_corners.viewers:
        living = Post.objects.visible_to(viewer).filter(state__in=Post.LIVING)
        read = set(living.values_list("public_id", flat=True))
        away = set(living.filter(hidden_from__persona__in=viewer.ids).values_list("pk", flat=True))
        away |= {
            pk
            for where, who in hidden_pairs(viewer)
            for pk in living.filter(
                conversation__community=where, persona=who, voice=Voice.OWN
            ).values_list("pk", flat=True)
        }
        met = read - set(Post.objects.filter(pk__in=away).values_list("public_id", flat=True))
        assert all_found(viewer) == met
        sizes.add(len(met))
        apart += len(away)
        for home in Conversation.objects.exclude(title=""):
            read = Conversation.objects.visible_to(viewer).filter(pk=home.pk).exists()
            pair = (home.community_id, home.started_by_id)
            kept_apart = pair in hidden_pairs(viewer) and home.voice == Voice.OWN
            listed = {row["pk"] for row in found.titles(viewer, asking(home.title))}
            assert (home.pk in listed) == (read and not kept_apart), (home, viewer)
    assert len(sizes) > 3, "all find the same: nothing is proved"
    assert apart


def asking(*texts):
    from coterie.search.questions import terms

    return found.Wish(Question(every=terms(texts)))


def all_found(viewer):
    """The public ids of all that is found without a word asked for, page by page."""
    ids, after, pages = [], "", 0
    while True:
        page = found.posts(viewer, asking(), after)
        ids += [row["public_id"] for row in page.rows]
        after, pages = page.after, pages + 1
        if not after:
            assert len(ids) == len(set(ids))
            return set(ids)


def _blocks(viewer):
    from coterie.communities.reads import hidden_pairs

    return bool(hidden_pairs(viewer))
