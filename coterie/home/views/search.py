"""Search: one page, and the same without its frame for whoever is typing."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from coterie.home.reads import search as reads
from coterie.home.reads.tiles import path
from coterie.personas.requests import Request
from coterie.search.asking import LONGEST_QUERY


@never_cache
@require_safe
def search(request: Request) -> HttpResponse:
    """`/search/`: what was said, topics, people and communities, as far as one may see them."""
    words = request.GET.get("q", "")[:LONGEST_QUERY].strip()
    handle = request.GET.get("in", "")[:60]
    found = reads.search(request.viewer, words, handle=handle, after=request.GET.get("after", ""))
    typing = request.headers.get("HX-Request") == "true"
    page = "home/_found.html" if typing else "home/search.html"
    return render(request, page, {"q": words, "found": found, **_told(found, words, handle)})


def _told(found: reads.Found, words: str, handle: str) -> dict[str, Any]:
    scope = {"in": handle} if found.within else {}
    asked = {"q": words, **scope}
    after = found.posts.after
    return {
        "scope": scope.get("in", ""),
        "within_path": found.within and path(found.within["slug"], found.within["public_id"]),
        "wide_path": f"/search/?{urlencode({'q': words})}",
        "more": urlencode(asked | {"after": after}) if after else "",
        "notes": [_note(note.kind, note.text) for note in found.asked.notes],
    }


def _note(kind: str, text: str) -> tuple[str, Any]:
    return kind, parse_date(text) if kind in ("before", "after") else text
