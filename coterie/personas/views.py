"""Flowers are drawn for whoever asks: a seed says nothing about anybody."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from coterie.core.wordless import wordless
from coterie.personas.flowers import drawing


@wordless
@require_safe
@cache_control(public=True, immutable=True, max_age=31_536_000)
def flower(request: HttpRequest, seed: int) -> HttpResponse:
    """The same bytes for the same seed, for ever."""
    return HttpResponse(drawing(seed), content_type="image/svg+xml")
