"""Accounts that begin, and addresses that are proved."""

import secrets

from allauth.account.models import EmailAddress
from django.db import transaction

from coterie.accounts.models import Account

LOOKS = 6
"""How often the library looks a new address up while somebody signs up."""


@transaction.atomic
def open_account(email: str, *, password: str | None = None) -> Account:
    """An account whose address counts as confirmed: for commands, never for a page."""
    account = Account.objects.create_user(email, password)
    EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)
    return account


@transaction.atomic
def rehearse() -> None:
    """Nothing is different, but it took as long as opening an account."""
    place = transaction.savepoint_create()
    account = open_account(f"{secrets.token_hex(8)}@nobody.invalid")
    for _ in range(LOOKS):
        EmailAddress.objects.filter(user=account, email=account.email).first()
    transaction.savepoint_rollback(place)


@transaction.atomic
def drop_unproved_password(account: Account) -> None:
    """A password that was set before anybody proved to own the address opens nothing any more.

    Else a stranger could sign up with your address and a password of theirs, and wait
    until you confirm the address by signing in with a code.
    """
    if EmailAddress.objects.filter(user=account, verified=True).exists():
        return
    account.set_unusable_password()
    Account.objects.filter(pk=account.pk).update(password=account.password)
