"""When the database has no turn to give, whoever asked is told so kindly and keeps their words."""

from __future__ import annotations

import logging
import sqlite3
import sys
from collections.abc import Callable

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.defaults import server_error

log = logging.getLogger(__name__)

SECONDS = 5
BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
"""As SQLite says it; the upper bits of a code only say more."""
NO_TURN = {"40001", "40P01", "55P03", "57014", "57P01"}
"""As PostgreSQL does: two waited for each other, it took too long, it is being restarted."""
TOKEN = "csrfmiddlewaretoken"  # noqa: S105  the name of a field

type Answers = Callable[[HttpRequest], HttpResponse]


class NoTurn:
    """A view that the database had no turn for answers 503: send it again."""

    def __init__(self, get_response: Answers) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The transaction that was open is undone by now; what came before it stays."""
        return _told(request, error) if has_no_turn(error) else None


def broken(request: HttpRequest) -> HttpResponse:
    """What Django asks for a 500: the same 503 where it was before or after the view.

    Who is signed in is asked before it, and the session is written after it; each middleware's
    errors end in its own layer, so that no middleware sees them all. Django calls this while it
    handles the error.
    """
    error = sys.exception()
    return _told(request, error) if has_no_turn(error) else server_error(request)


def has_no_turn(error: BaseException | None) -> bool:
    """Whether the same may go well in a moment."""
    if not isinstance(error, OperationalError):
        return False
    cause = error.__cause__
    if isinstance(cause, sqlite3.Error):
        return getattr(cause, "sqlite_errorcode", 0) & 0xFF in BUSY
    # PostgreSQL gives a code to whatever it says; psycopg has none to give where it found nobody,
    # was turned away at the door (too many, not up yet), or was cut off.
    code = getattr(cause, "sqlstate", "")
    # Whoever stood in our own line before the database has no cause.
    return code is None or code in NO_TURN or str(error) == "database is locked"


def _told(request: HttpRequest, error: BaseException | None) -> HttpResponse:
    log.warning("the database had no turn for %s: %s", request.method, error)
    answer = _answer(request)
    answer["Retry-After"] = str(SECONDS)
    answer["Cache-Control"] = "no-store"
    return answer


def _answer(request: HttpRequest) -> HttpResponse:
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        return JsonResponse({"sentence": _sentence(request), "again": SECONDS}, status=503)
    shown = {
        "sent": _sent(request),
        "asked": request.method in {"GET", "HEAD"},
        "path": request.get_full_path(),
        "csrf_token": get_token(request),
    }
    # Without the request, so without the rail and whatever else would ask the database again.
    return HttpResponse(render_to_string("503.html", shown), status=503)


def _sentence(request: HttpRequest) -> str:
    if request.method in {"GET", "HEAD"}:
        return _("Too much is going on here just now. Try again in a moment.")
    return _(
        "Too much is going on here just now. Send it again in a moment; "
        "it may be that a part of it is done already."
    )


def _sent(request: HttpRequest) -> list[tuple[str, str]] | None:
    """What the form held, to send it again by a press; None where that cannot be shown again."""
    if request.method != "POST" or request.FILES or not request.POST:
        return None
    lists = [(name, values) for name, values in request.POST.lists() if name != TOKEN]
    if any("password" in name for name, _values in lists):
        return None
    return [(name, value) for name, values in lists for value in values]
