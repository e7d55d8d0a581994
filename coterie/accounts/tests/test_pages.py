"""Forms that say what is wrong, as a phone shows them. The pages: tests/test_axe_everywhere.py."""

import pytest

from coterie.accounts.tests.people import code_for
from tests.browser import complaints, person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(chromium, live_server):
    """A page on a phone."""
    host = live_server.url.replace("127.0.0.1", "localhost")
    context = person(chromium, phone=True, base_url=host, reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(10_000)
    yield page
    context.close()


def test_pages_with_mistakes_and_codes(page):
    page.goto("/sign-up/")
    page.get_by_label("E-mail").fill("wren@example.org")
    page.get_by_label("Password").fill("short")
    page.get_by_role("button", name="Continue with a code by e-mail").click()
    page.get_by_text("at least 10").last.wait_for()
    assert complaints(page) == []
    page.get_by_label("Password").fill("")
    page.get_by_role("button", name="Continue with a code by e-mail").click()
    page.get_by_label("Code").fill("BBBB-BBBB")
    page.get_by_role("button", name="Continue", exact=True).click()
    page.get_by_text("Incorrect code").wait_for()
    assert complaints(page) == []
    page.get_by_label("Code").fill(code_for("wren@example.org"))
    page.get_by_role("button", name="Continue", exact=True).click()
    page.wait_for_url(lambda address: "code" not in address)
