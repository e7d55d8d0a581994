"""What the world is shown without asking who it is: kept by anybody, and nothing of it private."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client, override_settings

from tests.access_matrix import MATRIX
from tests.asking import Asking
from tests.routes import Route, routes
from tests.world import World

pytestmark = pytest.mark.house

WITH_A_FORM = {
    "/sign-in/",
    "/sign-in/forgotten/",
    "/sign-up/",
    "/sign-up/with-passkey/",
    "/claim/<str:token>/",
}
"""Pages on which a stranger sends something: their secret is the only cookie that one gets."""
PUBLIC = (
    "/",
    "/find/",
    "/about/",
    "/about/privacy/",
    "/c/<slug:handle>/",
    "/c/<slug:handle>/about/",
    "/c/<slug:handle>/tags/<str:tag>/",
    "/c/<slug:handle>/gatherings/",
    "/c/<slug:handle>/gatherings/past/",
    "/t/<slug:public_id>/",
    "/p/<slug:public_id>/",
)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """A public community with something of each kind in it, taken back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield World("public")
        transaction.set_rollback(True)


def seen_by_strangers() -> list[Route]:
    """Every page that opens to somebody who is not signed in."""
    known = {route.pattern: route for route in routes()}
    rows = {pattern: shapes.get("any") or shapes["public"] for pattern, shapes in MATRIX.items()}
    return [known[pattern] for pattern, row in rows.items() if row.get("GET", "")[:1] == "y"]


@pytest.mark.django_db
def test_reading_leaves_no_cookie(world):
    answers = {
        route.pattern: Asking(world, route).ask("anonymous", "GET") for route in seen_by_strangers()
    }
    assert {pattern for pattern, answer in answers.items() if answer.cookies} == WITH_A_FORM


def public_pages(world: World) -> dict[str, str]:
    known = {route.pattern: route for route in routes()}
    found = ((pattern, known[pattern]) for pattern in PUBLIC)
    return {pattern: route.filled(Asking(world, route).values()) for pattern, route in found}


@override_settings(PUBLIC_URL="https://home.example")
def test_anybody_may_keep_what_a_stranger_reads_for_a_minute(world):
    for path in public_pages(world).values():
        answer = Client().get(path)
        assert answer["Cache-Control"] == "public, max-age=60", path
        assert {"Accept-Language", "Cookie"} <= set(answer["Vary"].split(", ")), path
        again = Client().get(path, headers={"If-None-Match": answer["ETag"]})
        assert (again.status_code, again.content) == (304, b""), path
        assert {"Cache-Control", "ETag", "Vary"} <= set(again.headers), path
        german = Client().get(path, headers={"Accept-Language": "de"})
        assert german["ETag"] != answer["ETag"], path


def test_nobody_keeps_what_is_one_readers_own(world):
    """Who is signed in, was a moment ago, or is being told something."""
    ended, told = Client(), Client()
    ended.cookies[settings.SESSION_COOKIE_NAME] = "over"
    told.cookies["messages"] = "something"
    member = Client()
    member.force_login(world.people["member"].account)
    for path in public_pages(world).values():
        for browser in (member, ended, told):
            answer = browser.get(path)
            assert "no-store" in answer["Cache-Control"], path
            assert "ETag" not in answer, path
