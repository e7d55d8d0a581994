"""A person with a browser of her own, who uses a served house as people do."""

import re
import time
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Request

from tests.browser import person, sticking_out
from tests.house import House

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


class Somebody:
    """A person with a browser profile and a phone of her own."""

    def __init__(self, browser: Browser, house: House, address: str, *, phone: bool = True) -> None:
        self.house, self.address = house, address
        self.profile = person(browser, phone=phone, base_url=house.url, reduced_motion="reduce")
        self.page = self.profile.new_page()
        self.page.set_default_timeout(15_000)
        self.complaints: list[str] = []
        self.asked: set[Request] = set()
        """What the page asked for and has not got yet."""
        self.page.on("request", lambda request: self.asked.add(request))
        self.page.on("requestfinished", lambda request: self.asked.discard(request))
        self.page.on("requestfailed", lambda request: self.asked.discard(request))
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _hear(self, message: ConsoleMessage) -> None:
        expected = "status of 404" in message.text
        if message.type == "error" and not expected:
            self.complaints.append(f"{self.page.url}: {message.text}")

    def opens(self, address: str, status: int = 200) -> str:
        """Goes there; what the page says."""
        answer = self.page.goto(address)
        assert answer.status == status, (address, answer.status)
        return self.looks()

    def looks(self) -> str:
        """Nothing is out of reach and nothing complains; what the page says."""
        self._waits_until_all_is_there()
        assert sticking_out(self.page) == [], self.page.url
        assert not self.complaints, self.complaints
        return self.says()

    def _waits_until_all_is_there(self) -> None:
        """The page is loaded, and for a moment nothing more was asked for."""
        self.page.wait_for_load_state()
        still, end = 0, time.monotonic() + 15
        while still < 4 and time.monotonic() < end:
            self.page.wait_for_timeout(25)
            still = 0 if self.asked else still + 1

    def says(self) -> str:
        """What the page says that she looks at."""
        return self.page.inner_text(".page")

    def path(self) -> str:
        """Where she is."""
        return urlsplit(self.page.url).path

    def presses(
        self, name: str | re.Pattern[str], role: Any = "button", *, exact: bool = False
    ) -> str:
        """Presses what is called so; what the next page says."""
        self.page.get_by_role(role, name=name, exact=exact).first.click()
        self.page.wait_for_load_state()
        return self.looks()

    def follows(self, name: str | re.Pattern[str]) -> str:
        """The same for a link."""
        return self.presses(name, "link")

    def chooses(self, field: str, value: str) -> None:
        """Picks a card by its value, wherever on the card a finger lands."""
        self.page.locator(
            f'.choice-card:has(input[name="{field}"][value="{value}"]) label'
        ).first.click()

    def signs_in(self, password: str) -> None:
        """From the sign-in page to home."""
        self.opens("/sign-in/")
        self.page.fill("form:has(input[name=password]) [name=login]", self.address)
        self.page.fill("[name=password]", password)
        self.page.press("[name=password]", "Enter")
        self.page.wait_for_url("**/")

    def signs_up_by_mail(self) -> None:
        """From the sign-up page to wherever it leads, with the code from the console."""
        self.page.fill('[name="email"]', self.address)
        self.presses("Continue with a code by e-mail")
        self.page.fill('[name="code"]', self.code())
        self.presses("Continue")

    def signs_up_by_passkey(self) -> None:
        """The same with a passkey of this phone."""
        line = self.profile.new_cdp_session(self.page)
        line.send("WebAuthn.enable")
        line.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
        self.page.fill('[name="email"]', self.address)
        self.presses("Continue with a passkey")
        self.page.fill('[name="code"]', self.code())
        self.presses("Continue")
        self.shows_passkey("Make the passkey")

    def shows_passkey(self, button: str) -> None:
        """Presses a button behind which the phone asks for a finger, and is let through."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=button).click()
        self.looks()

    def waits_until_it_is_out(self) -> None:
        """The seven seconds pass in which she could undo what she said."""
        self.page.wait_for_selector(".talk-post:last-child .talk-controls", timeout=20_000)

    def code(self) -> str:
        """The last code that was mailed to her, as whoever runs the house reads it."""
        letters = self.house.log.read_text().split("✉ To ")
        mine = [letter for letter in letters if letter.startswith(self.address)]
        found = re.search(r"^\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*$", mine[-1], re.M)
        assert found, mine[-1]
        return found.group(1)
