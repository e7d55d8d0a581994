import pytest
from django.conf import settings

from coterie.accounts.models import Account
from coterie.communities.tests.people import Person
from tests.browser import person


@pytest.fixture
def ines(db):
    return Person("ines")


@pytest.fixture
def moss(db):
    return Person("moss")


@pytest.fixture
def at_home(client):
    """Sign somebody in: `at_home(ines)` is a browser of hers."""

    def sign_in(person):
        browser = type(client)()
        browser.force_login(Account.objects.get(pk=person.owner.account_id))
        return browser

    return sign_in


@pytest.fixture
def desk(chromium, live_server, ines):
    """A browser on a desk in which Ines is signed in."""
    here = live_server.url.replace("127.0.0.1", "localhost")
    context = person(chromium, base_url=here)
    key = ines.browser.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies(
        [
            {
                "name": settings.SESSION_COOKIE_NAME,
                "value": key,
                "domain": "localhost",
                "path": "/",
            }
        ]
    )
    yield context.new_page()
    context.close()
