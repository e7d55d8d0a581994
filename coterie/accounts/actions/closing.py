"""Accounts that end."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.db import transaction

from coterie.accounts.events import Closed
from coterie.accounts.models import Account, today
from coterie.core.events import announce

PROOF_DAYS = 2


@transaction.atomic
def close(account: Account) -> None:
    """The account is gone with its sessions, passkeys and addresses.

    Floors above erase what belongs to it as a consequence of `Closed`, before it goes.
    """
    announce(Closed(account.pk))
    account.delete()


@transaction.atomic
def clear_unproved() -> int:
    """Accounts whose address nobody confirmed in two days are gone; how many there were."""
    addresses = EmailAddress.objects
    old = Account.objects.filter(joined_on__lt=today() - timedelta(days=PROOF_DAYS))
    unproved = old.filter(is_operator=False, pk__in=addresses.filter(verified=False).values("user"))
    gone = unproved.exclude(pk__in=addresses.filter(verified=True).values("user"))
    return gone.delete()[1].get("accounts.Account", 0)
