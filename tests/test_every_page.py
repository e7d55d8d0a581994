"""What holds for every page: law 6, and the same bytes from both template engines."""

from __future__ import annotations

import random
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.db import connection, transaction
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.access_matrix import MATRIX
from tests.asking import Asking, first_difference, without_chance
from tests.routes import routes
from tests.world import ROLES, World

pytestmark = pytest.mark.house

LOOKING = ("anonymous", "member", "host", "operator")
"""Whose pages list everything there is."""


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """A private community with something of each kind in it, taken back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield World("private")
        transaction.set_rollback(True)


@pytest.mark.django_db  # one test must ask for the database, or none is made for the world
def test_the_matrix_knows_pages_to_look_at():
    assert sum(1 for _ in opened()) > 60


def opened() -> Iterator[tuple[str, str]]:
    """Address and role of every page that opens."""
    for pattern, shapes in MATRIX.items():
        letters = shapes.get("any", shapes.get("private", {})).get("GET", "")
        for role, letter in zip(ROLES, letters, strict=True):
            if letter == "y" and role in LOOKING:
                yield pattern, role


def queries(world: World) -> dict[tuple[str, str], int]:
    """How many queries each page takes for each who may open it."""
    found = {}
    known = {route.pattern: route for route in routes()}
    for pattern, role in opened():
        if pattern in known:
            asking = Asking(world, known[pattern])
            with CaptureQueriesContext(
                connection,
            ) as caught:
                asking.ask(role, "GET")
            found[pattern, role] = len(caught)
    return found


def test_a_page_takes_as_many_queries_for_many_rows_as_for_few(world):
    """Law 6. The world grows by several of everything between the two looks."""
    with transaction.atomic():
        few = queries(world)
        world.grow()
        many = queries(world)
        transaction.set_rollback(True)
    grown = {page: (few[page], many[page]) for page in few if many[page] > few[page]}
    assert not grown


@contextmanager
def no_chance(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> Iterator[None]:
    """Dice that fall the same way each time, and a clock that stands."""
    dice = random.Random(7)
    with monkeypatch.context() as fixed, time_machine.travel(moment, tick=False):
        fixed.setattr(secrets, "token_bytes", dice.randbytes)
        fixed.setattr(secrets, "token_urlsafe", lambda size=16: dice.randbytes(size).hex())
        fixed.setattr(secrets, "randbits", dice.getrandbits)
        fixed.setattr(secrets, "choice", dice.choice)
        yield


def with_engine(name: str) -> override_settings:
    """All templates, those of forms too, rendered by this engine."""
    return override_settings(
        TEMPLATES=[{**settings.TEMPLATES[0], "BACKEND": settings.TEMPLATE_ENGINES[name]}],
        FORM_RENDERER=settings.FORM_RENDERERS[name],
    )


def test_both_template_engines_say_the_same_bytes(world, monkeypatch):
    """Django's own is the switch to fall back on; it has to be no other product."""
    known = {route.pattern: route for route in routes()}
    differing, moment = [], timezone.now()
    for pattern, role in opened():
        if pattern not in known:
            continue
        asking = Asking(world, known[pattern])
        said = []
        for engine in ("rust", "django"):
            with with_engine(engine), no_chance(monkeypatch, moment):
                said.append(without_chance(asking.ask(role, "GET")))
        if seen := first_difference(*said):
            differing.append(f"{pattern} {role}: {seen}")
    assert not differing, "\n".join(differing)
