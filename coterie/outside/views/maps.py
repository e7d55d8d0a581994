"""What crawlers ask first: where they are not wanted, and what there is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.html import escape
from django.views.decorators.http import require_safe

from coterie.core.origin import kept_by, public_origin
from coterie.core.wordless import wordless
from coterie.outside import reads
from coterie.outside.views.answering import SHORTLY, kept

NOT_FOR_CRAWLERS = (
    "/account/",
    "/alerts/",
    "/attention/",
    "/claim/",
    "/imports/",
    "/language/",
    "/me/",
    "/new/",
    "/operator/",
    "/search/",
    "/sign-in/",
    "/sign-out/",
    "/sign-up/",
    "/talk/$",
    "/u/",
    "/c/*/join/",
    "/c/*?sort=",
    "/t/*?before=",
    "/t/*?reply=",
)
"""Forms and pages of one person: nothing to read there. What is secret is not named here either."""
LEARNERS = (
    "AI2Bot",
    "Amazonbot",
    "anthropic-ai",
    "Applebot-Extended",
    "Bytespider",
    "CCBot",
    "ClaudeBot",
    "cohere-ai",
    "cohere-training-data-crawler",
    "Diffbot",
    "FacebookBot",
    "Google-Extended",
    "GPTBot",
    "Meta-ExternalAgent",
    "omgili",
    "PanguBot",
    "PerplexityBot",
    "Timpibot",
)
"""Names under which machines gather text to learn from, as their owners document them."""
KIND = "application/xml; charset=utf-8"
NAMES = "http://www.sitemaps.org/schemas/sitemap/0.9"


@wordless
@require_safe
def robots(request: HttpRequest) -> HttpResponseBase:
    """Which pages crawlers need not ask for, and where the map is."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_CRAWLERS), ""]
    lines += [*(f"User-agent: {name}" for name in LEARNERS), "Disallow: /"]
    if settings.LEARNERS_WELCOME:
        # The longest path that fits decides, whatever the order.
        lines += [f"Allow: {path}" for path in reads.taught()]
    lines.append("")
    lines += [f"Sitemap: {public_origin(request)}/sitemap.xml", ""]
    return kept(HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8"), request)


@wordless
@require_safe
def index(request: HttpRequest) -> HttpResponseBase:
    """The map of maps: one of all communities, and one for each in which something is open."""
    origin = public_origin(request)
    parts = ((f"{path}sitemap.xml", at) for path, at in reads.places() if at)
    found = chain([("/sitemap/communities.xml", None)], parts)
    return _streamed("sitemapindex", "sitemap", origin, found)


@wordless
@require_safe
def communities(request: HttpRequest) -> HttpResponseBase:
    """The front page and every community that everybody may find and read."""
    found: Iterable[tuple[str, date | None]] = chain(
        [("/", None), ("/find/", None)], reads.places()
    )
    return _streamed("urlset", "url", public_origin(request), found)


@wordless
@require_safe
def topics(request: HttpRequest, handle: str) -> HttpResponseBase:
    """The topics and gatherings of such a community."""
    community = reads.open_community(handle)
    if community is None or not community.in_the_open:
        raise Http404
    return _streamed("urlset", "url", public_origin(request), reads.topics(community))


def _streamed(
    whole: str, part: str, origin: str, found: Iterable[tuple[str, date | None]]
) -> StreamingHttpResponse:
    answer = StreamingHttpResponse(_lines(whole, part, origin, found), content_type=KIND)
    answer["Cache-Control"] = f"{kept_by()}, max-age={SHORTLY}"
    return answer


def _lines(
    whole: str, part: str, origin: str, found: Iterable[tuple[str, date | None]]
) -> Iterator[str]:
    yield f'<?xml version="1.0" encoding="utf-8"?>\n<{whole} xmlns="{NAMES}">\n'
    for path, at in found:
        day = f"<lastmod>{at.isoformat()}</lastmod>" if at else ""
        yield f"<{part}><loc>{escape(origin + path)}</loc>{day}</{part}>\n"
    yield f"</{whole}>\n"
