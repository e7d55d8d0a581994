"""Photos in a real browser: picked, pasted, dropped, put in order, described, sent."""

import base64
import time

import pytest

from coterie.media.models import Picture
from coterie.media.tests import photos
from coterie.talk.actions import posting
from coterie.talk.models import Post
from coterie.talk.tests.test_looks import open_page  # noqa: F401
from tests.browser import axe

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BRING = """([how, kind, sent]) => {
  const bytes = Uint8Array.from(atob(sent), letter => letter.charCodeAt(0));
  const bag = new DataTransfer();
  bag.items.add(new File([bytes], 'a.' + kind, {type: 'image/' + kind}));
  const form = document.querySelector('.composer');
  form.querySelector('textarea').dispatchEvent(how === 'paste'
    ? new ClipboardEvent('paste', {clipboardData: bag, bubbles: true, cancelable: true})
    : new DragEvent('drop', {dataTransfer: bag, bubbles: true, cancelable: true}));
}"""


def arrived(page, count):
    """So many photos are up."""
    end = time.monotonic() + 60
    while page.locator(".tray__photo [name=photo]").count() != count:
        assert time.monotonic() < end, page.locator(".tray__said").inner_text()
        time.sleep(0.1)


def brought(page, how, kind):
    page.evaluate(BRING, [how, kind, base64.b64encode(photos.photo(kind)).decode()])


def test_photos_are_picked_pasted_dropped_put_in_order_and_sent(
    open_page,  # noqa: F811
    moss,
    ines,
    circle,
    topic,
    shelf,
):
    moss.joins(circle, ines)
    page = open_page(moss, phone=True)
    page.goto(topic.path)
    with page.expect_file_chooser() as picking:
        page.get_by_text("Add photos").locator("..").click()
    picked = {"name": photos.CALLED, "mimeType": "image/jpeg", "buffer": photos.photo("jpg")}
    picking.value.set_files([picked])
    arrived(page, 1)
    brought(page, "paste", "png")
    arrived(page, 2)
    brought(page, "drop", "webp")
    arrived(page, 3)
    assert axe(page) == []
    first, second, third = Picture.objects.order_by("pk")
    page.get_by_label("What is on it?").nth(0).fill("A fern")
    page.get_by_role("button", name="Move it back").nth(0).click()
    page.get_by_role("button", name="Remove this photo").nth(2).click()
    arrived(page, 2)
    page.get_by_role("button", name="Post").click()
    page.locator(".photos").wait_for()
    shown = Picture.objects.filter(guard="talk.post").order_by("place")
    assert [(each.pk, each.alt) for each in shown] == [(second.pk, ""), (first.pk, "A fern")]
    assert Post.objects.get(photos=2).persona == moss.here(circle)
    assert not Picture.objects.filter(pk=third.pk).exists()
    assert axe(page) == []
    assert not any(photos.MARK.encode() in file.read_bytes() for file in shelf.rglob("*.webp"))


def test_what_is_no_photo_is_said_beside_the_words(open_page, ines, circle, topic):  # noqa: F811
    page = open_page(ines, phone=True)
    page.goto(topic.path)
    page.get_by_label("Reply as").fill("Look")
    with page.expect_file_chooser() as picking:
        page.get_by_text("Add photos").locator("..").click()
    drawn = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": b"<svg/>"}
    picking.value.set_files([drawn])
    page.get_by_text("This is no photo that can be shown here.").wait_for()
    assert page.get_by_label("Reply as").input_value() == "Look"
    arrived(page, 0)


def test_two_tabs_change_one_post_and_no_photo_goes_unnamed(
    open_page,  # noqa: F811
    moss,
    ines,
    circle,
    topic,
    sent,
):
    moss.joins(circle, ines)
    elbow, knee = (sent(moss, circle, alt=alt) for alt in ("An elbow.", "A knee."))
    post = moss.replies(topic, "Look.", photos=[elbow.public_id])
    page = open_page(moss)
    stale = page.context.new_page()
    for each in (page, stale):
        each.goto(f"{post.path}words/")
    posting.edit(
        post, by=moss.here(circle), source="Look **here**.",
        photos={elbow.public_id: "An elbow.", knee.public_id: "A knee."},
    )  # fmt: skip
    stale.get_by_label("Your words").fill("My words.")
    stale.get_by_role("button", name="Remove this photo").click()
    stale.get_by_role("button", name="Save the change").click()
    stale.get_by_text("This was changed meanwhile").wait_for()
    assert stale.locator(".talk-version strong").inner_text() == "here"
    assert stale.get_by_label("Your words").input_value() == "My words."
    assert stale.locator(".tray__photo [name=photo]").count() == 1
    assert axe(stale) == []
    assert Picture.objects.filter(guard="talk.post").count() == 2
    stale.get_by_role("button", name="Save the change").click()
    stale.wait_for_url("**/t/**")
    assert Picture.objects.get(guard="talk.post").public_id == knee.public_id
    assert Post.objects.get(pk=post.pk).source == "My words."
