"""The account's own pages, and the links that open a door once."""

from typing import Any, cast

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from allauth.account.stages import LoginStageController
from allauth.mfa.webauthn.stages import PasskeySignupStage
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from coterie.accounts import reads
from coterie.accounts.actions import closing, operating, revoking, speaking, typing
from coterie.accounts.forms import ClosingForm, KeysForm, LanguageForm
from coterie.accounts.models import Account

SESSIONS = "/account/sessions/"


@login_required
def overview(request: HttpRequest) -> HttpResponse:
    """What there is to change about one's own account."""
    return render(request, "accounts/overview.html", {"ways": reads.ways_in(_me(request))})


@never_cache
@login_required
def sessions(request: HttpRequest) -> HttpResponse:
    """Where this account is signed in."""
    listed = reads.sessions_of(_me(request), request.session.session_key)
    return render(request, "accounts/sessions.html", {"sessions": listed})


@require_POST
@login_required
def revocation(request: HttpRequest, session_id: int) -> HttpResponse:
    """One browser is signed out."""
    if not revoking.revoke(session_id, by=_me(request)):
        raise Http404
    messages.success(request, _("That browser is signed out."))
    return redirect(SESSIONS)


@require_POST
@login_required
def revocation_of_others(request: HttpRequest) -> HttpResponse:
    """Every browser but this one is signed out."""
    revoking.revoke_others(request.session.session_key, by=_me(request))
    messages.success(request, _("All other browsers are signed out."))
    return redirect(SESSIONS)


@require_POST
def without_passkey(request: HttpRequest) -> HttpResponse:
    """Somebody who signs up goes on without the passkey they first wanted."""
    stage = LoginStageController.enter(request, PasskeySignupStage.key)
    return stage.exit() if stage else redirect("/sign-in/")


@never_cache
def sign_in_link(request: HttpRequest, token: str) -> HttpResponse:
    """The operator's link for somebody locked out: it asks first, so that no preview spends it."""
    if request.method != "POST":
        opens = operating.sign_in_links(token).exists()
        return render(request, "accounts/link.html", {"opens": opens}, status=200 if opens else 404)
    account = operating.spend_sign_in_link(token)
    if account is None:
        return redirect(request.path)
    logout(request)
    # The second step may be what was lost: the stages are skipped on purpose.
    return _let_in(request, account)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def keys(request: HttpRequest) -> HttpResponse:
    """What the keyboard does, and whether letters alone do anything."""
    form = KeysForm(request.POST or None)
    if not form.is_valid():
        return render(request, "accounts/keys.html", status=422 if form.is_bound else 200)
    if form.cleaned_data["single"] == "on":
        typing.hear_single_keys(_me(request))
    else:
        typing.ignore_single_keys(_me(request))
    return redirect(request.path)


@login_required
def leaving(request: HttpRequest) -> HttpResponse:
    """Closing the account, after asking."""
    form = ClosingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        account = _me(request)
        logout(request)
        closing.close(account)
        messages.success(request, _("Your account is closed. Thank you for having been here."))
        return redirect("/")
    return render(request, "accounts/closing.html", {"form": form})


def _let_in(request: HttpRequest, account: Any) -> HttpResponse:
    login = Login(user=account)
    controller = LoginStageController(request, login)
    for stage in controller.get_stages():
        controller.set_handled(stage.key)
    return perform_login(request, login)


def _me(request: HttpRequest) -> Account:
    """Who is signed in, behind `login_required`."""
    return cast(Account, request.user)


@never_cache
@require_http_methods(["GET", "POST"])
def language(request: HttpRequest) -> HttpResponse:
    """This browser, and the account that is signed in, read everything in this language.

    Strangers ask by GET, so that no page of theirs needs a secret; no account changes by that.
    """
    asked = request.POST if request.method == "POST" else request.GET
    form = LanguageForm(asked)
    back = asked.get("next", "")
    answer = redirect(back if get_adapter(request).is_safe_url(back) else "/")
    if form.is_valid():
        chosen = form.cleaned_data["language"]
        if request.method == "POST" and request.user.is_authenticated:
            speaking.choose(_me(request), language=chosen)
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            samesite="Lax",
            secure=settings.LANGUAGE_COOKIE_SECURE,
        )
    return answer
