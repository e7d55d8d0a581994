"""The operator's few pages; for everybody else they do not exist."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from coterie.accounts import reads
from coterie.accounts.actions import operating

SIGN_UP = "/sign-up/"


def operators_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """404 for everybody who does not run this place."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not getattr(request.user, "is_operator", False):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@operators_only
def desk(request: HttpRequest) -> HttpResponse:
    """Where an operator starts."""
    waiting = 0 if settings.MAIL_SERVER else len(reads.waiting_mails())
    return render(
        request, "accounts/desk.html", {"mail_server": settings.MAIL_SERVER, "waiting": waiting}
    )


@never_cache
@operators_only
def outbox(request: HttpRequest) -> HttpResponse:
    """Mails that nobody carries, to be handed on by hand."""
    return render(
        request,
        "accounts/outbox.html",
        {"mails": reads.waiting_mails(), "mail_server": settings.MAIL_SERVER},
    )


@never_cache
def claim(request: HttpRequest, token: str) -> HttpResponse:
    """The first operator's link: through sign-up, then one question."""
    if not operating.opens_operator(token):
        return render(request, "accounts/claim.html", {"opens": False}, status=404)
    if not request.user.is_authenticated:
        return redirect_to_login(request.path, SIGN_UP)
    if request.method == "POST" and operating.claim(token, by=request.user):
        return redirect("/")
    return render(request, "accounts/claim.html", {"opens": True})
