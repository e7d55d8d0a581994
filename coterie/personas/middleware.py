"""Each request learns who is looking."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers
from django.utils.functional import SimpleLazyObject

from coterie.personas import sealed
from coterie.personas.viewer import Viewer, viewer_of


class ViewerMiddleware:
    """`request.viewer` is the Viewer of this sign-in, built when first asked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.viewer = SimpleLazyObject(lambda: self._viewer(request))  # type: ignore[attr-defined]
        answer = self.get_response(request)
        # Also what a view's own care does not reach: the page of an error names one's communities.
        if settings.SESSION_COOKIE_NAME in request.COOKIES and "Cache-Control" not in answer:
            add_never_cache_headers(answer)
        return answer

    def _viewer(self, request: HttpRequest) -> Viewer:
        account = request.user
        return viewer_of(
            sealed.owner_of_request(account), is_operator=getattr(account, "is_operator", False)
        )
