"""Passkeys in a real browser, with an authenticator that Chromium pretends to have."""

import re
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator

from coterie.accounts.tests.people import code_for
from coterie.accounts.tests.test_second_step import times_of_day

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ADDRESS = "wren@example.org"


@pytest.fixture
def page(chromium, live_server):
    """A phone-sized page at http://localhost, its authenticator plugged in, its mistakes noted."""
    context = chromium.new_context(
        base_url=live_server.url.replace("127.0.0.1", "localhost"),
        viewport={"width": 390, "height": 844},
    )
    page = context.new_page()
    page.mistakes = []
    page.on("console", lambda said: said.type == "error" and hear(page, said.text))
    # A page that is left while it still slides in is no mistake of ours.
    page.on("pageerror", lambda e: "ransition" in str(e) or page.mistakes.append(str(e)))
    plug_in(page)
    yield page
    context.close()


def hear(page, mistake):
    # This test's server has no hub to listen to.
    if "/live' failed" not in mistake:
        page.mistakes.append(mistake)


def plug_in(page):
    page.devtools = page.context.new_cdp_session(page)
    page.devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    page.authenticator = page.devtools.send(
        "WebAuthn.addVirtualAuthenticator", {"options": options}
    )


def arrives(page, path):
    page.wait_for_url(lambda address: urlsplit(address).path == path)


def sign_up_with_passkey(page, follow="/account/"):
    page.goto(f"/sign-up/?next={follow}")
    page.get_by_label("E-mail").fill(ADDRESS)
    page.get_by_role("button", name="Continue with a passkey").click()
    page.get_by_label("Code").fill(code_for(ADDRESS))
    page.get_by_role("button", name="Continue", exact=True).click()
    page.get_by_role("button", name="Make the passkey").click()
    arrives(page, follow)


def sign_out(page):
    page.goto("/sign-out/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.wait_for_url(lambda address: "sign-out" not in address)


def test_sign_up_sign_out_and_in_again_with_a_passkey(page):
    sign_up_with_passkey(page)
    assert page.get_by_role("heading", name="Account", exact=True).is_visible()
    page.goto("/account/passkeys/")
    assert page.get_by_role("heading", name="Chrome on Linux").is_visible()
    sign_out(page)
    page.goto("/sign-in/?next=/account/sessions/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    arrives(page, "/account/sessions/")
    assert page.get_by_text("This browser").is_visible()
    assert page.mistakes == []
    key = Authenticator.objects.get()
    assert key.last_used_at
    assert times_of_day() == []


def test_a_passkey_is_added_renamed_and_removed_and_a_mail_proves_it_is_you(page):
    sign_up_with_passkey(page)
    page.goto("/account/passkeys/")
    page.get_by_role("link", name=re.compile("Rename")).click()
    page.get_by_role("link", name="With a code by e-mail").click()
    page.get_by_role("button", name="Mail me a code").click()
    page.get_by_label("Code").fill(code_for(ADDRESS))
    page.get_by_role("button", name="Continue", exact=True).click()
    page.get_by_label("Name").fill("Pocket")
    page.get_by_role("button", name="Keep the name").click()
    assert page.get_by_role("heading", name="Pocket").is_visible()
    page.devtools.send("WebAuthn.removeVirtualAuthenticator", page.authenticator)
    plug_in(page)
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Name").fill("Desk")
    page.get_by_role("button", name="Make the passkey").click()
    page.get_by_role("heading", name="Recovery codes").wait_for()
    page.goto("/account/passkeys/")
    page.get_by_role("link", name="Remove Pocket").click()
    page.get_by_role("button", name="Remove it").click()
    arrives(page, "/account/passkeys/")
    assert page.get_by_role("heading", name="Desk").is_visible()
    assert not page.get_by_role("heading", name="Pocket").is_visible()
    assert page.mistakes == []
    assert times_of_day() == []


def test_a_refused_passkey_says_so_and_leaves_the_other_ways(page):
    page.devtools.send("WebAuthn.setUserVerified", page.authenticator | {"isUserVerified": False})
    page.goto("/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_text("That did not work").wait_for()
    assert page.get_by_label("E-mail").is_editable()


def test_who_has_a_passkey_may_still_come_in_by_code(page):
    sign_up_with_passkey(page)
    sign_out(page)
    page.goto("/sign-in/?next=/account/")
    page.get_by_label("E-mail").fill(ADDRESS)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_label("Code").fill(code_for(ADDRESS))
    page.get_by_role("button", name="Continue", exact=True).click()
    arrives(page, "/account/")


def test_going_on_without_the_passkey_one_first_wanted(page):
    page.goto("/sign-up/?next=/account/sessions/")
    page.get_by_label("E-mail").fill(ADDRESS)
    page.get_by_role("button", name="Continue with a passkey").click()
    page.get_by_label("Code").fill(code_for(ADDRESS))
    page.get_by_role("button", name="Continue", exact=True).click()
    page.get_by_role("button", name="Continue without one").click()
    arrives(page, "/account/sessions/")
    assert not Authenticator.objects.exists()
