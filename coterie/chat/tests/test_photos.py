"""In a real browser: photos go into a room by the row that words go by."""

import pytest
from playwright.sync_api import expect

from coterie.media.tests import photos
from coterie.media.tests.conftest import shelf  # noqa: F401
from coterie.talk.models import Post
from coterie.talk.tests.test_looks import open_page  # noqa: F401
from tests.browser import axe

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HOLD = """() => {
  const real = XMLHttpRequest.prototype.send;
  window.held = [];
  XMLHttpRequest.prototype.send = function (body) {
    window.held.push(() => real.call(this, body));
  };
}"""
LET_GO = "() => window.held.forEach(send => send())"


def choose(page, content):
    file = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": content}
    page.set_input_files("#id_files", [file])


def say(page, words):
    page.fill("#id_source", words)
    page.press("#id_source", "Enter")


@pytest.fixture
def page(open_page, ines, juno, circle, room, shelf):  # noqa: F811
    juno.joins(circle, ines)
    page = open_page(juno)
    page.goto(room.path)
    return page


def test_the_row_stands_before_the_photo_is_up_and_nothing_overtakes_it(page, room):
    page.evaluate(HOLD)
    choose(page, photos.photo("jpg"))
    page.fill(".tray__photo input:not([type=hidden])", "A seam")
    say(page, "Look")
    say(page, "And now?")
    rows = page.locator(".chat-line.is-unsent")
    expect(rows).to_have_count(2)
    expect(rows.first.locator("progress")).to_have_count(1)
    expect(page.locator(".tray .tray__photo")).to_have_count(0)
    assert not Post.objects.filter(conversation=room).exists()
    page.evaluate(LET_GO)
    expect(page.locator(".chat-line[data-state=sent]")).to_have_count(2, timeout=30_000)
    expect(page.locator(".photos img")).to_have_attribute("alt", "A seam")
    said = Post.objects.filter(conversation=room).order_by("seq")
    assert list(said.values_list("source", "photos")) == [("Look", 1), ("And now?", 0)]
    assert axe(page) == []


def test_what_is_no_photo_says_so_in_its_row_and_holds_nothing_up(page, room):
    page.evaluate(HOLD)
    choose(page, b"words, not a photo")
    say(page, "Look")
    say(page, "And now?")
    expect(page.locator(".chat-line.is-unsent")).to_have_count(2)
    page.evaluate(LET_GO)
    failed = page.locator(".chat-line[data-state=failed]")
    expect(failed).to_contain_text("This is no photo", timeout=30_000)
    expect(page.locator(".chat-line[data-state=sent]")).to_have_count(1)
    failed.locator("[data-delete]").click()
    expect(failed).to_have_count(0)
    assert [post.source for post in Post.objects.filter(conversation=room)] == ["And now?"]


def test_undo_puts_words_and_photo_back(page, room):
    choose(page, photos.photo("jpg"))
    say(page, "Look")
    row = page.locator(".chat-line[data-state=sent]")
    row.locator("[data-undo]").click(timeout=30_000)
    expect(page.locator(".tray .tray__photo [name=photo]")).to_have_count(1, timeout=30_000)
    assert page.input_value("#id_source") == "Look"
