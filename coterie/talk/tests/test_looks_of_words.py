"""What opens in a post, in a real browser: closed until somebody opens it, by keyboard too."""

import pytest
from django.conf import settings

from tests.browser import axe, person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORDS = """It was ||the **butler**||, of course.

>! And the cook.

| one | two | three | four | five | a sixth that is long |
|-----|-----|-------|------|------|----------------------|
| aaaaaaaaaa | bbbbbbbbbb | cccccccccc | dddddddddd | eeeeeeeeee | ffffffffff |

```
a_line_of_code_that_is_much_longer_than_any_phone_is_wide_and_goes_on_and_on_and_on_and_on
```
"""


@pytest.fixture
def open_page(chromium, live_server):
    """Open pages as somebody, on a phone."""
    host = live_server.url.replace("127.0.0.1", "localhost")
    contexts = []

    def opened(who, **more):
        context = person(chromium, base_url=host, phone=True, **more)
        contexts.append(context)
        cookie = who.browser().cookies[settings.SESSION_COOKIE_NAME]
        context.add_cookies(
            [{"name": cookie.key, "value": cookie.value, "domain": "localhost", "path": "/"}]
        )
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


def test_what_is_hidden_opens_by_keyboard_and_without_scripts(ines, circle, open_page):
    topic = ines.starts(circle, "The book", WORDS)
    ines.replies(topic, "Eight ||or|| nine eyes.", note="spiders")
    page = open_page(ines, java_script_enabled=False)
    page.goto(topic.path)
    shown = page.locator(".talk-posts")
    for words in ("butler", "the cook", "nine eyes"):
        assert not shown.get_by_text(words).is_visible(), words
    assert shown.get_by_text("of course").is_visible()
    for place, words in ((".spoiler", "butler"), (".spoiler--block", "the cook")):
        page.locator(f"{place} > summary").first.focus()
        page.keyboard.press("Enter")
        assert shown.get_by_text(words).is_visible(), words
    page.locator(".note > summary").press("Space")
    assert shown.get_by_text("nine eyes").is_visible()
    assert not shown.get_by_text("or", exact=True).is_visible()


def test_nothing_sticks_out_of_a_phone_and_axe_is_content(ines, circle, open_page):
    topic = ines.starts(circle, "The book", WORDS)
    ines.replies(topic, WORDS, note="spiders")
    page = open_page(ines)
    page.goto(topic.path)
    assert axe(page) == []
    page.evaluate("document.querySelectorAll('.talk-posts details').forEach(d => d.open = true)")
    assert axe(page) == []
    wide = page.evaluate(
        "[...document.querySelectorAll('.prose :is(table, pre)')].map(e => e.scrollWidth)"
    )
    assert len(wide) == 4
    assert min(wide) > 390, "they are wider than the phone, and scroll inside"
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    low = page.evaluate(
        "[...document.querySelectorAll('.prose summary')]"
        ".filter(e => e.getBoundingClientRect().height < 24).length"
    )
    assert low == 0
