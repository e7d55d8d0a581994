"""The library's pages, as they stand in this house."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import views as account
from allauth.account.internal.flows.login import _AUTHENTICATION_METHODS_USER_SESSION_KEY as STEPPING
from allauth.mfa.webauthn import views as webauthn
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from coterie.accounts.actions import coarsening, opening

type Door = Callable[..., HttpResponse]


def to_the_day(view: Door) -> Door:
    """The times that the library writes in this request are days when it commits."""

    @wraps(view)
    def cut(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with transaction.atomic():
            response = view(request, *args, **kwargs)
            coarsening.cut_to_the_day(_whose(request))
        return response

    return cut


class EnterCode(account.ConfirmLoginCodeView):
    """A right code proves the address; what was set before the proof opens nothing."""

    def form_valid(self, form: Any) -> HttpResponse:
        if self._action == "verify":
            opening.drop_unproved_password(self._process.user)
        return super().form_valid(form)


class Passkeys(webauthn.ListWebAuthnView):
    """The account's passkeys, in the order in which they came."""

    ordering = "pk"


def _whose(request: HttpRequest) -> set[int]:
    """Who is signed in, and who is between the first and the second step."""
    found = {request.user.pk, request.session.get(STEPPING)}
    return {int(each) for each in found if each}
