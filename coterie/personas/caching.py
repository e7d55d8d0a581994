"""Which pages may be kept, and by whom."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpResponse
from django.utils.cache import (
    add_never_cache_headers,
    get_conditional_response,
    patch_cache_control,
)

from coterie.core.origin import kept_by
from coterie.personas.requests import Request

SHORTLY = 60
"""Seconds: what became private may be read so long where somebody kept it."""
PERSONAL = (settings.SESSION_COOKIE_NAME, CookieStorage.cookie_name)
"""With one of these cookies an answer may be meant for one browser."""


def open_to_strangers[View: Callable[..., Any]](view: View) -> View:
    """What the signed-in get is kept by nobody; what a stranger gets, by anybody for a minute.

    Where this place has no address of its own, only that browser keeps it (`kept_by`). Such a
    page sets no cookie, and who has it already is told so. The middleware of languages adds
    that it depends on cookies and on what the browser speaks.
    """

    @wraps(view)
    def answered(request: Request, *args: Any, **kwargs: Any) -> Any:
        answer = view(request, *args, **kwargs)
        if not _is_for_anybody(request, answer):
            add_never_cache_headers(answer)
            return answer
        patch_cache_control(answer, **{kept_by(): True}, max_age=SHORTLY)
        tag = f'"{hashlib.sha256(answer.content).hexdigest()[:32]}"'
        answer["ETag"] = tag
        return get_conditional_response(request, etag=tag, response=answer)

    return answered  # type: ignore[return-value]


def _is_for_anybody(request: Request, answer: HttpResponse) -> bool:
    return (
        answer.status_code == 200
        and not answer.cookies
        and not request.viewer.signed_in
        and not any(name in request.COOKIES for name in PERSONAL)
        # A form on the page will make the browser keep a secret.
        and not request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
    )
