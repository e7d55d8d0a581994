"""Light, dark or as the device says: kept in this browser, tied to nobody."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

THEMES = ("light", "dark")
A_YEAR = 31_536_000


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """The cookie `theme` says what was chosen; the page where it was chosen is shown again."""
    response = HttpResponseRedirect(came_from(request))
    chosen = request.POST.get("theme")
    if chosen in THEMES:
        response.set_cookie(
            "theme", chosen, max_age=A_YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
        )
    else:
        response.delete_cookie("theme", samesite="Lax")
    return response


def came_from(request: HttpRequest) -> str:
    """The page before, if it is one of ours."""
    before = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(before, {request.get_host()})
    return before if before and ours else "/"
