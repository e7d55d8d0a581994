"""Law 4: every address × every role × every shape of community answers as the matrix says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse

from tests.access_matrix import MATRIX
from tests.asking import ABSENT, Asking
from tests.routes import Route, routes
from tests.world import ROLES, SHAPES, World

pytestmark = pytest.mark.house

METHODS = ("GET", "POST")
ROUTES = {route.pattern: route for route in routes()}


@pytest.fixture(scope="module")
def worlds(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, World]]:
    """One world of each shape, made once and taken back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield {shape: World(shape) for shape in SHAPES}
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _nothing_stays(worlds: dict[str, World]) -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def letter(answer: HttpResponse) -> str:
    """One answer in the matrix's alphabet; anything unforeseen is an exclamation mark."""
    if answer.status_code in (301, 302, 303):
        return "s" if re.match(r"/(sign-in|account/again)/", answer["Location"]) else "y"
    return {200: "y", 204: "y", 304: "y", 400: "y", 403: "n", 404: "-", 405: "x"}.get(
        answer.status_code, "!"
    )


def row(asking: Asking, method: str) -> str:
    """What every role gets."""
    return "".join(letter(asking.ask(role, method)) for role in ROLES)


def found(worlds: dict[str, World], route: Route) -> dict[str, dict[str, str]]:
    """The route's rows as the code answers now."""
    about_a_place = Asking(worlds["private"], route).is_about_a_place
    shapes = tuple(SHAPES) if about_a_place else ("any",)
    return {
        shape: {
            method: row(Asking(worlds["private" if shape == "any" else shape], route), method)
            for method in METHODS
        }
        for shape in shapes
    }


def as_code(pattern: str, rows: dict[str, dict[str, str]]) -> str:
    lines = "".join(f'        "{shape}": {rows[shape]},\n'.replace("'", '"') for shape in rows)
    return f'    "{pattern}": {{\n{lines}    }},\n'


@pytest.mark.parametrize("pattern", ROUTES)
def test_each_role_gets_what_the_matrix_says(worlds, pattern):
    rows = found(worlds, ROUTES[pattern])
    assert pattern in MATRIX, "classify this address in tests/access_matrix.py:\n" + as_code(
        pattern, rows
    )
    assert rows == MATRIX[pattern]


@pytest.mark.django_db  # one test must ask for the database, or none is made for the worlds
def test_the_matrix_has_no_row_for_what_is_gone():
    assert set(MATRIX) <= set(ROUTES)


def test_everybody_is_let_in_somewhere_and_kept_out_somewhere():
    letters = dict.fromkeys(ROLES, "")
    for shapes in MATRIX.values():
        for methods in shapes.values():
            for row_ in methods.values():
                for role, each in zip(ROLES, row_, strict=True):
                    letters[role] += each
    for role, seen in letters.items():
        assert {"y", "-"} <= set(seen), role


def without_chance(answer: HttpResponse) -> bytes:
    """Status, headers and body, less what is random in every answer."""
    heads = sorted(
        f"{k}: {v}"
        for k, v in answer.items()
        if k not in ("Content-Security-Policy", "Set-Cookie", "Date")
    )
    body = re.sub(
        rb'(nonce|csrfmiddlewaretoken" value|content)="[A-Za-z0-9+/=_-]{16,}"', b"", answer.content
    )
    return f"{answer.status_code}\n{heads}\n".encode() + body


@pytest.mark.parametrize(
    "pattern",
    [
        p
        for p, rows in MATRIX.items()
        if any("-" in row for r in rows.values() for row in r.values())
    ],
)
@pytest.mark.parametrize("method", METHODS)
def test_what_is_kept_from_somebody_is_as_absent_as_what_never_was(worlds, pattern, method):
    compared = 0
    for shape, rows in MATRIX[pattern].items():
        asking = Asking(worlds["private" if shape == "any" else shape], ROUTES[pattern])
        if not asking.route.names:
            continue
        for role, each in zip(ROLES, rows[method], strict=True):
            if each != "-":
                continue
            kept = without_chance(asking.ask(role, method))
            absent = asking.ask(role, method, absent=True)
            assert absent.status_code == 404
            assert kept.replace(asking.secret, b"") == without_chance(absent).replace(
                ABSENT.encode(), b""
            ), role
            compared += 1
    if ROUTES[pattern].names and any("-" in row[method] for row in MATRIX[pattern].values()):
        assert compared
