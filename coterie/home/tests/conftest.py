import pytest

from coterie.accounts.models import Account
from coterie.communities.tests.people import Person


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
