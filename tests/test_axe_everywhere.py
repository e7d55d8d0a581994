"""Every page there is, on a phone, light and dark: everybody can see, read and press what it holds.

The pages come from the access matrix. A route joins by having its row there, and fails here until
somebody is found for whom it opens.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandlerMixin
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from coterie.accounts.models import Account
from tests.access_matrix import MATRIX
from tests.asking import Asking
from tests.browser import AXE, DESK, NARROW, PHONE, complaints, lost, person
from tests.halfway import a_sign_in_link, halfway, passkey_of
from tests.lively import liven
from tests.routes import Route, routes
from tests.world import ROLES, World

pytestmark = [pytest.mark.browser, pytest.mark.house, pytest.mark.django_db(transaction=True)]

SESSION = settings.SESSION_COOKIE_NAME

NO_PAGE = {
    "/sign-in/passkey/": "answers a script, and leads everybody else on",
    "/alerts/<slug:public_id>/": "only leads to what it is about",
    "/language/": "keeps what was chosen, and leads back",
    "/c/<slug:handle>/notes/": "answers a script",
    "/p/<slug:public_id>/context/": "only leads to where a post stands",
    "/p/<slug:public_id>/tags/<str:tag>/": "only leads to the tag where the post is",
    "/p/<slug:public_id>/members/<slug:seat>/": "only leads to who is meant",
    "/c/<slug:handle>/settings/": "only leads to the first of the settings",
    "/operator/claim/<str:token>/": "opens where nobody is the operator; test_journey looks",
}
"""Routes that show nothing to anybody here, and why."""

GONE = ("/nothing/", "/sign-in/link/none/", "/operator/claim/none/")

EYES = ("anonymous", "host", "member", "operator")
"""Who looks first; the others of a world only where none of them finds a page."""

OWN = ("/account/", "/sign-")
"""Pages that differ by how far somebody has come: whoever stands half-way looks at each."""


class Parts(HTMLParser):
    """Which elements of which classes a page is made of; what is no page has none."""

    def __init__(self, answer: HttpResponse) -> None:
        super().__init__()
        self.found: set[tuple[str, str]] = set()
        if answer["Content-Type"].startswith("text/html"):
            self.feed(answer.content.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add((tag, dict(attrs).get("class") or ""))


@dataclass
class Everybody:
    """A world, and those who stand half-way through a door of it."""

    world: World = field(default_factory=lambda: World("public"))
    on_the_way: dict[str, Client] = field(default_factory=halfway)

    def __post_init__(self) -> None:
        liven(self.world)
        self.link = a_sign_in_link()
        self.passkey = passkey_of("armed@example.org")
        # Who signed up by hand chose a language by that; here the browser says it.
        Account.objects.update(language="")

    def pages(self, route: Route) -> list[tuple[str, str]]:
        """Who looks at this route, and where: all whose page holds what none before held."""
        path = route.filled(Asking(self.world, route).values() | self._keys(route))
        opened = list(self._opened(route, path))
        assert opened, f"{route.pattern}: nobody was found for whom it opens"
        seen: set[tuple[str, str]] = set()
        looks = []
        for role, answer in opened:
            parts = Parts(answer).found
            looks += [] if parts <= seen else [(role, path)]
            seen |= parts
        return looks

    def _opened(self, route: Route, path: str) -> Iterator[tuple[str, HttpResponse]]:
        found = False
        for role in (*EYES, *(each for each in ROLES if each not in EYES), *self.on_the_way):
            halfway = role in self.on_the_way
            if found and role not in EYES and not (halfway and route.pattern.startswith(OWN)):
                continue
            if halfway or row(route)[ROLES.index(role)] == "y":
                answer = self._ask(role, path)
                if answer.status_code == 200:
                    found = True
                    yield role, answer

    def _ask(self, role: str, path: str) -> HttpResponse:
        cache.clear()
        client = Client(raise_request_exception=False)
        client.cookies.load(self.cookies(role))
        with transaction.atomic():
            answer = client.get(path)
            transaction.set_rollback(True)
        return answer

    def cookies(self, role: str) -> dict[str, str]:
        """What this one's browser brings."""
        if role in ROLES:
            return self.world.cookies(role)
        return {SESSION: self.on_the_way[role].cookies[SESSION].value}

    def _keys(self, route: Route) -> dict[str, Any]:
        link = {"token": self.link} if route.pattern.startswith("/sign-in/link/") else {}
        return link | ({"pk": self.passkey} if "/passkeys/" in route.pattern else {})


def row(route: Route) -> str:
    """Its letters for GET in a public community, which hides the least."""
    rows = MATRIX[route.pattern]
    return rows.get("any", rows.get("public", {}))["GET"]


def to_walk() -> list[Route]:
    """All routes that a link can lead to; those without a row fail the matrix."""
    pages = [each for each in routes() if not each.pattern.endswith((".webp", ".svg", ".csv"))]
    known = [each for each in pages if each.pattern in MATRIX]
    return [each for each in known if "x" not in row(each) and each.pattern not in NO_PAGE]


class Phone:
    """One phone that goes from hand to hand, so that what does not change is loaded once."""

    def __init__(self, page: Any, everybody: Everybody) -> None:
        self.page, self.everybody, self.holder = page, everybody, ""

    def look(self, role: str, path: str, *, status: int = 200) -> list[str]:
        """What is wrong with the page."""
        cache.clear()
        self._give_to(role)
        answer = self.page.goto(path, wait_until="load")
        assert answer.status == status, (role, path, answer.status)
        if pictures := os.environ.get("COTERIE_PICTURES"):
            keep(self.page, Path(pictures) / re.sub(r"\W+", "-", f"{path} {role}"))
        found = complaints(self.page) + self._lost()
        return [f"{path} as {role}: {each}" for each in found]

    def is_served_leftwards(self, role: str, path: str) -> bool:
        """Whether the page comes from right to left to whoever reads Hebrew."""
        self._give_to(role)
        self._speak("he")
        self.page.goto(path)
        self.holder = ""
        return bool(self.page.evaluate("document.documentElement.dir") == "rtl")

    def _lost(self) -> list[str]:
        """What cannot be seen at other widths, and where one reads from right to left."""
        found = []
        for size, directions in ((DESK, ("ltr", "rtl")), (NARROW, ("ltr",)), (PHONE, ("rtl",))):
            self.page.set_viewport_size(size)
            for direction in directions:
                self.page.evaluate("to => { document.documentElement.dir = to }", direction)
                where = f"{size['width']} wide, {direction}"
                found += [f"{where}: {each}" for each in lost(self.page)]
        return found

    def _give_to(self, role: str) -> None:
        if role == self.holder:
            return
        self.holder = role
        self.page.context.clear_cookies()
        for name, value in self.everybody.cookies(role).items():
            self._bring(name, value)

    def _speak(self, language: str) -> None:
        self._bring(settings.LANGUAGE_COOKIE_NAME, language)

    def _bring(self, name: str, value: str) -> None:
        cookie: Any = {"name": name, "value": value, "domain": "localhost", "path": "/"}
        self.page.context.add_cookies([cookie])


def keep(page: Any, name: Path) -> None:
    """The page as four pictures."""
    for size in (PHONE, DESK):
        page.set_viewport_size(size)
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme)
            page.screenshot(path=f"{name}-{size['width']}-{theme}.png", full_page=True)
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(PHONE)


@pytest.fixture
def page(chromium: Any, live_server: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A page on a phone whose owner wants no motion, axe at hand."""
    plain = StaticFilesHandlerMixin.serve

    def kept(handler: Any, request: Any) -> Any:
        answer = plain(handler, request)
        answer["Cache-Control"] = "max-age=600"
        return answer

    monkeypatch.setattr(StaticFilesHandlerMixin, "serve", kept)
    here = live_server.url.replace("127.0.0.1", "localhost")
    context = person(chromium, phone=True, base_url=here, reduced_motion="reduce")
    context.add_init_script(AXE)
    yield context.new_page()
    context.close()


@pytest.fixture
def spoken_leftwards(settings: Any) -> None:
    """The house has a language that is read from right to left, though nobody said a word in it."""
    settings.LANGUAGES = [*settings.LANGUAGES, ("he", "עברית")]


@pytest.fixture
def phone(page: Any) -> Phone:
    with transaction.atomic():
        return Phone(page, Everybody())


SHARES = 2
"""Into so many parts the walk is cut, for as many processes."""


@pytest.mark.parametrize("share", range(SHARES))
def test_every_page_can_be_seen_read_and_pressed_by_everybody(phone, share):
    wrong = []
    for route in to_walk()[share::SHARES]:
        for role, path in phone.everybody.pages(route):
            wrong += phone.look(role, path)
    assert not wrong, f"{len(wrong)} complaints\n" + "\n".join(wrong)


def test_what_is_not_there_and_what_is_half_an_answer_can_be_seen_too(phone):
    wrong = []
    for role in ("anonymous", "member"):
        for path in GONE:
            wrong += phone.look(role, path, status=404)
    world = phone.everybody.world
    wrong += phone.look("member", f"{world.topic.path}?reply={world.post.public_id}")
    assert not wrong, f"{len(wrong)} complaints\n" + "\n".join(wrong)


def test_who_reads_from_right_to_left_gets_it_so(phone, spoken_leftwards):
    """The walk turns each page around where it stands; here the house sends them so."""
    world = phone.everybody.world
    for path in ("/", "/about/", "/sign-in/", world.community.path, world.topic.path):
        for role in ("anonymous", "member"):
            assert phone.is_served_leftwards(role, path), (role, path)


BAD = """<!doctype html><html lang="en"><title>Bad</title><style>
[data-theme] body { background: #222 } .sheet:not([open]) p { display: none }
</style><main><h1>Bad</h1><p>Black on black, once it is dark.</p>
<button>Low</button><div style="inline-size: 120vw">Wide</div>
<details class="sheet" data-sheet id="more"><summary style="padding: 20px">More</summary>
<p style="color: #ccc">Pale</p></details></main>"""


def test_what_is_wrong_would_be_seen(page):
    page.goto("about:blank")
    page.set_content(BAD)
    seen = "\n".join(complaints(page))
    for complaint in (
        "page, dark: color-contrast",
        "page: 40x21 is smaller than 44: <button>",
        "page: sticks out: <div",
        "sheet more, light: color-contrast",
    ):
        assert complaint in seen, seen
