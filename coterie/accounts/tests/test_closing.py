"""Accounts that end."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from coterie.accounts.actions import closing
from coterie.accounts.events import Closed
from coterie.accounts.models import Account, Session, today
from coterie.accounts.tests.people import is_in, sign_up, somebody
from coterie.core import events
from coterie.core.models import OutboxEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard():
    """What a higher floor hears, while the account still stands."""
    told = []
    kept = dict(events._listeners), dict(events._consequences)
    events.wire(
        {}, {Closed: [lambda event: told.append(Account.objects.get(pk=event.account_id).email)]}
    )
    yield told
    events.wire(*kept)


def test_floors_above_hear_before_the_account_goes(heard):
    account = somebody()
    closing.close(account)
    assert heard == ["wren@example.org"]
    assert not Account.objects.exists()
    assert not EmailAddress.objects.exists()


def test_no_row_of_the_event_holds_the_account(heard):
    closing.close(somebody())
    assert not OutboxEntry.objects.exists()


def test_closing_asks_first(heard):
    client = sign_up("wren@example.org")
    client.get("/account/closing/")
    client.post("/account/closing/", {"sure": "yes"})
    assert is_in(client)
    client.post("/account/closing/", {"sure": " Close "})
    assert heard == ["wren@example.org"]
    assert not Account.objects.exists()
    assert not Session.objects.filter(account__isnull=False).exists()


def test_addresses_nobody_proved_are_forgotten_after_two_days():
    Client().post("/sign-up/", {"email": "squatter@example.org"})
    somebody("proved@example.org")
    Account.objects.create_user("made-by-hand@example.org")
    assert closing.clear_unproved() == 0
    Account.objects.update(joined_on=today() - timedelta(days=3))
    assert closing.clear_unproved() == 1
    left = Account.objects.order_by("email").values_list("email", flat=True)
    assert list(left) == ["made-by-hand@example.org", "proved@example.org"]
