"""A mailed code that shows, once more, that somebody is who they are."""

import time
from collections.abc import MutableMapping
from typing import Any

from allauth.core.internal.cryptokit import generate_user_code

from coterie.accounts import letters, mailing
from coterie.accounts.models import Account

KEPT = "proof"
SECONDS = 15 * 60
TRIES = 5

type Stored = MutableMapping[str, Any]


def mail_code(stored: Stored, *, to: Account) -> None:
    """A fresh code is on its way to the account's address and expected in this session."""
    code = generate_user_code()
    stored[KEPT] = {"code": code, "at": time.time(), "wrong": 0}
    subject, text = letters.write("account/email/again", {"code": code})
    mailing.send(to.email, subject=subject, text=text)


def expected(stored: Stored) -> str:
    """The code that counts now; empty when none does."""
    kept = stored.get(KEPT)
    if not kept or kept["wrong"] >= TRIES or time.time() - kept["at"] > SECONDS:
        return ""
    return str(kept["code"])


def count_wrong(stored: Stored) -> None:
    """One try fewer is left for the code."""
    kept = stored.get(KEPT)
    if kept:
        stored[KEPT] = kept | {"wrong": kept["wrong"] + 1}


def forget(stored: Stored) -> None:
    """No code is expected any more."""
    stored.pop(KEPT, None)
