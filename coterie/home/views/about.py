"""What this place is and what its server knows, in plain words."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Who runs this and with what software."""
    return render(request, "home/about.html", {"source": settings.SOURCE_URL})


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What the server knows, who could read it, and what nobody promises."""
    return render(request, "home/privacy.html")
