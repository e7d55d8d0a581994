"""Sessions that end before their day."""

from django.db import transaction

from coterie.accounts.models import Account, Session
from coterie.core.ids import hashed


@transaction.atomic
def revoke(session_id: int, *, by: Account) -> int:
    """One of the account's own browsers is signed out; 0 when there is none such."""
    return Session.objects.filter(pk=session_id, account=by).delete()[0]


@transaction.atomic
def revoke_others(session_key: str | None, *, by: Account) -> int:
    """Every browser of the account is signed out except the one with this key."""
    others = Session.objects.filter(account=by).exclude(key_hash=hashed(session_key or ""))
    return others.delete()[0]
