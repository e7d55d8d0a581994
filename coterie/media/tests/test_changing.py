"""What hangs on a post that is out is changed by its author, and of what went nothing is kept."""

import pytest

from coterie.core.verdict import Refused
from coterie.media.models import Picture
from coterie.talk.actions import posting
from coterie.talk.models import Post, PostVersion
from coterie.talk.tests.test_pages import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(moss, ines, circle, topic, sent):
    """A post of moss with two photos."""
    moss.joins(circle, ines)
    pair = [sent(moss, circle, alt=alt) for alt in ("An elbow.", "A knee.")]
    return moss.replies(topic, "Look.", photos=[each.public_id for each in pair]), pair


def hung(post):
    rows = Picture.objects.filter(guard="talk.post", subject=post.pk).order_by("place")
    return [(each.public_id, each.alt) for each in rows]


def sent_form(post, pair, **more):
    words = {f"alt.{each.public_id}": each.alt for each in pair}
    return {"source": post.source, "photo": [each.public_id for each in pair]} | words | more


def test_its_author_says_anew_what_is_on_it(two, moss, ines):
    post, (elbow, knee) = two
    browser, page = moss.browser(), f"{post.path}words/"
    assert 'value="An elbow."' in text(browser.get(page))
    anew = {f"alt.{elbow.public_id}": "My father's elbow."}
    assert browser.post(page, sent_form(post, (elbow, knee)) | anew).status_code == 302
    assert hung(post) == [(elbow.public_id, "My father's elbow."), (knee.public_id, "A knee.")]
    told = text(ines.browser().get(f"{post.path}versions/"))
    assert "the words about a photo were changed" in told
    assert "An elbow." not in told
    assert "My father" in text(ines.browser().get(post.conversation.path))


def test_taken_off_it_is_gone_and_the_history_keeps_none(
    two, moss, ines, shelf, django_capture_on_commit_callbacks
):
    post, (elbow, knee) = two
    with django_capture_on_commit_callbacks(execute=True):
        moss.browser().post(f"{post.path}words/", sent_form(post, (knee,)))
    assert hung(post) == [(knee.public_id, "A knee.")]
    assert Post.objects.get(pk=post.pk).photos == 1
    assert len(list(shelf.rglob("*.webp"))) == 3
    assert ines.browser().get(f"{elbow.path}320.webp").status_code == 404
    told = text(ines.browser().get(f"{post.path}versions/"))
    assert "a photo was taken off" in told
    assert elbow.public_id not in told


def test_without_a_script_a_tick_takes_it_off(two, moss):
    post, pair = two
    off = {"photo_off": pair[0].public_id}
    moss.browser().post(f"{post.path}words/", sent_form(post, pair) | off)
    assert [name for name, _alt in hung(post)] == [pair[1].public_id]


def test_another_order_and_one_more(two, moss, circle, sent):
    post, (elbow, knee) = two
    third = sent(moss, circle, alt="A heel.")
    by = moss.here(circle)
    wanted = {third.public_id: "A heel.", knee.public_id: "A knee.", elbow.public_id: "An elbow."}
    posting.edit(post, by=by, source=post.source, photos=wanted)
    assert [name for name, _alt in hung(post)] == list(wanted)
    assert PostVersion.objects.get().about_photos == ["added", "ordered"]
    assert Post.objects.get(pk=post.pk).photos == 3


def test_nothing_changed_is_no_version(two, moss):
    post, pair = two
    assert moss.browser().post(f"{post.path}words/", sent_form(post, pair)).status_code == 302
    assert not PostVersion.objects.exists()
    assert Post.objects.get(pk=post.pk).edited_at is None


def test_the_last_photo_and_all_words_cannot_go_together(two, moss):
    post, _pair = two
    answer = moss.browser().post(f"{post.path}words/", {"source": ""})
    assert answer.status_code == 422
    assert len(hung(post)) == 2


def test_words_alone_are_changed_as_before(two, moss, circle):
    post, pair = two
    posting.edit(post, by=moss.here(circle), source="Look here.")
    assert [name for name, _alt in hung(post)] == [each.public_id for each in pair]


def test_nobody_hangs_what_is_not_theirs(two, moss, ines, circle, sent):
    post, pair = two
    foreign = sent(ines, circle, alt="Mine.")
    with pytest.raises(Refused):
        posting.edit(
            post, by=moss.here(circle), source="Look.", photos={foreign.public_id: "Yours."}
        )
    assert Picture.objects.get(pk=foreign.pk).guard == ""
    assert len(hung(post)) == len(pair)
    page = f"{post.path}words/"
    assert ines.browser().post(page, sent_form(post, ())).status_code == 404
