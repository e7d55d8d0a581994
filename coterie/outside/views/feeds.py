"""Feeds of public communities. Who asks is not asked: a feed reader has no seat."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from coterie.core.origin import public_origin
from coterie.core.wordless import wordless
from coterie.outside import atom, reads
from coterie.outside.views.answering import kept


@wordless
@require_safe
def topics(request: HttpRequest, handle: str, tag: str = "") -> HttpResponseBase:
    """The newest topics of a public community, or those with a tag, as an Atom feed."""
    community = reads.open_community(handle)
    if community is None:
        raise Http404
    request.teaches = community.teaches  # type: ignore[attr-defined]
    word = reads.open_tag(community, tag) if tag else None
    if tag and word is None:
        raise Http404
    entries = reads.entries(community, word["pk"] if word else None)
    text = atom.feed(community, word, entries, public_origin(request))
    answer = HttpResponse(text, content_type=atom.Feed.content_type)
    answer["X-Robots-Tag"] = "noindex"
    return kept(answer, request)
