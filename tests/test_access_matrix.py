"""Law 4: every address × every role × every shape of community answers as the matrix says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse

from coterie.config import wiring
from coterie.config.live import TheHouse, viewer_with
from coterie.personas.viewer import Viewer
from tests.access_matrix import ANYWHERE, IN_A_COMMUNITY, LIVE, MATRIX, METHODS, Row, written
from tests.asking import Asking
from tests.routes import Route, routes
from tests.world import ROLES, SHAPES, World

pytestmark = pytest.mark.house

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


LETTERS = {200: "y", 204: "y", 304: "y", 400: "y", 422: "y", 403: "n", 404: "-", 405: "x"}
OUTSIDERS = ("anonymous", "stranger", "pending", "banned", "former", "parent", "other", "operator")
"""For whom a secret community and all that is in it does not exist."""


def letter(answer: HttpResponse) -> str:
    """One answer in the matrix's alphabet; anything unforeseen is an exclamation mark."""
    if answer.status_code in (301, 302, 303):
        return "s" if re.match(r"/(sign-in|account/again)/", answer["Location"]) else "y"
    return LETTERS.get(answer.status_code, "!")


def found(worlds: dict[str, World], route: Route) -> tuple[dict[str, Row], list[str]]:
    """The route's rows as the code answers now, and where what is kept from somebody shows."""
    rows: dict[str, Row] = {}
    showing: list[str] = []
    shapes = tuple(SHAPES) if Asking(worlds["private"], route).is_about_a_place else ("any",)
    for shape in shapes:
        asking = Asking(worlds["private" if shape == "any" else shape], route)
        rows[shape] = {}
        for method in METHODS:
            answers = {role: asking.ask(role, method) for role in ROLES}
            rows[shape][method] = "".join(letter(answers[role]) for role in ROLES)
            for role, answer in answers.items():
                if hides(shape, role, answer, route) and (
                    seen := asking.shows(role, method, answer)
                ):
                    showing.append(f"{shape} {method} {role}: {seen}")
    return rows, showing


def hides(shape: str, role: str, answer: HttpResponse, route: Route) -> bool:
    """Whether this answer has to be the one that an address of nothing gets."""
    if not route.names or route.pattern.startswith(("/j/", "/claim/", "/calendar/")):
        return False
    kept = answer.status_code == 404 and shape in ("secret", "any")
    return kept or (shape == "secret" and role in OUTSIDERS)


@pytest.mark.parametrize("pattern", ROUTES)
def test_each_role_gets_what_the_matrix_says(worlds, pattern):
    """And what is kept from somebody answers, byte for byte, as what has never been."""
    rows, showing = found(worlds, ROUTES[pattern])
    assert pattern in MATRIX, "classify this in tests/access_matrix.py:\n" + written(pattern, rows)
    assert rows == MATRIX[pattern]
    assert not showing


def heard(world: World, name: str) -> str:
    """In the matrix's alphabet, who may listen to this topic."""
    house = TheHouse(wiring.TOPICS)
    viewers = (viewer_of(world, role) for role in ROLES)
    return "".join("y" if house.granted(viewer, [name]) else "-" for viewer in viewers)


def viewer_of(world: World, role: str) -> Viewer:
    """Who comes with this role's cookies, as the hub finds out."""
    return viewer_with(world.cookies(role).get(settings.SESSION_COOKIE_NAME, ""))


@pytest.mark.parametrize("topic", LIVE)
def test_each_role_hears_what_the_matrix_says(worlds, topic):
    names = {
        "conversation/<topic>": lambda world: f"conversation/{world.topic.public_id}",
        "conversation/<room>": lambda world: f"conversation/{world.room.public_id}",
        "conversation/<gathering>": lambda world: (
            f"conversation/{world.gathering.conversation.public_id}"
        ),
        "community/<id>": lambda world: f"community/{world.community.public_id}",
        "rooms/<id>": lambda world: f"rooms/{world.community.public_id}",
        "persona/<id>": lambda world: f"persona/{world.people['member'].persona.public_id}",
        "inbox": lambda world: "inbox",
    }
    assert {shape: heard(world, names[topic](world)) for shape, world in worlds.items()} == LIVE[
        topic
    ]


def test_every_kind_of_topic_is_in_the_matrix(worlds):
    assert {name.partition("/")[0] for name in LIVE} == set(wiring.TOPICS)
    house = TheHouse(wiring.TOPICS)
    host = viewer_of(worlds["secret"], "host")
    nonsense = ("", "conversation", "conversation/", "session/1", "inbox/x", "community/\x00")
    assert not any(house.granted(host, [name]) for name in nonsense)


@pytest.mark.django_db  # one test must ask for the database, or none is made for the worlds
def test_the_matrix_has_no_row_for_what_is_gone():
    assert set(MATRIX) <= set(ROUTES)


def test_every_row_of_the_matrix_is_written_as_it_is_read():
    tables = (ANYWHERE + IN_A_COMMUNITY).splitlines()
    lines = [line for line in tables if line and not line.startswith("#")]
    assert lines == [line for row in MATRIX.items() for line in written(*row).split("\n")]


def test_everybody_is_let_in_somewhere_and_kept_out_somewhere():
    for place, role in enumerate(ROLES):
        seen = {row[place] for rows in MATRIX.values() for r in rows.values() for row in r.values()}
        assert {"y", "-"} <= seen, role


def test_a_page_that_shows_something_to_an_outsider_would_be_seen(worlds):
    """The comparison itself: a public community is not as absent as nothing."""
    asking = Asking(worlds["public"], ROUTES["/c/<slug:handle>/about/"])
    assert asking.shows("stranger", "GET", asking.ask("stranger", "GET"))
