"""Our session engine: sealed rows, hashed keys, days instead of times, no addresses.

A row exists only once something is stored. A browser that comes back on a new day is
saved again, so that its row and its cookie live on from that day.
"""

import json
import logging
from datetime import date, timedelta
from typing import Any

from cryptography.exceptions import InvalidTag
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase, UpdateError
from django.db.models import QuerySet

from coterie.accounts.models import Account, Session, today
from coterie.core.boxes import seal, unseal
from coterie.core.ids import hashed
from coterie.core.prepared import prepared

log = logging.getLogger(__name__)

BOX = "session"
DEVICE = "device"
"""Under this name the sign-in leaves the device's label in the session."""


def clear_expired() -> int:
    """Sessions that ran out are gone; how many there were."""
    return Session.objects.filter(expires_on__lt=today()).delete()[0]


@prepared
def _rows(key_hash: str, on: date) -> QuerySet[Session]:
    found = Session.objects.filter(key_hash=key_hash, expires_on__gte=on)
    return found.select_related("account")


class SessionStore(SessionBase):
    """What Django's middleware reads and writes through."""

    account: Account | None = None
    """Whose session this was when it was loaded; `middleware.SignedIn` decides what that means."""

    def load(self) -> dict[str, Any]:
        """What the browser of this key stored; nothing for an unknown or old key."""
        row = next(iter(_rows(hashed(self.session_key or ""), today())), None)
        if row is None:
            self._session_key = None
            return {}
        if row.last_seen_on < today():
            self.modified = True
        self.account = row.account
        return self._opened(row)

    def exists(self, session_key: str) -> bool:
        """Whether a row stands for this key."""
        return Session.objects.keyed(session_key).exists()

    def create(self) -> None:
        """A new key, and a row for it."""
        self._session_key = self._get_new_session_key()  # type: ignore[attr-defined]
        self.save(must_create=True)
        self.modified = True

    def save(self, must_create: bool = False) -> None:
        """The row holds what the session holds now; raises `UpdateError` when it was revoked."""
        if self.session_key is None:
            return self.create()
        columns = self._columns(self._get_session(no_load=must_create))  # type: ignore[attr-defined]
        if must_create:
            Session.objects.create(key_hash=hashed(self.session_key), **columns)
        elif not Session.objects.keyed(self.session_key).update(**columns):
            raise UpdateError
        return None

    def delete(self, session_key: str | None = None) -> None:
        """No row stands for this key any more."""
        Session.objects.keyed(session_key or self.session_key).delete()

    @classmethod
    def clear_expired(cls) -> None:
        """For Django's `clearsessions`."""
        clear_expired()

    def _opened(self, row: Session) -> dict[str, Any]:
        try:
            return json.loads(unseal(row.box, BOX))
        except InvalidTag:
            log.warning("a session was sealed with another key file")
            self._session_key = None
            return {}

    def _columns(self, stored: dict[str, Any]) -> dict[str, Any]:
        # One day more than the cookie lives: the cookie ends it, the row only follows.
        days = self.get_expiry_age() // 86_400 + 1
        return {
            "box": seal(json.dumps(stored), BOX),
            "account_id": int(stored[SESSION_KEY]) if SESSION_KEY in stored else None,
            "device": stored.get(DEVICE, ""),
            "last_seen_on": today(),
            "expires_on": today() + timedelta(days=days),
        }
