"""A topic moves to another community, with everybody who spoke in it, or it stays."""

from datetime import timedelta

import pytest
from django.utils import timezone

from coterie.communities.models import Community
from coterie.core.verdict import Refused
from coterie.media import shelf
from coterie.media.models import Picture
from coterie.talk import guards
from coterie.talk.actions import (
    drafting,
    indexing,
    moving,
    planning,
    posting,
    reacting,
    rearranging,
    wording,
)
from coterie.talk.models import Conversation, Glimpse, Planned, Post, Said, Voice
from coterie.talk.tests.speaking import Speaker, fresh
from coterie.talk.tests.test_rearranging import lasting, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def there(ines, circle, member):
    """Another community, where ines hosts and moss is a member, as the same personas."""
    from coterie.communities.actions import founding, inviting, joining

    found = founding.found("There", by=ines.here(circle), preset="private_group").community
    link = inviting.invite(found, by=ines.here(circle), policy="trusted")
    joining.ask_to_join(
        fresh(found), by=member.viewer, persona=member.here(circle), invitation=link
    )
    return fresh(found)


def test_a_topic_moves_with_everybody_who_spoke_in_it(ines, member, circle, there, topic):
    said = member.replies(topic)
    moving.move(topic, to=there, by=ines.here(circle))
    now = fresh(topic)
    assert now.community_id == there.pk
    assert now.see == "members"
    assert member.sees(topic)
    assert member.browser().get(topic.path).status_code == 200
    assert member.browser().get(said.path).status_code == 200


def test_who_is_not_a_member_there_reads_it_no_more(ines, member, juno, circle, there, topic):
    juno.joins(circle, ines)
    assert juno.sees(topic)
    versions = fresh(circle).access_version
    moving.move(topic, to=there, by=ines.here(circle))
    assert not juno.sees(topic)
    assert juno.browser().get(topic.path).status_code == 404
    assert fresh(there).access_version > versions, "also an open page of theirs is asked again"


def test_it_stays_where_somebody_who_spoke_would_not_come_along(
    ines, member, juno, circle, there, topic
):
    juno.joins(circle, ines)
    juno.replies(topic)
    with pytest.raises(Refused, match="Not everybody who spoke here is a member there"):
        moving.move(topic, to=there, by=ines.here(circle))
    assert fresh(topic).community_id == circle.pk


def test_it_stays_where_somebody_spoke_without_a_name_member_there_or_not(
    ines, member, juno, circle, there, topic
):
    """Else a host could try out who it was."""
    Community.objects.filter(pk=circle.pk).update(anonymous_voice=True)
    juno.joins(circle, ines)
    sentences = set()
    for who in (member, juno):
        said = who.replies(topic, voice=Voice.MEMBER)
        with pytest.raises(Refused) as refused:
            moving.move(topic, to=there, by=ines.here(circle))
        sentences.add(refused.value.sentence)
        posting.retract(lasting(said), by=who.here(circle))
    assert len(sentences) == 1
    moving.move(topic, to=there, by=ines.here(circle))


def test_photos_move_with_their_post_and_lie_nowhere_else(
    ines, circle, there, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.DATA = tmp_path
    by = ines.here(circle)
    size = {"width": 4, "height": 3, "thumbhash": "", "bytes": 5}
    photo = Picture.objects.create(persona=by, community=circle, **size)
    shelf.put(circle.public_id, photo.public_id, {320: b"print"})
    topic = ines.starts(circle, photos=[photo.public_id])
    with django_capture_on_commit_callbacks(execute=True):
        moving.move(topic, to=there, by=by)
    assert shelf.file_of(there.public_id, photo.public_id, 320).read_bytes() == b"print"
    assert not shelf.file_of(circle.public_id, photo.public_id, 320).exists()
    assert fresh(photo).community_id == there.pk


@pytest.mark.parametrize("sensitive", [False, True])
def test_previews_of_links_come_along_but_into_no_community_without_them(
    ines, circle, there, topic, sensitive
):
    Community.objects.filter(pk=there.pk).update(sensitive=sensitive)
    post = ines.replies(topic, "https://ferns.example/")
    Post.objects.filter(pk=post.pk).update(card='{"title": "Ferns"}')
    Glimpse.objects.create(post=post, key="k" * 64, looked_at=timezone.now())
    size = {"width": 4, "height": 3, "thumbhash": "", "bytes": 5}
    shown = Picture.objects.create(guard=guards.CARD, subject=post.pk, community=circle, **size)
    moving.move(topic, to=there, by=ines.here(circle))
    assert bool(fresh(post).card) is not sensitive
    assert Glimpse.objects.filter(post=post).exists() is not sensitive
    found = Picture.objects.filter(pk=shown.pk)
    assert [each.community_id for each in found] == ([] if sensitive else [there.pk])


def test_what_was_begun_moves_with_its_photos(
    ines, member, circle, there, topic, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.DATA = tmp_path
    size = {"width": 4, "height": 3, "thumbhash": "", "bytes": 5}
    mine, hers = (
        Picture.objects.create(persona=who.here(circle), community=circle, **size)
        for who in (member, ines)
    )
    for photo in (mine, hers):
        shelf.put(circle.public_id, photo.public_id, {320: b"print"})
    named = [mine.public_id, hers.public_id]
    drafting.keep(topic, by=member.here(circle), source="begun", photos=named)
    with django_capture_on_commit_callbacks(execute=True):
        moving.move(topic, to=there, by=ines.here(circle))
    assert fresh(mine).community_id == there.pk
    assert shelf.file_of(there.public_id, mine.public_id, 320).read_bytes() == b"print"
    assert fresh(hers).community_id == circle.pk, "nobody takes another's photo along"


def test_what_waits_to_be_said_in_it_moves_with_its_photos(
    ines, circle, there, topic, elbows, settings, tmp_path
):
    settings.DATA = tmp_path
    by, size = ines.here(circle), {"width": 4, "height": 3, "thumbhash": "", "bytes": 5}
    photo = Picture.objects.create(persona=by, community=circle, **size)
    shelf.put(circle.public_id, photo.public_id, {320: b"print"})
    at = timezone.now() + timedelta(days=1)
    for place, shown in ((topic, [photo.public_id]), (elbows, [])):
        key = place.public_id
        planning.plan_answer(
            fresh(place), Said("Later.", photos=shown), by=by, at=at, client_key=key
        )
    rearranging.merge(fresh(elbows), into=fresh(topic), by=by)
    moving.move(fresh(topic), to=there, by=by)
    for planned in Planned.objects.all():
        assert planned.community_id == there.pk
        worded = wording.worded(planned.said, planned.community)
        planning.carry_out(planned, worded, by=by)
    assert words(topic)[-2:] == ["Later.", "Later."]
    assert Post.objects.get(photos=1).conversation_id == topic.pk


def test_only_who_keeps_order_in_both_moves(ines, member, circle, there, topic):
    with pytest.raises(Refused):
        moving.move(topic, to=there, by=member.here(circle))
    elsewhere = Speaker("olga").founds(name="Elsewhere")
    with pytest.raises(Refused):
        moving.move(topic, to=elsewhere, by=ines.here(circle))


def test_pages_do_it_and_say_kindly_why_not(ines, member, juno, circle, there, topic, elbows):
    browser = ines.browser()
    said = member.replies(elbows, "apart")
    answer = browser.post(f"{said.path}splitting/", {"title": "Apart", "which": "onward"})
    new = Conversation.objects.get(title="Apart")
    assert answer["Location"] == new.path
    page = browser.get(f"{topic.path}merging/").content.decode()
    assert "Elbows again" in page
    answer = browser.post(f"{new.path}merging/", {"address": f"https://x{elbows.path}?at=1"})
    assert answer["Location"] == elbows.path
    juno.joins(circle, ines)
    juno.replies(topic)
    answer = browser.post(f"{topic.path}moving/", {"to": there.public_id})
    assert answer.status_code == 422
    assert "is a member there" in answer.content.decode()
    assert browser.post(f"{elbows.path}moving/", {"to": there.public_id}).status_code == 302
    assert fresh(elbows).community_id == there.pk


def test_reactions_and_photos_do_not_mind(ines, member, circle, topic, elbows):
    said = member.replies(topic)
    reacting.react(lasting(said), by=ines.here(circle), emoji="💛")
    rearranging.merge(fresh(topic), into=fresh(elbows), by=ines.here(circle))
    assert fresh(said).reactions.count() == 1


def test_it_is_found_where_it_is_now(ines, member, circle, there, topic, elbows):
    said = member.replies(topic, "zigzag")
    new = rearranging.split_onward(lasting(said), by=ines.here(circle), title="Apart")
    assert not indexing.is_wrong()
    rearranging.merge(fresh(topic), into=fresh(elbows), by=ines.here(circle))
    assert not indexing.is_wrong()
    moving.move(new, to=there, by=ines.here(circle))
    assert not indexing.is_wrong()
    assert sum(wrong for _looked, wrong in indexing.mend()) == 0
