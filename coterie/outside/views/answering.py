"""What every answer here has: anybody may keep it, and who has it already is told so."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

SHORTLY = 300
"""Seconds: so long may what became private still be read where somebody kept it."""


def kept(
    answer: HttpResponse, request: HttpRequest, changed: datetime | None = None
) -> HttpResponseBase:
    """The answer, or only word that it is still the same."""
    answer["Cache-Control"] = f"public, max-age={SHORTLY}"
    tag = f'"{hashlib.sha256(answer.content).hexdigest()[:32]}"'
    answer["ETag"] = tag
    seconds = int(changed.timestamp()) if changed else None
    if seconds is not None:
        answer["Last-Modified"] = http_date(seconds)
    found = get_conditional_response(request, etag=tag, last_modified=seconds, response=answer)
    return found or answer
