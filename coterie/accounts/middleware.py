"""Each request learns which account is signed in."""

from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject

from coterie.accounts.models import Account


class SignedIn(AuthenticationMiddleware):
    """Django's own, but the account came along with the session's row, in one query."""

    def process_request(self, request: HttpRequest) -> None:
        request.user = SimpleLazyObject(lambda: account_of(request))  # type: ignore[assignment]
        request.auser = partial(auth.aget_user, request)


def account_of(request: HttpRequest) -> Any:
    """The signed-in account. Wherever anything is unusual, Django itself decides."""
    user_id = request.session.get(auth.SESSION_KEY)  # loads the session
    account: Account | None = getattr(request.session, "account", None)
    if account is None or str(account.pk) != user_id or not _is_vouched_for(request, account):
        return auth.get_user(request)
    return account


def _is_vouched_for(request: HttpRequest, account: Account) -> bool:
    """The checks of `auth.get_user`: a backend of ours, an active account, the same password."""
    backend = request.session.get(auth.BACKEND_SESSION_KEY)
    stored = request.session.get(auth.HASH_SESSION_KEY) or ""
    return (
        backend in settings.AUTHENTICATION_BACKENDS
        and account.is_active
        and constant_time_compare(stored, account.get_session_auth_hash())
    )
