"""Every page of this room, as a phone shows it: nothing for axe to object to, nothing too wide."""

import os
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache

from coterie.accounts import mailing
from coterie.accounts.actions import operating
from coterie.accounts.tests.people import code_for, sign_up
from tests.browser import axe, person, screenshot, sticking_out

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OUTSIDE = ["/sign-in/", "/sign-up/", "/sign-up/with-passkey/", "/sign-in/forgotten/"]
OUTSIDE += ["/sign-in/resting/", "/sign-in/link/none/", "/operator/claim/none/"]
INSIDE = ["/account/", "/account/email/", "/account/password/first/", "/account/second-step/"]
INSIDE += ["/account/second-step/app/", "/account/passkeys/", "/account/passkeys/new/"]
INSIDE += ["/account/recovery-codes/new/", "/account/sessions/", "/account/closing/", "/sign-out/"]
INSIDE += ["/operator/", "/operator/outbox/"]


@pytest.fixture(params=["light", "dark"])
def look(request, chromium, live_server):
    """Go to a path, and hear what is wrong with it."""
    host = live_server.url.replace("127.0.0.1", "localhost")
    context = person(chromium, phone=True, dark=request.param == "dark", base_url=host)
    page = context.new_page()
    page.set_default_timeout(10_000)

    def seen(path: str = "") -> list[str]:
        if path:
            page.goto(path)
        if pictures := os.environ.get("COTERIE_PICTURES"):
            name = path.strip("/").replace("/", "-") or page.url.split("/", 3)[3].replace("/", "-")
            screenshot(page, Path(pictures) / f"{request.param}-{name[:40]}.png")
        return [f"{page.url}: {wrong}" for wrong in axe(page)] + sticking_out(page)

    seen.page = page
    yield seen
    context.close()


def take_in(page, client):
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies(
        [{"name": cookie.key, "value": cookie.value, "domain": "localhost", "path": "/"}]
    )


def test_pages_for_strangers(look):
    assert [wrong for path in OUTSIDE for wrong in look(path)] == []


def test_pages_with_mistakes_and_codes(look):
    page = look.page
    page.goto("/sign-up/")
    page.get_by_label("E-mail").fill("wren@example.org")
    page.get_by_label("Password").fill("short")
    page.get_by_role("button", name="Continue with a code by e-mail").click()
    page.get_by_text("at least 10").last.wait_for()
    assert look() == []
    page.get_by_label("Password").fill("")
    page.get_by_role("button", name="Continue with a code by e-mail").click()
    page.get_by_label("Code").fill("BBBB-BBBB")
    page.get_by_role("button", name="Continue", exact=True).click()
    page.get_by_text("Incorrect code").wait_for()
    assert look() == []
    page.get_by_label("Code").fill(code_for("wren@example.org"))
    page.get_by_role("button", name="Continue", exact=True).click()
    page.wait_for_url(lambda address: "code" not in address)


def test_pages_of_ones_own(look):
    client = sign_up("moss@example.org")
    operating.make_operator("moss@example.org")
    mailing.send(
        "wren@example.org", subject="News", text="Fern said hello.", shown_on_console=False
    )
    look.page.goto("/sign-in/")
    take_in(look.page, client)
    assert [wrong for path in INSIDE for wrong in look(path)] == []


def test_the_page_for_the_hasty(look):
    cache.clear()
    for _ in range(31):
        answer = look.page.request.post("/sign-in/", data="")
    assert answer.status in (403, 429)
