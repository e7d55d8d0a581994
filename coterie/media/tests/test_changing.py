"""What hangs on a post that is out is changed by its author, and of what went nothing is kept."""

import re

import pytest

from coterie.core.verdict import Refused
from coterie.media.models import Picture
from coterie.talk.actions import noting, posting
from coterie.talk.models import Post, PostVersion
from coterie.talk.tests.test_pages import changes, text

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
    assert changes(browser, post, **sent_form(post, (elbow, knee)) | anew).status_code == 302
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
        changes(moss.browser(), post, **sent_form(post, (knee,)), photo_off=elbow.public_id)
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
    changes(moss.browser(), post, **sent_form(post, pair) | off)
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
    post, pair = two
    off = {"photo_off": [each.public_id for each in pair]}
    answer = changes(moss.browser(), post, source="", **off)
    assert answer.status_code == 422
    assert text(answer).count('type="hidden" name="photo_off"') == 2
    assert len(hung(post)) == 2


@pytest.mark.parametrize("photos", [(), ("knee",), ("elbow", "knee")])
def test_a_photo_that_a_form_does_not_name_stays(two, moss, photos):
    post, (elbow, knee) = two
    named = [{"elbow": elbow, "knee": knee}[each] for each in photos]
    assert (
        changes(moss.browser(), post, **sent_form(post, named, source="Knees.")).status_code == 302
    )
    assert {name for name, _alt in hung(post)} == {elbow.public_id, knee.public_id}
    assert Post.objects.get(pk=post.pk).source == "Knees."


def test_an_action_that_knows_too_few_photos_is_refused(two, moss, circle):
    post, (elbow, _knee) = two
    by = moss.here(circle)
    with pytest.raises(Refused, match="added meanwhile"):
        posting.edit(post, by=by, source="Look.", photos={elbow.public_id: "An elbow."})
    assert len(hung(post)) == 2


def test_more_photos_than_fit_are_told_and_none_is_left_out(two, moss, circle, sent):
    post, pair = two
    more = [sent(moss, circle) for _each in range(9)]
    answer = changes(moss.browser(), post, **sent_form(post, [*more]))
    assert answer.status_code == 422
    assert "At most 10 photos" in text(answer)
    assert all(each.public_id in text(answer) for each in (*more, *pair))


def test_a_form_that_was_drawn_before_another_change_overwrites_nothing_in_silence(
    two, moss, circle, sent
):
    post, (elbow, knee) = two
    browser, third = moss.browser(), sent(moss, circle, alt="A heel.")
    stale = re.search(r'name="as_drawn" value="(\w+)"', text(browser.get(f"{post.path}words/")))[1]
    assert (
        changes(
            browser, post, **sent_form(post, (elbow, knee, third), source="Look **here**.")
        ).status_code
        == 302
    )
    old = sent_form(post, (elbow,), source="My old words.", photo_off=knee.public_id)
    answer = browser.post(f"{post.path}words/", old | {"as_drawn": stale})
    page = text(answer)
    assert answer.status_code == 422
    assert "This was changed meanwhile" in page
    assert "<strong>here</strong>" in page
    assert "My old words.</textarea>" in page
    assert f'name="photo" value="{third.public_id}"' in page
    assert Post.objects.get(pk=post.pk).source == "Look **here**."
    assert len(hung(post)) == 3
    now = re.search(r'name="as_drawn" value="(\w+)"', page)[1]
    again = old | {"as_drawn": now, "photo": [elbow.public_id, third.public_id]}
    assert browser.post(f"{post.path}words/", again).status_code == 302
    assert Post.objects.get(pk=post.pk).source == "My old words."
    assert [name for name, _alt in hung(post)] == [elbow.public_id, third.public_id]


def test_a_form_that_says_nothing_of_what_it_was_drawn_from_is_stale(two, moss):
    post, pair = two
    path, form = f"{post.path}words/", sent_form(post, pair, source="Unseen.")
    assert moss.browser().post(path, form).status_code == 422
    assert moss.browser().post(path, form | {"source": post.source}).status_code == 302


def test_sent_twice_it_is_no_change_of_somebody_else(two, moss):
    post, pair = two
    browser, page = moss.browser(), f"{post.path}words/"
    drawn = re.search(r'name="as_drawn" value="(\w+)"', text(browser.get(page)))[1]
    form = sent_form(post, pair, source="Once.", as_drawn=drawn)
    for _again in range(2):
        assert browser.post(page, form).status_code == 302
    assert PostVersion.objects.count() == 1


def test_a_form_that_was_drawn_without_a_note_says_nothing_of_it(two, moss, ines, circle):
    post, pair = two
    posting.edit(post, by=moss.here(circle), source=post.source, note="knees")
    noting.put(Post.objects.get(pk=post.pk), by=ines.here(circle), note="skin")
    browser, page = moss.browser(), f"{post.path}words/"
    drawn = re.search(r'name="as_drawn" value="(\w+)"', text(browser.get(page)))[1]
    noting.take_away(Post.objects.get(pk=post.pk), by=ines.here(circle))
    form = sent_form(post, pair, source="Once.", as_drawn=drawn)
    assert browser.post(page, form).status_code == 302
    assert Post.objects.get(pk=post.pk).note == "knees"


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
