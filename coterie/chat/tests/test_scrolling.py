"""In a real browser: a long room is read from the seam, upwards and downwards, and never jumps."""

import pytest
from django.conf import settings

from coterie.talk.models import ReadingPosition
from tests.browser import PHONE, axe, sticking_out

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

IN_SIGHT = """() => {
    const line = [...document.querySelectorAll(".chat-line")]
        .find(each => each.getBoundingClientRect().top > 90);
    return [line.querySelector(".bubble").id, line.getBoundingClientRect().top];
}"""
TOP_OF = "id => document.getElementById(id).closest('.chat-line').getBoundingClientRect().top"
FROM_END = "document.documentElement.scrollHeight - scrollY - innerHeight"


@pytest.fixture
def long_room(ines, juno, circle, room):
    """Juno has read the first forty of a hundred and fifty."""
    juno.joins(circle, ines)
    for number in range(40):
        ines.replies(room, f"Word {number}")
    juno.browser().get(f"{room.path}?newest")
    for number in range(40, 150):
        ines.replies(room, f"Word {number}")
    return room


@pytest.fixture
def page(chromium, live_server, juno):
    host = live_server.url.replace("127.0.0.1", "localhost")
    profile = chromium.new_context(viewport=PHONE, base_url=host, reduced_motion="reduce")
    cookie = juno.browser().cookies[settings.SESSION_COOKIE_NAME]
    profile.add_cookies(
        [{"name": cookie.key, "value": cookie.value, "domain": "localhost", "path": "/"}]
    )
    yield profile.new_page()
    profile.close()


def test_a_long_room_opens_at_the_seam_and_does_not_jump(page, juno, long_room):
    page.goto(long_room.path)
    seam = page.locator(".chat-seam").bounding_box()
    assert 0 < seam["y"] < PHONE["height"]
    assert page.locator(".chat-seam").count() == 1
    assert axe(page) == []
    assert sticking_out(page) == []

    page.goto(f"{long_room.path}?newest")
    page.locator(".chat-line", has_text="Word 149").wait_for()
    assert page.evaluate(FROM_END) < 2
    page.evaluate("scrollTo(0, 900)")
    name, top = page.evaluate(IN_SIGHT)
    page.locator(".chat-line", has_text="Word 75").wait_for()
    assert abs(page.evaluate(TOP_OF, name) - top) <= 2
    for _page in range(5):
        page.evaluate("scrollTo(0, 0)")
        page.wait_for_timeout(200)
    page.locator(".chat-begin").wait_for()
    assert page.locator(".chat-line").count() == 150

    page.locator("[data-newest]").click()
    assert page.evaluate(FROM_END) < 2
    page.fill("#id_source", "And one more")
    page.press("#id_source", "Enter")
    page.locator(".chat-line[data-state=sent]").wait_for()
    assert page.evaluate(FROM_END) < 2
    position = ReadingPosition.objects.get(
        conversation=long_room, persona=juno.here(long_room.community)
    )
    assert position.read_seq == 151


def test_from_the_seam_on_what_follows_comes_as_one_scrolls(page, long_room):
    page.goto(long_room.path)
    for _page in range(12):
        page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
        page.wait_for_timeout(150)
    page.locator(".chat-line", has_text="Word 149").wait_for()
    seen = page.locator(".bubble").evaluate_all("all => all.map(each => Number(each.dataset.seq))")
    assert seen == sorted(set(seen))
    assert seen[-1] == 150
    assert page.locator("[data-later]").count() == 0
