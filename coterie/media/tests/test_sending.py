"""Sending a photo, using it, and what is left when it goes."""

import json
import os
import time
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from coterie.communities.models import Community
from coterie.core.verdict import Refused
from coterie.media import shelf as shelves
from coterie.media.actions import covering, sending, using
from coterie.media.models import Picture
from coterie.media.tests import photos
from coterie.media.views import FILE

pytestmark = pytest.mark.django_db


def prints(shelf):
    return [file for file in shelf.rglob("*") if file.is_file()]


def posted(who, community, content, called=photos.CALLED):
    file = photos.uploaded(content, called)
    return who.browser().post(f"{community.path}media/", {"photo": file})


def status(who, picture, side=320):
    return who.browser().get(f"{picture.path}{side}.webp").status_code


@pytest.mark.parametrize("kind", photos.KINDS)
def test_nothing_a_phone_told_is_on_the_disk_in_a_row_or_in_an_answer(kind, circle, ines, shelf):
    answer = posted(ines, circle, photos.photo(kind), f"{photos.MARK}.{kind}")
    told = answer.json()
    assert (answer.status_code, len(prints(shelf))) == (201, 3)
    kept = [file.read_bytes() for file in prints(shelf)] + [str(prints(shelf)).encode()]
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM media_picture")
        kept += [str(cursor.fetchall()).encode(), json.dumps(told).encode()]
    for mark in (photos.MARK, "2026:05:04", "Fern"):
        for code in ("ascii", "utf-16-le", "utf-16-be"):
            assert not any(mark.encode(code) in each for each in kept)
    assert {told["width"], told["height"]} == {300, 400}
    assert told["path"] == f"/m/{Picture.objects.get().public_id}/"


@pytest.mark.parametrize(
    "content", [b"<svg/>", photos.photo("jpg")[:3000], photos.flat_png(8000, 7000)]
)
def test_of_what_is_no_photo_nothing_is_left(content, circle, ines, shelf):
    answer = posted(ines, circle, content)
    assert answer.status_code == 422
    assert answer.json()["sentence"].endswith(".")
    assert (Picture.objects.count(), prints(shelf)) == (0, [])


def test_what_is_too_large_is_not_even_opened(circle, ines, settings, monkeypatch):
    settings.LARGEST_PHOTO = 1000
    monkeypatch.setattr(sending, "_developed", lambda photo: pytest.fail("opened"))
    assert "too large" in posted(ines, circle, photos.photo("jpg")).json()["sentence"]


def test_only_who_sits_here_may_send(circle, ines, wren, shelf):
    assert posted(wren, circle, photos.photo("png")).status_code == 404
    assert posted(ines, circle, b"").status_code == 422
    with pytest.raises(Refused):
        sending.send(photos.uploaded(b""), by=wren.persona(), community=circle)
    assert not prints(shelf)


def test_what_waits_is_its_senders_alone(circle, ines, moss, sent):
    moss.joins(circle, ines)
    waiting = sent(moss, circle)
    assert [status(who, waiting) for who in (moss, ines)] == [200, 404]
    alt = moss.browser().post(f"{waiting.path}alt/", {"alt": "  A fern. "})
    assert (alt.status_code, Picture.objects.get().alt) == (204, "A fern.")
    for door in ("alt", "removal"):
        assert ines.browser().post(f"{waiting.path}{door}/").status_code == 404
    assert Picture.objects.get().alt == "A fern."


def test_what_is_thrown_away_is_gone_with_its_prints(
    circle, ines, sent, shelf, django_capture_on_commit_callbacks
):
    waiting = sent(ines, circle)
    with django_capture_on_commit_callbacks(execute=True):
        assert ines.browser().post(f"{waiting.path}removal/").status_code == 204
    assert (Picture.objects.count(), prints(shelf)) == (0, [])


def test_what_nobody_used_within_a_day_is_swept_and_nothing_else(
    circle, ines, sent, shelf, django_capture_on_commit_callbacks
):
    old, used, fresh = (sent(ines, circle) for _ in range(3))
    using.attach(
        [used.public_id], by=ines.here(circle), community=circle, guard="talk.post", subject=1
    )
    late = timezone.now() - timedelta(hours=25)
    Picture.objects.filter(pk__in=[old.pk, used.pk]).update(made_at=late)
    with django_capture_on_commit_callbacks(execute=True):
        assert using.sweep() == 1
    assert set(Picture.objects.all()) == {used, fresh}
    assert len(prints(shelf)) == 6


def test_prints_that_a_crash_left_are_swept_after_an_hour(circle, ines, sent, shelf):
    kept = sent(ines, circle)
    shelves.put(circle.public_id, "left", {320: b"x"})
    assert using.sweep() == 0
    for folder in (shelf / circle.public_id).iterdir():
        os.utime(folder, (time.time() - 4000, time.time() - 4000))
    assert using.sweep() == 1
    assert [file.parent.name for file in prints(shelf)] == [kept.public_id] * 3


def test_a_picture_is_used_once_by_its_sender_and_in_its_community(circle, ines, moss, sent):
    moss.joins(circle, ines)
    elsewhere = ines.founds("Elsewhere")
    waiting = sent(ines, circle)

    def attach(by, community):
        using.attach([waiting.public_id], by=by, community=community, guard="talk.post", subject=1)

    for by, community in ((moss.here(circle), circle), (ines.here(elsewhere), elsewhere)):
        with pytest.raises(Refused):
            attach(by, community)
    attach(ines.here(circle), circle)
    with pytest.raises(Refused):
        attach(ines.here(circle), circle)


def test_a_guard_that_nobody_posted_lets_nobody_in(circle, ines, sent):
    used = sent(ines, circle)
    assert status(ines, used) == 200
    Picture.objects.update(guard="no.such", subject=1)
    assert status(ines, used) == 404


def test_what_goes_out_tells_nothing_of_the_content_or_of_when_it_was_sent(circle, ines, sent):
    picture = sent(ines, circle)
    answer = ines.browser().get(f"{picture.path}960.webp")
    assert answer[FILE] == f"{circle.public_id}/{picture.public_id}/960.webp"
    assert answer["ETag"] == f'"{picture.public_id}-960"'
    assert answer["Cache-Control"].startswith("private")
    assert "Last-Modified" not in answer
    assert status(ines, picture, side=500) == 404


def test_a_cover_is_for_whoever_may_find_the_place_and_one_replaces_the_other(
    ines, wren, sent, shelf, django_capture_on_commit_callbacks
):
    place = ines.founds("Open garden", preset="forum")
    secret = ines.founds("Night garden", preset="close_circle")
    for community in (place, secret, place):
        with django_capture_on_commit_callbacks(execute=True):
            made = sent(ines, community)
            covering.cover(community, made, by=ines.here(community), at="top")
    assert (Picture.objects.count(), len(prints(shelf))) == (2, 6)
    shown, kept = (Picture.objects.get(community=each) for each in (place, secret))
    assert [status(wren, each) for each in (shown, kept)] == [200, 404]
    assert Community.objects.get(pk=place.pk).cover_path == f"{shown.path}960.webp"
    with django_capture_on_commit_callbacks(execute=True):
        covering.uncover(place, by=ines.here(place))
    assert Community.objects.get(pk=place.pk).cover_path == ""
    assert len(prints(shelf)) == 3


def test_a_member_who_is_no_host_sets_no_cover(circle, ines, moss, sent):
    moss.joins(circle, ines)
    made = sent(moss, circle)
    with pytest.raises(Refused):
        covering.cover(circle, made, by=moss.here(circle), at="top")
    assert moss.browser().get(f"{circle.path}settings/cover/").status_code == 403
    assert Community.objects.get(pk=circle.pk).cover == ""


def test_erasing_takes_what_one_sent_and_leaves_the_community_its_cover(
    circle, ines, sent, shelf, django_capture_on_commit_callbacks
):
    covering.cover(circle, sent(ines, circle), by=ines.here(circle), at="top")
    sent(ines, circle)
    with django_capture_on_commit_callbacks(execute=True):
        assert using.erase(ines.here(circle).pk) == 1
    assert Picture.objects.get().persona is None
    assert len(prints(shelf)) == 3
