"""Two phones in one conversation, while the network drops and the server falls and stands up."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from tests.browser import person
from tests.house import House

pytestmark = [pytest.mark.browser, pytest.mark.house]

PASSWORD = "pressed-flowers"
SOON = 15_000


class Phone:
    """Somebody of the demo, with a phone of their own."""

    def __init__(self, browser, house: House, name: str) -> None:
        self.profile = person(browser, phone=True, base_url=house.url, reduced_motion="reduce")
        self.page = self.profile.new_page()
        self.page.set_default_timeout(SOON)
        self.page.goto("/sign-in/")
        self.page.fill("input[name=login]", f"{name}@example.org")
        self.page.fill("input[name=password]", PASSWORD)
        self.page.locator("form:has(input[name=password]) button[type=submit]").first.click()
        self.page.wait_for_url(lambda address: "sign-in" not in address)

    def opens(self, path: str) -> None:
        self.page.goto(path)
        self.loads = self.page.evaluate("window.loaded = performance.timeOrigin")

    def says(self, words: str) -> None:
        self.page.fill("#id_source", words)
        self.page.click("#say button[type=submit]")
        self.reads(words)

    def reads(self, words: str) -> None:
        self.page.locator(".post__body", has_text=words).first.wait_for()

    def hrefs(self, page: str, selector: str) -> list[str]:
        self.page.goto(page)
        links = self.page.locator(selector)
        return [link.get_attribute("href") or "" for link in links.all()]

    def reads_all(self) -> list[str]:
        return self.page.locator(".talk-posts .post__body").all_inner_texts()

    @property
    def was_never_reloaded(self) -> bool:
        return bool(self.page.evaluate("window.loaded === performance.timeOrigin"))


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> Iterator[House]:
    with House.serving(tmp_path_factory.mktemp("alive"), "demo") as running:
        yield running


def a_topic_of_both(ines: Phone, juno: Phone) -> str:
    """Where a topic is that both may read."""
    places = juno.hrefs("/", ".quilt__row")
    place = next(each for each in ines.hrefs("/", ".quilt__row") if each in places)
    return juno.hrefs(place, ".topics a[href^='/t/']")[0]


def test_both_end_with_the_same_conversation(chromium, demo):
    ines, juno = (Phone(chromium, demo, name) for name in ("ines", "juno"))
    path = a_topic_of_both(ines, juno)
    for phone in (ines, juno):
        phone.opens(path)
    juno.says("It holds after a wash.")
    ines.reads("It holds after a wash.")
    ines.profile.set_offline(True)
    juno.says("Said while Ines was in a tunnel.")
    ines.profile.set_offline(False)
    ines.reads("Said while Ines was in a tunnel.")
    demo.kill()
    time.sleep(1)
    demo.begin()
    juno.page.reload()
    juno.says("Said after the house stood up again.")
    ines.reads("Said after the house stood up again.")
    assert ines.was_never_reloaded
    assert ines.reads_all()[-3:] == juno.reads_all()[-3:]
