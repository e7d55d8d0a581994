"""Posts with photos: who sees them, in which order, and that they go with their post."""

from io import BytesIO

import pytest

from coterie.communities.actions import leaving
from coterie.communities.models import Community
from coterie.communities.tests.people import seven_seconds_pass
from coterie.core.verdict import Refused
from coterie.media.models import Picture
from coterie.media.tests import photos
from coterie.talk import reads
from coterie.talk.actions import keeping_order, posting
from coterie.talk.models import Conversation, Post

pytestmark = pytest.mark.django_db


def prints(shelf):
    return list(shelf.rglob("*.webp"))


def statuses(picture, *people):
    return [who.browser().get(f"{picture.path}320.webp").status_code for who in people]


def small():
    out = BytesIO()
    photos.scene(40, 30).save(out, "PNG")
    return photos.uploaded(out.getvalue())


@pytest.fixture
def pictured(moss, ines, circle, topic, sent):
    """A post of moss with one photo, and the photo."""
    moss.joins(circle, ines)
    picture = sent(moss, circle, alt="A sashiko elbow.")
    return moss.replies(topic, "Look.", photos=[picture.public_id]), picture


def test_photos_are_for_whoever_reads_the_post(pictured, ines, moss, wren):
    _post, picture = pictured
    assert statuses(picture, ines, moss, wren) == [200, 200, 404]


def test_what_waits_for_a_host_shows_its_photos_to_its_author_and_the_hosts(
    ines,
    moss,
    juno,
    circle,
    topic,
    sent,
):
    for who in (moss, juno):
        who.joins(circle, ines)
    Community.objects.filter(pk=circle.pk).update(posted_by="approved")
    picture = sent(moss, circle)
    post = moss.replies(topic, "Look.", photos=[picture.public_id])
    assert statuses(picture, ines, moss, juno) == [200, 200, 404]
    posting.publish(post, by=ines.here(circle))
    assert statuses(picture, juno) == [200]


def test_what_is_taken_back_takes_its_photos_along(
    pictured,
    moss,
    circle,
    topic,
    shelf,
    django_capture_on_commit_callbacks,
):
    post, _picture = pictured
    assert len(prints(shelf)) == 3
    with django_capture_on_commit_callbacks(execute=True):
        posting.retract(post, by=moss.here(circle))
    assert (Picture.objects.count(), prints(shelf), Post.objects.get(pk=post.pk).photos) == (
        0,
        [],
        0,
    )


def test_who_leaves_with_their_words_leaves_no_photo(
    pictured,
    moss,
    circle,
    shelf,
    django_capture_on_commit_callbacks,
):
    with django_capture_on_commit_callbacks(execute=True):
        leaving.leave_and_take_posts(moss.seat(circle), by=moss.here(circle))
    assert (Picture.objects.count(), prints(shelf)) == (0, [])


def test_of_a_removed_post_only_the_hosts_see_photos_and_they_can_put_it_back(
    pictured, ines, moss, circle
):
    post, picture = pictured
    keeping_order.remove_post(post, by=ines.here(circle))
    assert statuses(picture, ines, moss) == [200, 404]
    post.refresh_from_db()
    keeping_order.restore_post(post, by=ines.here(circle))
    assert statuses(picture, moss) == [200]


def test_a_page_asks_once_for_photos_where_there_are_some_and_never_where_there_are_none(
    ines,
    circle,
    topic,
    sent,
    django_assert_num_queries,
):
    def queries():
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        found = Conversation.objects.with_seen(ines.viewer).get(pk=topic.pk)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            page = reads.topic(ines.viewer, found, whole=True)
        return page, sum("media_picture" in each["sql"] for each in seen)

    assert queries()[1] == 0
    for _ in range(3):
        pictures = [sent(ines, circle).public_id for _ in range(2)]
        ines.replies(topic, "Look.", photos=pictures[::-1])
    page, asked = queries()
    assert asked == 1
    assert [photo["id"] for photo in page.posts[-1]["photos"]] == pictures[::-1]


def test_without_scripts_photos_come_with_the_form_and_need_no_words(moss, ines, circle, topic):
    moss.joins(circle, ines)
    said = {"client_key": "k1", "source": "", "files": [small(), small()], "files_alt": "A fern"}
    answer = moss.browser().post(f"{topic.path}posts/", said)
    post = Post.objects.get(client_key="k1")
    assert (answer.status_code, post.photos, post.html) == (302, 2, "")
    assert statuses(Picture.objects.first(), moss, ines) == [200, 404]
    seven_seconds_pass()
    page = ines.browser().get(topic.path).content.decode()
    assert page.count('alt="A fern"') == 2
    again = moss.browser().post(f"{topic.path}posts/", said | {"files": [], "client_key": "k2"})
    assert "Write something first." in again.content.decode()


def test_a_bad_photo_is_said_where_it_was_chosen_and_the_good_one_waits(moss, ines, circle, topic):
    moss.joins(circle, ines)
    said = {"client_key": "k1", "source": "Look", "files": [small(), photos.uploaded(b"<svg/>")]}
    answer = moss.browser().post(f"{topic.path}posts/", said)
    page = answer.content.decode()
    kept = Picture.objects.get()
    assert (answer.status_code, Post.objects.filter(client_key="k1").exists()) == (422, False)
    assert "This is no photo that can be shown here." in page
    assert f'name="photo" value="{kept.public_id}"' in page
    said = {"client_key": "k1", "source": "Look", "photo": kept.public_id}
    moss.browser().post(f"{topic.path}posts/", said | {f"alt.{kept.public_id}": "A fern"})
    kept.refresh_from_db()
    assert (kept.alt, kept.subject) == ("A fern", Post.objects.get(client_key="k1").pk)


def test_a_topic_begins_with_a_photo(moss, ines, circle):
    moss.joins(circle, ines)
    said = {"client_key": "k1", "title": "My elbow", "source": "", "files": small()}
    answer = moss.browser().post(f"{circle.path}topics/new/", said)
    assert (answer.status_code, Picture.objects.get().guard) == (302, "talk.post")


def test_not_more_photos_than_fit_and_nobody_elses(moss, ines, circle, topic, sent):
    moss.joins(circle, ines)
    theirs = sent(ines, circle)
    for ids in ([theirs.public_id], ["nothing"], ["x"] * 11):
        with pytest.raises(Refused):
            moss.replies(topic, "Look.", photos=ids)
    assert Picture.objects.get().guard == ""
    assert not topic.posts.filter(persona=moss.here(circle)).exists()
