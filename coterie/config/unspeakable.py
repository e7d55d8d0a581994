"""What no browser sends and PostgreSQL cannot keep, and what would leave a browser blank."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.db import DataError
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

    def process_exception(self, request: HttpRequest, error: Exception) -> None:
        """The same for what was sent, where no form had a word for it."""
        sent = (word for _name, words in request.POST.lists() for word in words)
        if isinstance(error, DataError) and any("\0" in word for word in sent):
            raise BadRequest from error


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
