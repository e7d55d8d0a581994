"""What an earlier renderer drew is drawn anew, and nobody notices."""

import time

import pytest
from django.db import connection

from coterie.communities.actions import leaving
from coterie.communities.models import Community, Membership
from coterie.personas.models import Persona
from coterie.pure.markup import RENDERER, Text
from coterie.talk.actions import erasing, holding, keeping_order, moving, posting, redrawing
from coterie.talk.models import Conversation, Post, PostVersion, Voice
from coterie.talk.tests.speaking import Speaker
from coterie.talk.tests.test_racing import at_once

pytestmark = pytest.mark.django_db
OLD = '<p dir="auto">Ask <a class="mention" href="/p/x/members/gone/">@somebody</a></p>'


@pytest.fixture
def topic():
    ines = Speaker("ines")
    return ines, ines.starts(ines.founds())


def grow_old(*posts):
    Post.objects.filter(pk__in=[post.pk for post in posts]).update(renderer=2, html=OLD)


def test_names_that_were_linked_are_words_and_nothing_else_is_different(topic):
    ines, topic = topic
    post = ines.replies(topic, "Ask @somebody", voice=Voice.HOSTS, note="moths")
    right = Post.objects.get(pk=post.pk).html
    folded = right.replace("Ask @somebody", OLD[14:-4])
    Post.objects.filter(pk=post.pk).update(renderer=2, html=folded)
    before = Post.objects.values().get(pk=post.pk)
    rev = Conversation.objects.values().get(pk=topic.pk)
    assert redrawing.redraw() == 1
    assert Post.objects.values().get(pk=post.pk) == before | {"html": right, "renderer": RENDERER}
    assert "moths" in right
    assert Conversation.objects.values().get(pk=topic.pk) == rev
    assert redrawing.redraw() == 0


def test_earlier_versions_are_drawn_anew_also_of_what_was_removed(topic):
    ines, topic = topic
    post = ines.replies(topic, "Ask @somebody")
    posting.edit(Post.objects.get(pk=post.pk), by=ines.here(topic.community), source="No.")
    keeping_order.remove_post(Post.objects.get(pk=post.pk), by=ines.here(topic.community))
    PostVersion.objects.filter(source="Ask @somebody").update(html=OLD)
    Post.objects.filter(pk=post.pk).update(renderer=1)
    assert redrawing.redraw() == 1
    assert "<a" not in PostVersion.objects.get(source="Ask @somebody").html
    assert Post.objects.get(pk=post.pk).html == ""


@pytest.fixture
def juno(topic):
    ines, topic = topic
    juno = Speaker("juno")
    juno.joins(topic.community, ines, name="Juno")
    return juno


def renamed(member, name, community):
    Persona.objects.filter(pk=member.here(community).pk).update(name=name)


def drawn_anew(post):
    """How it looks once it was drawn by an earlier renderer and then by today's."""
    Post.objects.filter(pk=post.pk).update(renderer=2)
    assert redrawing.redraw() == 1
    return Post.objects.get(pk=post.pk).html


def test_a_name_stays_linked_to_who_bears_it_still(topic, juno):
    ines, topic = topic
    post = ines.replies(topic, 'Ask @juno, @"salt & thistle" and [her](https://x.org/members/x/).')
    assert f"/members/{juno.seat(topic.community).public_id}/" in post.html
    assert drawn_anew(post) == post.html


def test_nobody_who_took_the_name_since_is_linked(topic):
    ines, topic = topic
    post = ines.replies(topic, "Ask @juno.")
    by = ines.here(topic.community)
    posting.edit(Post.objects.get(pk=post.pk), by=by, source="Ask @juno!")
    Speaker("late").joins(topic.community, ines, name="Juno")
    assert "<a" not in drawn_anew(post)
    assert "<a" not in PostVersion.objects.get().html


def test_two_who_swapped_their_names_are_not_taken_for_each_other(topic, juno):
    ines, topic = topic
    moss = Speaker("moss")
    moss.joins(topic.community, ines, name="Moss")
    post = ines.replies(topic, "Ask @juno and @moss.")
    assert post.html.count("<a") == 2
    renamed(juno, "Moss", topic.community)
    renamed(moss, "Juno", topic.community)
    assert "<a" not in drawn_anew(post)


def leave(juno, community):
    leaving.leave(juno.seat(community), by=juno.here(community))


def hide(juno, community):
    Membership.objects.filter(pk=juno.seat(community).pk).update(hidden=True)


@pytest.mark.parametrize("go", [leave, hide])
@pytest.mark.parametrize("voice", Voice)
def test_who_left_or_is_not_met_by_all_is_not_linked_any_more(topic, juno, go, voice):
    ines, topic = topic
    Community.objects.filter(pk=topic.community_id).update(anonymous_voice=True)
    post = ines.replies(topic, "Ask @juno.", voice=voice)
    assert 'class="mention"' in post.html
    go(juno, topic.community)
    assert "<a" not in drawn_anew(post)


def test_a_name_that_is_no_link_asks_for_nobody(topic, juno, django_assert_num_queries):
    ines, topic = topic
    post = ines.replies(topic, "Ask @juno.")
    post.html = post.html.replace("mention", "")
    with django_assert_num_queries(0):
        assert redrawing._called_still(post.html, topic.community) == {}


def test_what_was_changed_before_its_turn_has_its_versions_drawn_anew_too(topic):
    ines, topic = topic
    post = ines.replies(topic, "Ask @somebody")
    grow_old(post)
    by = ines.here(topic.community)
    posting.edit(Post.objects.get(pk=post.pk), by=by, source="No.")
    assert PostVersion.objects.get().html == OLD
    assert redrawing.redraw() == 1
    assert "<a" not in PostVersion.objects.get().html
    assert "No." in Post.objects.get(pk=post.pk).html


def test_one_that_breaks_the_renderer_stays_as_it_is_and_stops_none_behind_it(
    topic, monkeypatch, caplog
):
    ines, topic = topic
    broken, fine = (ines.replies(topic, said) for said in ("A secret @somebody", "Ask @somebody"))
    grow_old(broken, fine)

    def stumbling(source):
        if "secret" in source:
            raise RecursionError(source)
        return Text(source)

    monkeypatch.setattr(redrawing, "Text", stumbling)
    assert redrawing.redraw() == 2
    assert redrawing.redraw() == 0
    assert Post.objects.get(pk=broken.pk).html == OLD
    assert "<a" not in Post.objects.get(pk=fine.pk).html
    assert f"post {broken.pk} stays as it was drawn: RecursionError" in caplog.text
    assert "secret" not in caplog.text


@pytest.mark.django_db(transaction=True)
def test_each_is_drawn_while_nobody_waits_and_kept_by_itself(topic, monkeypatch):
    ines, topic = topic
    grow_old(*[ines.replies(topic, f"Ask @somebody {n}") for n in range(3)])
    held, keep = [], redrawing._keep

    class Watched(Text):
        def __init__(self, source):
            assert not connection.in_atomic_block
            super().__init__(source)

    def watching(drawn):
        assert not connection.in_atomic_block
        held.append(drawn.post.pk)
        keep(drawn)

    monkeypatch.setattr(redrawing, "Text", Watched)
    monkeypatch.setattr(redrawing, "_keep", watching)
    assert redrawing.redraw() == len(held) == 3


@pytest.fixture
def many(topic):
    ines, topic = topic
    posts = [ines.replies(topic, f"Ask @somebody {n}") for n in range(12)]
    for post in posts:
        PostVersion.objects.create(post=post, source="Ask @somebody", html=OLD)
    grow_old(*posts)
    return posts


@pytest.mark.django_db(transaction=True)
def test_edits_at_the_same_moment_lose_nothing(topic, many):
    ines, topic = topic
    by, lost = ines.here(topic.community), []

    def edit():
        for post in reversed(many):
            try:
                posting.edit(Post.objects.get(pk=post.pk), by=by, source=f"Mine {post.pk}")
            except holding.ChangedMeanwhile:
                lost.append(post.pk)

    at_once(redrawing.redraw, edit)
    redrawing.redraw()
    for post in Post.objects.filter(pk__in=[post.pk for post in many]):
        assert post.renderer == RENDERER
        assert (f"Mine {post.pk}" in post.html) == (post.pk not in lost)
        assert not post.versions.filter(html=OLD).exists()
        assert "<a" not in post.html


@pytest.mark.django_db(transaction=True)
def test_neither_a_move_nor_an_erasure_at_the_same_moment_waits_in_a_circle(topic, many):
    ines, topic = topic
    by = ines.here(topic.community)
    there = ines.founds(name="There", persona=by)

    def move():
        moving.move(Conversation.objects.get(pk=topic.pk), to=there, by=by)

    def erase():
        erasing.erase_words(by.pk)

    at_once(redrawing.redraw, move)
    Post.objects.update(renderer=2)
    at_once(redrawing.redraw, erase)
    redrawing.redraw()
    assert not Post.objects.filter(renderer__lt=RENDERER).exists()
    assert not PostVersion.objects.exists()


def test_it_goes_on_where_it_stopped_and_leaves_what_was_brought(topic, monkeypatch):
    ines, topic = topic
    posts = [ines.replies(topic, f"Ask @somebody {n}") for n in range(5)]
    grow_old(*posts)
    Post.objects.filter(pk=posts[4].pk).update(brought=True)
    monkeypatch.setattr(redrawing, "AT_ONCE", 2)
    monkeypatch.setattr(redrawing, "SECONDS", 0)
    assert redrawing.redraw() == 0
    assert redrawing._redraw_some(time.monotonic() + 60) == 2
    monkeypatch.setattr(redrawing, "SECONDS", 60)
    assert redrawing.redraw() == 3
    assert not Post.objects.filter(renderer__lt=RENDERER).exists()
    told = Post.objects.filter(pk__in=[post.pk for post in posts]).order_by("pk")
    assert [post.html == OLD for post in told] == [False] * 4 + [True]


def say_other_words(post, by):
    posting.edit(Post.objects.get(pk=post.pk), by=by, source="Mine")


def only_touch_it(post, by):
    # As an edit of nothing but its photos does: the same words, and one version more.
    now = Post.objects.get(pk=post.pk)
    before = PostVersion.objects.create(post=now, source=now.source, html=now.html)
    Post.objects.filter(pk=post.pk).update(edited_at=before.until)


@pytest.mark.parametrize("change", [say_other_words, only_touch_it])
def test_whoever_changes_it_meanwhile_wins(topic, monkeypatch, change):
    ines, topic = topic
    post = ines.replies(topic, "Ask @somebody")
    grow_old(post)
    keep, changed = redrawing._keep, []

    def meanwhile(drawn):
        if not changed:
            changed.append(change(post, ines.here(topic.community)))
        keep(drawn)

    monkeypatch.setattr(redrawing, "_keep", meanwhile)
    monkeypatch.setattr(redrawing, "SECONDS", 60)
    assert redrawing.redraw() == 2
    now = Post.objects.get(pk=post.pk)
    assert ("Mine" in now.html) == (change is say_other_words)
    assert "<a" not in now.html + PostVersion.objects.get().html
