"""Two phones in one conversation, while the network drops and the server falls and stands up."""

from __future__ import annotations

import time
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser import PHONE, person
from tests.house import House

pytestmark = [pytest.mark.browser, pytest.mark.house, pytest.mark.xdist_group("alive")]

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


def a_topic_of_both(ines: Phone, juno: Phone) -> str:
    """Where a topic is that both may read."""
    places = juno.hrefs("/", ".quilt__row")
    place = next(each for each in ines.hrefs("/", ".quilt__row") if each in places)
    return juno.hrefs(place, ".topics a[href^='/t/']")[0]


def test_both_end_with_the_same_conversation(chromium, lively):
    ines, juno = (Phone(chromium, lively, name) for name in ("ines", "juno"))
    path = a_topic_of_both(ines, juno)
    for phone in (ines, juno):
        phone.opens(path)
    juno.says("It holds after a wash.")
    ines.reads("It holds after a wash.")
    ines.profile.set_offline(True)
    juno.says("Said while Ines was in a tunnel.")
    ines.profile.set_offline(False)
    ines.reads("Said while Ines was in a tunnel.")
    lively.kill()
    time.sleep(1)
    lively.begin()
    juno.page.reload()
    juno.says("Said after the house stood up again.")
    ines.reads("Said after the house stood up again.")
    assert ines.was_never_reloaded
    assert ines.reads_all()[-3:] == juno.reads_all()[-3:]


ROW_AFTER_ENTER = """() => {
    let pressed = 0;
    window.took = [];
    document.querySelector("#id_source").addEventListener(
        "keydown", event => { if (event.key === "Enter") pressed = performance.now(); }, true);
    new MutationObserver(() => {
        if (pressed) window.took.push(performance.now() - pressed);
        pressed = 0;
    }).observe(document.querySelector("[data-lines]"), {childList: true});
}"""
ENTER_TO_ROW = 50


class Talker(Phone):
    """The same, in a room, with a keyboard."""

    def __init__(self, browser, house: House, name: str) -> None:
        super().__init__(browser, house, name)
        cookies = self.profile.storage_state()
        self.profile.close()
        self.profile = browser.new_context(
            viewport=PHONE, base_url=house.url, reduced_motion="reduce", storage_state=cookies
        )
        self.page = self.profile.new_page()
        self.page.set_default_timeout(SOON)

    def opens(self, path: str) -> None:
        super().opens(path)
        self.page.evaluate(ROW_AFTER_ENTER)

    def enters(self, words: str) -> None:
        self.page.fill("#id_source", words)
        self.page.press("#id_source", "Enter")

    def reads(self, words: str) -> None:
        self.page.locator(".bubble__said", has_text=words).first.wait_for()

    def reads_all(self) -> list[str]:
        return self.page.locator(".chat-lines .bubble__said").all_inner_texts()

    def row(self, state: str, number: int = 0) -> Any:
        return self.page.locator(f".chat-line[data-state={state}]").nth(number)

    def has_rooms(self, place: str) -> bool:
        return self.page.request.get(f"{place}rooms/").ok

    def retries(self, times: int) -> None:
        for _time in range(times):
            self.page.locator("[data-retry]:visible").first.click()


def test_in_a_room_the_row_is_there_at_once_and_nothing_is_said_twice(chromium, lively):
    ines, juno = (Talker(chromium, lively, name) for name in ("ines", "juno"))
    place = next(each for each in juno.hrefs("/", ".quilt__row") if juno.has_rooms(each))
    path = juno.hrefs(f"{place}rooms/", ".chat-room__name a")[0].split("#")[0]
    for phone in (ines, juno):
        phone.opens(f"{path}?newest")
    ines.enters("Kettle is on")
    juno.reads("Kettle is on")
    ines.profile.set_offline(True)
    for number in range(3):
        ines.enters(f"From the tunnel {number}")
    ines.row("failed", 2).wait_for()
    juno.enters("Said while Ines was in a tunnel")
    ines.retries(3)
    assert max(ines.page.evaluate("window.took")) < ENTER_TO_ROW
    ines.profile.set_offline(False)
    juno.reads("From the tunnel 2")
    ines.reads("Said while Ines was in a tunnel")

    ines.page.route("**/posts/", lambda route: (route.fetch(), route.fulfill(status=500)))
    ines.enters("It landed, and nobody answered")
    ines.row("failed").wait_for()
    ines.retries(3)
    ines.row("failed").wait_for()
    ines.page.unroute_all(behavior="wait")
    ines.page.reload()  # what is not sent outlives the page
    ines.page.locator(".chat-line.is-unsent").wait_for(state="detached")
    juno.reads("It landed, and nobody answered")
    said = ["Said while Ines was in a tunnel", *(f"From the tunnel {n}" for n in range(3))]
    said.append("It landed, and nobody answered")
    assert ines.reads_all()[-5:] == juno.reads_all()[-5:] == said

    juno.enters("Oops")
    juno.page.locator(".chat-line[data-state=sent]", has_text="Oops").locator("[data-undo]").click()
    ines.page.locator(".bubble--gone").last.wait_for()
    expect(juno.page.locator("#id_source")).to_have_value("Oops")
