"""Pages that say no."""

import pytest
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from coterie.core.verdict import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.urls("coterie.ui.tests.test_pages")]


def refuse(request: HttpRequest) -> HttpResponse:
    raise Refused("Only hosts may do that.")


def hide(request: HttpRequest) -> HttpResponse:
    raise Http404("Mending circle is secret")


def break_down(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("The thread tore")


def suspect(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation("Too many fields")


urlpatterns = [
    path("refused/", refuse),
    path("hidden/", hide),
    path("broken/", break_down),
    path("suspect/", suspect),
    path("", include("coterie.config.urls")),
]


def test_a_refusal_says_why(client):
    page = client.get("/refused/")
    assert page.status_code == 403
    assert "Only hosts may do that." in page.content.decode()


def test_what_is_hidden_looks_exactly_like_what_is_not_there(client):
    hidden, nothing = client.get("/hidden/"), client.get("/no/such/thing/")
    assert hidden.status_code == nothing.status_code == 404
    assert hidden.content == nothing.content
    assert hidden.headers == nothing.headers


def test_what_broke_is_not_told(db):
    page = Client(raise_request_exception=False).get("/broken/")
    assert page.status_code == 500
    assert "tore" not in page.content.decode()
    assert "our side" in page.content.decode()


def test_nonsense_is_answered_kindly(client):
    page = client.get("/suspect/")
    assert page.status_code == 400
    assert "Too many fields" not in page.content.decode()


def test_a_form_from_elsewhere_is_not_taken(db):
    page = Client(enforce_csrf_checks=True).post("/refused/")
    assert page.status_code == 403
    assert "send that again" in page.content.decode()
