"""Whatever words a database holds, each page stays the page that we drew.

Every text column of every model is hostile here: a new one joins by being there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import models
from django.http import HttpResponse
from django.test import Client

from coterie.core.boxes import seal, unseal
from coterie.inbox.models import Notification
from coterie.pure.markup import render
from coterie.safety.models import Report
from coterie.safety.models.reporting import EVIDENCE_BOX
from coterie.talk.actions import posting
from coterie.talk.models import Poll, Said
from tests.asking import Asking
from tests.browser import person
from tests.lively import liven
from tests.routes import routes
from tests.test_every_page import opened
from tests.world import World

pytestmark = pytest.mark.house

MARK = "xz"
"""An attribute that no page of ours has; every attack brings it."""
ESCAPE = f"-->\"'></title></textarea></script><b {MARK}>"
"""Out of wherever a text may stand; short enough for a name."""
NO_WORDS = re.compile(
    r"^(public_id|slug|path|origin|zone|rule|email|password|language|device|cover|guard|kind|key|"
    r"thumbhash|box|hash|tag|thing|name_box|known_as|payload|worker|place_id|emoji|evidence)$"
    r"|_(id|key|hash|tag|box|link|seal|salt)$|^nullifier$|salt$"
)
"""Columns that nobody types into, or in which only one shape of text is let."""


class Found(HTMLParser):
    """The elements of a page that are not ours."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.marked: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.marked += [f"<{tag}>" for name, _value in attrs if name == MARK]


def columns() -> Iterator[tuple[type[models.Model], models.Field[Any, Any]]]:
    """All in which words stand."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            worded = isinstance(field, models.CharField | models.TextField)
            free = not field.choices and not field.unique and not NO_WORDS.search(field.name)
            if worded and free and model.__module__.startswith("coterie."):
                yield model, field


def poison(words: str) -> int:
    """All words there are become these, sealed ones too; how many columns hold some."""
    card = {"url": "https://a.example/", "host": words, "title": words, "words": words}
    card |= {"picture": None, "wide": False}
    known = {"html": render(words), "card": json.dumps(card)}
    many = 0
    for model, field in columns():
        here = known.get(field.name, words)[: field.max_length or None]
        many += bool(model._default_manager.update(**{field.name: here}))
    for poll in Poll.objects.all():
        Poll.objects.filter(pk=poll.pk).update(options=[words for _each in poll.options])
    for report in Report.objects.exclude(evidence=""):
        told = json.loads(unseal(report.evidence, EVIDENCE_BOX))
        report.evidence = seal(
            json.dumps({name: known.get(name, words) for name in told}), EVIDENCE_BOX
        )
        report.save(update_fields=["evidence"])
    for told in Notification.objects.all():
        told.facts |= {name: words for name, each in told.facts.items() if " " in str(each)}
        told.save(update_fields=["facts"])
    return many


def a_world() -> World:
    """All that can happen has happened in it."""
    world = World("public")
    liven(world)
    room, neighbour = world.room, world.people["neighbour"].persona
    posting.reply(room, Said("Milk?"), by=neighbour, client_key="quoting", reply_to=world.said)
    return world


def marked(answer: HttpResponse) -> list[str]:
    """The elements that the words became."""
    kind, text = answer.get("Content-Type", ""), answer.getvalue().decode("utf-8", "replace")
    if kind.startswith("text/html"):
        return Found(text).marked
    if "xml" in kind:
        return [each.tag for each in ElementTree.fromstring(text).iter() if MARK in each.attrib]
    return []


@pytest.mark.django_db
def test_no_page_makes_anything_of_words() -> None:
    known = {route.pattern: route for route in routes()}
    world, faults, said = a_world(), [], 0
    paths = [
        (role, known[pattern].filled(Asking(world, known[pattern]).values()))
        for pattern, role in opened()
        if pattern in known
    ]
    assert poison(ESCAPE) > 25
    for role, path in paths:
        cache.clear()
        client = Client(raise_request_exception=False)
        client.cookies.load(world.cookies(role))
        answer = client.get(path)
        faults += [f"{path} as {role}: {each}" for each in marked(answer)]
        faults += [f"{path} as {role}: 500"] if answer.status_code >= 500 else []
        said += MARK.encode() in answer.getvalue()
    assert not faults
    assert said > 100, "most pages say some of it"


WATCH = """window.ran = 0;
for (const name of ['alert', 'confirm', 'prompt', 'print'])
    window[name] = () => { top.ran = (top.ran || 0) + 1; };"""
RUNS = f"<img {MARK} hx-get=/ src=x onerror=alert(1)>"
SHOWN = f"""() => {{
    const parts = [document, ...[...document.querySelectorAll('template')].map(it => it.content)];
    const found = parts.flatMap(part => [...part.querySelectorAll('[{MARK}]')]);
    return [found.map(it => it.outerHTML.slice(0, 80)), window.ran];
}}"""


@pytest.fixture
def browser(chromium: Any, live_server: Any) -> Iterator[Any]:
    """Two people's pages, which note whatever runs in them and whatever asks another server."""
    here = live_server.url.replace("127.0.0.1", "localhost")
    context = person(chromium, base_url=here, bypass_csp=True)
    context.add_init_script(WATCH)
    yield context
    context.close()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_nor_do_the_scripts_of_a_page(browser: Any) -> None:
    """Policy switched off, so that it hides nothing; what each script draws by itself is asked."""
    world = a_world()
    places = [
        "/",
        "/find/",
        "/alerts/",
        "/search/?q=onerror",
        world.community.path,
        world.topic.path,
        world.room.path,
        world.gathering.conversation.path,
        f"{world.community.path}topics/new/",
        f"{world.community.path}members/",
        f"{world.community.path}settings/look/",
    ]
    poison(RUNS)
    for name, value in world.cookies("host").items():
        cookie: Any = {"name": name, "value": value, "domain": "localhost", "path": "/"}
        browser.add_cookies([cookie])
    page, asked = browser.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    for path in places:
        assert page.goto(path).ok, path
        if page.locator("textarea[name=source]").count():
            page.fill("textarea[name=source]", "")
            page.keyboard.type("@")
            page.locator("[role=option]").first.wait_for()
        if page.locator("[data-tool=preview]").count():
            page.fill("textarea[name=source]", RUNS)
            page.click("[data-tool=preview]")
            page.locator(".preview__words > *").first.wait_for()
        page.wait_for_timeout(200)
        assert page.evaluate(SHOWN) == [[], 0], path
    assert {urlsplit(url).hostname for url in asked} == {"localhost"}
