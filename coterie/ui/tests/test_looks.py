"""The sample pages in a real browser: nothing for axe to find, nothing to scroll sideways.

With COTERIE_SHOTS=folder each page is also kept as a picture there.
"""

import gzip
import os

import pytest

from coterie.ui.tests.sampling import SAMPLES
from tests.browser import axe, chromium, launch, person, screenshot, sticking_out

pytestmark = [
    pytest.mark.browser,
    pytest.mark.urls("coterie.ui.tests.sampling"),
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(chromium() is None, reason="no Chromium on this machine"),
]

LOOKS = [(phone, dark) for phone in (True, False) for dark in (False, True)]


@pytest.mark.parametrize(("phone", "dark"), LOOKS)
def test_every_sample_is_accessible_and_fits(live_server, phone, dark):
    with launch() as browser:
        page = person(browser, phone=phone, dark=dark).new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        for name in SAMPLES:
            page.goto(f"{live_server.url}/samples/{name}/")
            page.evaluate("document.fonts.ready.then(() => undefined)")
            assert axe(page) == [], name
            assert sticking_out(page) == [], name
            if folder := os.environ.get("COTERIE_SHOTS"):
                look = f"{'phone' if phone else 'desk'}-{'dark' if dark else 'light'}"
                screenshot(page, f"{folder}/{name}-{look}.png")
        assert said == []


@pytest.mark.parametrize(
    ("width", "direction"), [(320, "ltr"), (390, "rtl"), (800, "ltr"), (1280, "rtl")]
)
def test_every_sample_fits_any_width_and_direction(live_server, width, direction):
    """320 is what a desk of 1280 is at 400 % zoom."""
    with launch() as browser:
        page = browser.new_page(viewport={"width": width, "height": 640})
        for name in SAMPLES:
            page.goto(f"{live_server.url}/samples/{name}/")
            page.evaluate("direction => { document.documentElement.dir = direction }", direction)
            assert sticking_out(page) == [], name


def test_the_theme_is_chosen_by_hand_and_kept(live_server):
    with launch() as browser:
        page = person(browser).new_page()
        page.goto(f"{live_server.url}/samples/settings/")
        light = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        page.check("input[name=theme][value=dark]", force=True)
        page.reload()
        assert page.get_attribute("html", "data-theme") == "dark"
        assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") != light


def test_a_draft_outlives_the_tab_and_goes_when_it_is_sent(live_server):
    with launch() as browser:
        profile = person(browser)
        page = profile.new_page()
        page.goto(f"{live_server.url}/samples/topic/")
        page.fill("#say", "Half a thought")
        page.close()
        page = profile.new_page()
        page.goto(f"{live_server.url}/samples/topic/")
        assert page.input_value("#say") == "Half a thought"
        page.evaluate("document.querySelector('.composer').method = 'get'")
        # Going on before the answer is there would be a send that was never heard of.
        with page.expect_navigation(wait_until="load"):
            page.click(".composer button")
        page.goto(f"{live_server.url}/samples/topic/")
        assert page.input_value("#say") == ""


def test_an_open_sheet_closes_with_escape_and_gives_the_focus_back(live_server):
    with launch() as browser:
        page = person(browser, phone=True).new_page()
        page.goto(f"{live_server.url}/samples/topics/")
        page.click("#more summary")
        assert page.is_visible("#more .sheet__body")
        page.keyboard.press("Escape")
        assert not page.is_visible("#more .sheet__body")
        assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_all_is_readable_without_scripts(live_server):
    with launch() as browser:
        page = person(browser, java_script_enabled=False).new_page()
        page.goto(f"{live_server.url}/samples/topic/")
        assert page.is_visible("text=Linen or cotton?")
        page.click("#m1 summary")
        assert page.is_visible("#m1 >> text=Report")


def test_a_page_is_light(live_server):
    """Scripts under 10 kB, styles under 20, type under 90, all but pictures under 150."""
    weight: dict[str, int] = {}
    with launch() as browser:
        page = person(browser).new_page()
        page.on("response", lambda response: weigh(weight, response))
        page.goto(f"{live_server.url}/samples/topics/", wait_until="networkidle")
    assert weight["script"] < 10_000
    assert weight["stylesheet"] < 20_000
    assert weight["font"] < 90_000
    assert sum(weight.values()) - weight["image"] < 150_000
    assert weight["image"] / 12 < 2_000


def weigh(weight: dict[str, int], response) -> None:
    kind, body = response.request.resource_type, response.body()
    weight[kind] = weight.get(kind, 0) + len(body if kind == "font" else gzip.compress(body))
