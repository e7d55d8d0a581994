"""One address, asked by each of the people of a world."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from coterie.talk.models import slug_of
from tests.routes import Route
from tests.world import World

ABSENT = "bbbbbbbbbbbbbbbbbb"
"""A public id, slug or token that nothing has."""

THINGS: list[tuple[str, Any]] = [
    (r"/members/<", lambda w: {"public_id": w.seat("neighbour").public_id}),
    (r"/kept-away/<", lambda w: {"public_id": w.seat("unruly").public_id}),
    (r"^/p/", lambda w: {"public_id": w.other_post.public_id}),
    (r"^/p/.*/(words|retraction|undo)/", lambda w: {"public_id": w.post.public_id}),
    (r"^/p/.*/publication/", lambda w: {"public_id": w.held.public_id}),
    (r"^/p/.*/restoration/", lambda w: {"public_id": w.removed.public_id}),
    (r"^/p/.*/members/<", lambda w: {"seat": w.seat("neighbour").public_id}),
    (r"/held/<", lambda w: {"public_id": w.held.public_id}),
    (r"^/r/", lambda w: {"public_id": w.room.public_id}),
    (r"^/r/.*/retraction/", lambda w: {"post_id": w.said.public_id}),
    (r"/planned/<", lambda w: {"public_id": w.planned.public_id}),
    (r"/templates/<", lambda w: {"public_id": w.frame.public_id}),
    (r"/tags/<", lambda w: {"tag": "loose-seams"}),
    (r"^/t/", lambda w: {"public_id": w.topic.public_id}),
    (r"^/gatherings/", lambda w: {"public_id": w.gathering.conversation.public_id}),
    (r"^/gatherings/.*seat_id", lambda w: {"seat_id": w.seat("neighbour").public_id}),
    (r"^/gatherings/dates/", lambda w: {"public_id": w.date.public_id}),
    (r"^/calendar/", lambda w: {"token": w.feed}),
    (r"^/j/", lambda w: {"token": w.asking.token}),
    (r"/invitations/<", lambda w: {"public_id": w.asking.public_id}),
    (r"join-requests/<", lambda w: {"public_id": w.request_of("knocking").public_id}),
    (r"^/join-requests/<", lambda w: {"public_id": w.request_of("pending").public_id}),
    (r"/bans/<", lambda w: {"public_id": w.ban.public_id}),
    (r"^/operator/bans/<", lambda w: {"public_id": w.operators_ban.public_id}),
    (r"/reports/<", lambda w: {"public_id": w.case.public_id}),
    (r"/cases/<", lambda w: {"public_id": w.operator_case.public_id}),
    (r"/cases/.*/photos/", lambda w: {"public_id": w.photo_case.public_id}),
    (r"/neighbours/<", lambda w: {"public_id": w.elsewhere.public_id}),
    (r"^/statements/", lambda w: {"public_id": w.statement.public_id}),
    (r"^/alerts/<", lambda w: {"public_id": w.alert.public_id}),
    (r"^/attention/letters/", lambda w: {"public_id": w.people["member"].persona.public_id}),
    (r"^/u/", lambda w: {"token": w.letter}),
    (r"^/imports/<", lambda w: {"public_id": w.upload.public_id}),
    (r"^/claim/", lambda w: {"token": w.claim}),
    (r"^/me/<", lambda w: {"public_id": w.people["member"].persona.public_id}),
    (r"^/m/", lambda w: {"public_id": w.picture.public_id}),
    (r"^/m/.*/(alt|removal)/", lambda w: {"public_id": w.waiting.public_id}),
    (r"<title:slug>", lambda w: {"slug": slug_of(w.topic.title)}),
    (r"^/talk/words", lambda w: {"language": "en"}),
]
"""Which thing of the world the parameters of an address name; the last that matches wins."""

FORMS: list[tuple[str, dict[str, str]]] = [
    (r"/order/", {"as": "lock"}),
    (r"/pace/", {"seconds": "60"}),
    (r"/role/", {"role": "member"}),
    (r"/attendance/", {"answer": "going"}),
]
"""What a POST brings, where an empty form would be refused before its permission is asked."""


def without_chance(answer: HttpResponse) -> bytes:
    """Status, headers and body, less what is random in every answer."""
    heads = sorted(
        f"{k}: {v}"
        for k, v in answer.items()
        if k not in ("Content-Security-Policy", "Content-Length", "Set-Cookie", "Date", "Expires")
    )
    body = re.sub(
        rb'(nonce|csrfmiddlewaretoken" value|content)="[A-Za-z0-9+/=_-]{16,}"',
        b"",
        answer.getvalue(),
    )
    return f"{answer.status_code}\n{heads}\n".encode() + body


def first_difference(one: bytes, two: bytes) -> str:
    """The place where they part, with a little around it; empty when they are the same."""
    if one == two:
        return ""
    pairs = enumerate(zip(one, two, strict=False))
    at = next((place for place, (a, b) in pairs if a != b), min(len(one), len(two)))
    return f"{one[max(0, at - 60) : at + 60]!r} / {two[max(0, at - 60) : at + 60]!r}"


@dataclass
class Asking:
    """A route of one world."""

    world: World
    route: Route

    @property
    def is_about_a_place(self) -> bool:
        """Whether the answer depends on the community's shape."""
        return "handle" in self.route.names or bool(
            re.match(r"/(t|r|p|j|m|gatherings|calendar)/", self.route.pattern)
        )

    def ask(self, role: str, method: str, *, absent: bool = False) -> HttpResponse:
        """This role's answer; whatever it changed is taken back."""
        values = (
            dict.fromkeys(self.route.names, ABSENT) | self._numbers() if absent else self.values()
        )
        cache.clear()  # how often somebody asked is not the question here
        with transaction.atomic():
            client = Client(raise_request_exception=False)
            client.cookies.load(self.world.cookies(role))
            answer = client.generic(method, self.route.filled(values), **self._form(method))
            transaction.set_rollback(True)
        return answer

    def shows(self, role: str, method: str, answer: HttpResponse) -> str:
        """Where this answer differs from that for an address of nothing; empty when it does not."""
        absent = self._unnamed(self.ask(role, method, absent=True))
        return first_difference(self._unnamed(answer), absent)

    def _unnamed(self, answer: HttpResponse) -> bytes:
        text = without_chance(answer)
        for value in {ABSENT, *map(str, self.values().values())}:
            text = text.replace(value.encode(), b"") if len(value) > 5 else text
        return text

    def values(self) -> dict[str, Any]:
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
        return {"pk": 1, "seed": 7, "session_id": 1, "side": 320, "place": 0}

    def _form(self, method: str) -> dict[str, Any]:
        if method != "POST":
            return {}
        brought: dict[str, str] = {}
        for pattern, form in FORMS:
            if re.search(pattern, self.route.pattern):
                brought |= form
        body = "&".join(f"{name}={value}" for name, value in brought.items())
        return {"data": body, "content_type": "application/x-www-form-urlencoded"}
