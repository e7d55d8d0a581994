"""What this place is and what its server knows, in plain words."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from coterie.core.origin import public_origin
from coterie.personas.caching import open_to_strangers
from coterie.personas.requests import Request
from coterie.ui.facing import Facing


@open_to_strangers
@require_safe
def about(request: Request) -> HttpResponse:
    """Who runs this and with what software."""
    return render(
        request, "home/about.html", {"source": settings.SOURCE_URL, "facing": _facing(request)}
    )


@open_to_strangers
@require_safe
def privacy(request: Request) -> HttpResponse:
    """What the server knows, who could read it, and what nobody promises."""
    return render(request, "home/privacy.html", {"facing": _facing(request)})


def _facing(request: Request) -> Facing:
    return Facing(public_origin(request), request.path, settings.SITE_NAME, card="/card.jpg")
