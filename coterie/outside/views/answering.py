"""What every answer here has: anybody may keep it, and who has it already is told so."""

from __future__ import annotations

import hashlib

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

from coterie.core.origin import kept_by

SHORTLY = 300
"""Seconds: so long may what became private still be read where somebody kept it."""


def kept(answer: HttpResponse, request: HttpRequest) -> HttpResponseBase:
    """The answer, or only word that it is still the same."""
    answer["Cache-Control"] = f"{kept_by()}, max-age={SHORTLY}"
    # No day of a last change: words that are taken back or folded leave none behind.
    tag = f'"{hashlib.sha256(answer.content).hexdigest()[:32]}"'
    answer["ETag"] = tag
    return get_conditional_response(request, etag=tag, response=answer) or answer
