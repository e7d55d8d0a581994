"""The front page: a quilt for a stranger, a calm home for whoever is signed in."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coterie.core.origin import public_origin
from coterie.home.forms import SearchForm
from coterie.home.reads import home, landing
from coterie.home.reads.wishes import wish_of
from coterie.personas.caching import open_to_strangers
from coterie.personas.requests import Request
from coterie.ui.facing import Facing


@open_to_strangers
@require_safe
def front(request: Request) -> HttpResponse:
    """`/`: what is new for me, or what there is to find."""
    words = _words(request)
    if not request.viewer.signed_in:
        said = _(
            "Small communities with a home of their own. Be somebody else in each, if you like."
        )
        facing = _facing(request, said)
        return render(request, "home/landing.html", _landing(words) | {"facing": facing})
    if words:
        return redirect(f"/find/?{request.GET.urlencode()}")
    wish = wish_of(request.viewer, request.GET)
    return render(request, "home/home.html", home.page(request.viewer, wish))


@open_to_strangers
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
        {
            "q": words,
            "rows": rows,
            "after": after,
            "interests": landing.interests(),
            "facing": _facing(request, _("Communities that everybody may find.")),
        },
    )


def _facing(request: Request, text: str) -> Facing:
    """The page as the world may know it; what somebody looks for is no page of its own."""
    at, listed = public_origin(request), not request.GET
    return Facing(at, request.path, settings.SITE_NAME, text, "/card.jpg", listed)


def _words(request: Request) -> str:
    form = SearchForm(request.GET)
    return str(form.cleaned_data["q"]).strip() if form.is_valid() else ""


def _landing(words: str) -> dict[str, object]:
    found = landing.sought(words) if words else []
    return {"q": words, "found": found, **landing.front()}
