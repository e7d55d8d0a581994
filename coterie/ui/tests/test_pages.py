"""Pages that say no."""

import re

import pytest
from django.contrib import messages
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
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


def say(request: HttpRequest, kind: str) -> HttpResponse:
    getattr(messages, kind)(request, "So it is.")
    return render(request, "400.html")


urlpatterns = [
    path("said/<str:kind>/", say),
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
    said = nothing.content.decode().replace("/no/such/thing/", "/hidden/")
    assert hidden.content.decode() == said
    assert int(nothing["Content-Length"]) - len(nothing.content) == 0
    assert {**hidden.headers, "Content-Length": ""} == {**nothing.headers, "Content-Length": ""}


@pytest.mark.parametrize(
    ("asked", "leads"),
    [
        ("/t/abc/?at=7&page=2", "?next=/t/abc/%3Fat%3D7%26page%3D2"),
        ('/a"b<c>/', "?next=/a%2522b%253Cc%253E/"),
        ("http://testserver//elsewhere.example/", ""),
    ],
)
def test_who_is_signed_out_may_sign_in_and_come_back(client, asked, leads):
    page = client.generic("GET", asked)
    assert page.status_code == 404
    links = re.findall(r'href="/sign-in/([^"]*)"', page.content.decode())
    assert links == [leads, leads]


def test_what_was_sent_and_not_found_leads_to_no_address(client):
    page = client.post("/no/such/thing/").content.decode()
    assert re.findall(r'href="/sign-in/([^"]*)"', page) == ["", ""]


@pytest.mark.parametrize(
    ("kind", "icon"),
    [
        ("success", "check"),
        ("info", "info"),
        ("warning", "triangle-alert"),
        ("error", "circle-alert"),
    ],
)
def test_what_is_said_is_drawn_as_what_it_is(client, kind, icon):
    page = client.get(f"/said/{kind}/").content.decode()
    said = re.search(rf'said__line--{kind}">.*?icons.svg#([a-z-]+)', page)
    assert said
    assert said[1] == icon


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
