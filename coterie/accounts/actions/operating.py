"""Who runs this place, and how an operator helps somebody in."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import QuerySet

from coterie.accounts.actions import opening
from coterie.accounts.models import Account, OneTimeLink, today
from coterie.core.ids import hashed, new_token
from coterie.core.origin import public_origin

OPERATOR = OneTimeLink.Purpose.OPERATOR
SIGN_IN = OneTimeLink.Purpose.SIGN_IN


@transaction.atomic
def first_operator_link(base_url: str) -> str | None:
    """The one link that makes its opener the operator; None when there is one.

    Each call replaces the link of the call before.
    """
    OneTimeLink.objects.filter(purpose=OPERATOR).delete()
    if has_operator():
        return None
    token = _new_link(OPERATOR)
    return f"{base_url.rstrip('/')}/operator/claim/{token}/"


@transaction.atomic
def claim(token: str, *, by: Account) -> bool:
    """The account is the operator and the link is spent; False when the link opens nothing."""
    spent = OneTimeLink.objects.filter(purpose=OPERATOR, token_hash=hashed(token)).delete()[0]
    if not spent or has_operator():
        return False
    Account.objects.filter(pk=by.pk).update(is_operator=True)
    return True


@transaction.atomic
def make_operator(email: str) -> Account:
    """The account with this address is an operator; it is opened when there is none."""
    address = email.strip().lower()
    account = Account.objects.filter(email=address).first() or opening.open_account(address)
    Account.objects.filter(pk=account.pk).update(is_operator=True)
    OneTimeLink.objects.filter(purpose=OPERATOR).delete()
    account.is_operator = True
    return account


@transaction.atomic
def sign_in_link(email: str) -> str:
    """A link that signs a locked-out person in once, until tomorrow night.

    Raises `Account.DoesNotExist`. It asks no second step: it is meant for people who lost theirs.
    """
    account = Account.objects.get(email=email.strip().lower(), is_active=True)
    token = _new_link(SIGN_IN, account=account, expires_on=today() + timedelta(days=1))
    return f"{public_origin()}/sign-in/link/{token}/"


@transaction.atomic
def spend_sign_in_link(token: str) -> Account | None:
    """Whom the link lets in, now that it is spent; None when it opens nothing."""
    link = sign_in_links(token).select_related("account").first()
    if link is None or link.account is None:
        return None
    if not OneTimeLink.objects.filter(pk=link.pk).delete()[0]:
        return None
    # Whoever holds the link was vouched for by the operator: the address counts as theirs.
    EmailAddress.objects.update_or_create(
        user=link.account, email=link.account.email, defaults={"verified": True, "primary": True}
    )
    return link.account


def sign_in_links(token: str) -> QuerySet[OneTimeLink]:
    """The living link of this token, or nothing."""
    return OneTimeLink.objects.filter(
        purpose=SIGN_IN, token_hash=hashed(token), expires_on__gte=today(), account__is_active=True
    )


def opens_operator(token: str) -> bool:
    """Whether this link would still make somebody the operator."""
    links = OneTimeLink.objects.filter(purpose=OPERATOR, token_hash=hashed(token))
    return links.exists() and not has_operator()


def has_operator() -> bool:
    """Whether somebody runs this place."""
    return Account.objects.filter(is_operator=True).exists()


def _new_link(purpose: str, **columns: object) -> str:
    token = new_token()
    OneTimeLink.objects.create(purpose=purpose, token_hash=hashed(token), **columns)
    return token
