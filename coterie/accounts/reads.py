"""What the account's own pages and the operator's pages show."""

import json
from typing import Any

from allauth.mfa.models import Authenticator
from cryptography.exceptions import InvalidTag
from django.utils.dateparse import parse_datetime

from coterie.accounts.mailing import BOX
from coterie.accounts.models import Account, OutgoingMail, Session
from coterie.core.boxes import unseal
from coterie.core.ids import hashed


def ways_in(account: Account) -> dict[str, Any]:
    """How this account can sign in now."""
    kinds = list(Authenticator.objects.filter(user=account).values_list("type", flat=True))
    return {
        "password": account.has_usable_password(),
        "passkeys": kinds.count(Authenticator.Type.WEBAUTHN),
        "app": Authenticator.Type.TOTP in kinds,
        "recovery": Authenticator.Type.RECOVERY_CODES in kinds,
    }


def sessions_of(account: Account, session_key: str | None) -> list[dict[str, Any]]:
    """The account's living browsers, this one first and then the lately seen."""
    rows = Session.objects.living().filter(account=account)
    here = hashed(session_key or "")
    found = [
        {
            "id": row.pk,
            "device": row.device,
            "begun_on": row.begun_on,
            "last_seen_on": row.last_seen_on,
            "is_this": row.key_hash == here,
        }
        for row in rows.defer("box").order_by("-last_seen_on", "pk")
    ]
    return sorted(found, key=lambda each: not each["is_this"])


def waiting_mails() -> list[dict[str, Any]]:
    """The outbox, newest first; the order lies in the boxes only."""
    opened = (_opened(box) for box in OutgoingMail.objects.values_list("box", flat=True))
    return sorted((mail for mail in opened if mail), key=lambda mail: mail["at"], reverse=True)


def _opened(box: str) -> dict[str, Any] | None:
    try:
        mail = json.loads(unseal(box, BOX))
    except InvalidTag:
        return None
    return mail | {"at": parse_datetime(mail["at"])}
