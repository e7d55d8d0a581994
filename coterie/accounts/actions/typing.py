"""What the keyboard does for an account."""

from coterie.accounts.models import Account


def hear_single_keys(account: Account) -> None:
    """From now on a letter alone does something on the pages of this account."""
    Account.objects.filter(pk=account.pk).update(single_keys=True)


def ignore_single_keys(account: Account) -> None:
    """From now on no letter does anything by itself."""
    Account.objects.filter(pk=account.pk).update(single_keys=False)
