"""Each request learns which account is signed in."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject

from coterie.accounts.models import Account
from coterie.core.wordless import is_wordless


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


class Spoken(LocaleMiddleware):
    """A page is in the language that its account chose, or the cookie, or the browser asks for.

    What holds no words (`core.wordless`) looks for no account and stays everybody's to keep.
    """

    def process_request(self, request: HttpRequest) -> None:
        _speak(request, translation.get_language_from_request(request))

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> None:
        """Here, because only now it is known whether the answer will have words."""
        request.wordless = is_wordless(view)  # type: ignore[attr-defined]
        if request.wordless or settings.SESSION_COOKIE_NAME not in request.COOKIES:  # type: ignore[attr-defined]
            return
        chosen = getattr(request.user, "language", "")
        if chosen in dict(settings.LANGUAGES):
            _speak(request, chosen)

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if getattr(request, "wordless", False) and response.status_code < 400:
            return response
        # The cookie is a way to choose, whether or not there is a session.
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        response.headers.setdefault("Content-Language", translation.get_language() or "")
        return response


def _speak(request: HttpRequest, language: str) -> None:
    translation.activate(language)
    request.LANGUAGE_CODE = translation.get_language()
