"""What every answer of the house says to machines that learn from what they find."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from coterie.ui.facing import NOT_FOR_LEARNING


class NotForLearning:
    """All is kept from them but what a view, or the head of a page, marked `request.teaches`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        if not getattr(request, "teaches", False):
            said = answer.headers.get("X-Robots-Tag")
            answer.headers["X-Robots-Tag"] = ", ".join(filter(None, (said, NOT_FOR_LEARNING)))
            answer.headers["TDM-Reservation"] = "1"
        return answer
