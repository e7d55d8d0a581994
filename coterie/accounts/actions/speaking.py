"""The language of an account: its pages and its letters."""

from coterie.accounts.models import Account


def choose(account: Account, *, language: str) -> None:
    """From now on this account is spoken to in this language, wherever it signs in."""
    Account.objects.filter(pk=account.pk).update(language=language)
