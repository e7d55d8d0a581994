"""Pictures for links that are shared elsewhere."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings
from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from coterie import ui
from coterie.core.wordless import wordless
from coterie.outside import reads
from coterie.outside.views.answering import SHORTLY, kept
from coterie.pure.cards import Card, draw


@wordless
@require_safe
def house(request: HttpRequest) -> HttpResponseBase:
    """The card of this place itself."""
    return kept(_drawn(Card(settings.SITE_NAME, "", "", 0)), request)


@wordless
@require_safe
def community(request: HttpRequest, handle: str) -> HttpResponseBase:
    """The card of a public community."""
    found = reads.open_community(handle)
    if found is None:
        raise Http404
    request.teaches = found.teaches  # type: ignore[attr-defined]
    return kept(_drawn(reads.card_of_community(found)), request)


@wordless
@require_safe
def topic(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The card of a topic that everybody may read."""
    found = reads.open_topic(public_id)
    if found is None:
        raise Http404
    request.teaches = found.community.teaches  # type: ignore[attr-defined]
    return kept(_drawn(reads.card_of_topic(found)), request)


@wordless
@require_safe
def invitation(request: HttpRequest, token: str) -> HttpResponseBase:
    """The card of an invitation that still opens; nobody keeps it for others."""
    found = reads.card_of_invitation(token)
    if found is None:
        raise Http404
    answer = _drawn(found)
    patch_cache_control(answer, private=True, max_age=SHORTLY)
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _drawn(card: Card) -> HttpResponse:
    """Remembered by all that is on it, in memory alone: nothing erased lies on as a picture."""
    told = repr((card.title, card.text, card.foot, card.hue)).encode() + card.cover
    key = hashlib.sha256(told).hexdigest()
    drawn = caches["cards"].get(key)
    if drawn is None:
        drawn = draw(card, _fonts())
        caches["cards"].set(key, drawn)
    return HttpResponse(drawn, content_type="image/jpeg")


def _fonts() -> Path:
    return Path(ui.__path__[0]) / "static/ui/fonts"
