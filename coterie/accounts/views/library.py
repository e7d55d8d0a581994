"""The library's pages, as they stand in this house."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from allauth.account import views as account
from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY as STEPPING,
)
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as webauthn
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from coterie.accounts.actions import coarsening, opening, proving
from coterie.accounts.forms import CodeForm
from coterie.accounts.models import Account

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


class SignUp(account.SignupView):
    """A new account, or the same answer for an address that has one.

    All it writes takes one commit, as for a taken address: the time must not tell.
    """

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        return super().form_valid(form)


class SignUpWithPasskey(account.SignupByPasskeyView):
    """A new account whose first way in is a passkey."""

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        return super().form_valid(form)


class EnterCode(account.ConfirmLoginCodeView):
    """The mailed code of a sign-in.

    A right one proves the address; a password set before the proof opens nothing.
    """

    def form_valid(self, form: Any) -> HttpResponse:
        if self._action == "verify":
            opening.drop_unproved_password(self._process.user)
        return super().form_valid(form)


class Passkeys(webauthn.ListWebAuthnView):
    """The account's passkeys, in the order in which they came."""

    ordering = "pk"


class SetUpApp(app.ActivateTOTPView):
    """An authenticator app is asked for from now on.

    Whoever just typed its number is not asked for it again to see the recovery codes.
    """

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        record_authentication(
            self.request, self.request.user, "mfa", type="totp", reauthenticated=True
        )
        return response


class AddPasskey(webauthn.AddWebAuthnView):
    """One more passkey.

    Whoever just made it is not asked for it again to see the recovery codes.
    """

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        record_authentication(
            self.request, self.request.user, "mfa", type="webauthn", reauthenticated=True
        )
        return response


class AgainByMail(account.BaseReauthenticateView):
    """A mailed code shows that it is you, where a passkey is not at hand."""

    form_class = CodeForm
    template_name = "accounts/again_mail.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"code": proving.expected(self.request.session)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sent = bool(proving.expected(self.request.session))
        return super().get_context_data(**kwargs) | {"sent": sent}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "send" not in request.POST:
            return super().post(request, *args, **kwargs)
        proving.mail_code(request.session, to=cast(Account, request.user))
        return redirect(self.passthrough_next_url(request.path))

    def form_valid(self, form: Any) -> HttpResponse:
        proving.forget(self.request.session)
        record_authentication(self.request, self.request.user, "code", reauthenticated=True)
        return super().form_valid(form)

    def form_invalid(self, form: Any) -> HttpResponse:
        proving.count_wrong(self.request.session)
        return super().form_invalid(form)


again_by_mail = login_required(AgainByMail.as_view())


def _whose(request: HttpRequest) -> set[int]:
    """Who is signed in, and who is between the first and the second step."""
    found = {request.user.pk, request.session.get(STEPPING)}
    return {int(each) for each in found if each}
