"""What no browser sends and PostgreSQL cannot keep, and what would leave a browser blank."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

type Answers = Callable[[HttpRequest], HttpResponse]


class NoNul:
    """An address with a NUL in it answers 400: as a search it would be an error of the database."""

    def __init__(self, get_response: Answers) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest
        return self.get_response(request)


class NotBlank:
    """Whoever looks at an address that only takes what is sent reads that there is no page.

    It stands in the address bar after a form was sent in vain, and so it is asked for.
    """

    def __init__(self, get_response: Answers) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        if answer.status_code == 405 and request.method == "GET" and not answer.content:
            answer.content = render(request, "405.html").content
        return answer
