"""The front page: a quilt for a stranger, a calm home for whoever is signed in."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from coterie.home.forms import SearchForm
from coterie.home.reads import home, landing
from coterie.personas.requests import Request


@never_cache
@require_safe
def front(request: Request) -> HttpResponse:
    """`/`: what is new for me, or what there is to find."""
    words = _words(request)
    if not request.viewer.signed_in:
        return render(request, "home/landing.html", _landing(words))
    if words:
        return redirect(f"/find/?{request.GET.urlencode()}")
    return render(request, "home/home.html", home.page(request.viewer))


@never_cache
@require_safe
def find(request: Request) -> HttpResponse:
    """Every community that everyone may find, or those that match."""
    words = _words(request)
    rows, after = (
        (landing.sought(words), "") if words else landing.listed(request.GET.get("after", ""))
    )
    return render(
        request,
        "home/find.html",
        {"q": words, "rows": rows, "after": after, "interests": landing.interests()},
    )


def _words(request: Request) -> str:
    form = SearchForm(request.GET)
    return str(form.cleaned_data["q"]).strip() if form.is_valid() else ""


def _landing(words: str) -> dict[str, object]:
    found = landing.sought(words) if words else []
    return {"q": words, "found": found, **landing.front()}
