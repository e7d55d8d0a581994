"""One address, asked by each of the people of a world."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from tests.routes import Route
from tests.world import World

ABSENT = "bbbbbbbbbbbbbbbbbb"
"""A public id, slug or token that nothing has."""

THINGS: list[tuple[str, Any]] = [
    (r"^/c/<slug:handle>/members/", lambda w: {"public_id": w.seat("neighbour").public_id}),
    (r"^/p/", lambda w: {"public_id": w.post.public_id}),
    (r"^/t/", lambda w: {"public_id": w.topic.public_id}),
    (r"^/j/", lambda w: {"token": w.asking.token}),
    (r"join-requests/", lambda w: {"public_id": w.request_of("knocking").public_id}),
    (r"^/me/", lambda w: {"public_id": w.people["member"].persona.public_id}),
]
"""Which thing of the world the parameters of an address name; the last that matches wins."""

FORMS: list[tuple[str, dict[str, str]]] = []
"""What a POST brings, where an empty form would be refused before its permission is asked."""


@dataclass
class Asking:
    """A route of one world."""

    world: World
    route: Route
    clients: dict[str, Client] = field(default_factory=dict)

    @property
    def is_about_a_place(self) -> bool:
        """Whether the answer depends on the community's shape."""
        return "handle" in self.route.names or bool(re.match(r"/(t|p|j)/", self.route.pattern))

    @property
    def secret(self) -> bytes:
        """What a page may repeat of the address without telling anything."""
        return str(self._values()[self.route.names[-1]]).encode()

    def ask(self, role: str, method: str, *, absent: bool = False) -> HttpResponse:
        """This role's answer; whatever it changed is taken back."""
        values = (
            dict.fromkeys(self.route.names, ABSENT) | self._numbers() if absent else self._values()
        )
        with transaction.atomic():
            client = Client(raise_request_exception=False)
            if role != "anonymous":
                client.force_login(self.world.people[role].account)
            answer = client.generic(method, self.route.filled(values), **self._form(method))
            transaction.set_rollback(True)
        return answer

    def _values(self) -> dict[str, Any]:
        community = self.world.community
        values = {
            "handle": community.slug or community.public_id,
            "token": ABSENT,
            "public_id": ABSENT,
        }
        values |= self._numbers()
        for pattern, make in THINGS:
            if re.search(pattern, self.route.pattern):
                values |= make(self.world)
        return values

    def _numbers(self) -> dict[str, Any]:
        return {"pk": 1, "seed": 7, "session_id": 1}

    def _form(self, method: str) -> dict[str, Any]:
        if method != "POST":
            return {}
        brought: dict[str, str] = {}
        for pattern, form in FORMS:
            if re.search(pattern, self.route.pattern):
                brought |= form
        body = "&".join(f"{name}={value}" for name, value in brought.items())
        return {"data": body, "content_type": "application/x-www-form-urlencoded"}
