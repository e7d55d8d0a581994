"""Other people's attacks in everything that is drawn: in Chromium none is an element, none runs.

Whatever is a variable of a template gets the attack, and the templates are the product's own;
what a form would refuse as too long is tried too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.template.loader import render_to_string
from markdown_it import MarkdownIt

from coterie.pure.glimpses import glimpse
from coterie.pure.markup import render
from tests import naughty
from tests.browser import chromium, launch

pytestmark = [pytest.mark.browser, pytest.mark.skipif(not chromium(), reason="no Chromium here")]

PAYLOADS = naughty.payloads()
AT_ONCE = 600

JUDGE = (Path(__file__).parent / "judging.js").read_text()


def face(text: str) -> dict[str, Any]:
    return {"name": text, "seed": 7, "word": ""}


def post(text: str) -> dict[str, Any]:
    photo = {"alt": text, "large": "/m/x/", "middle": "/m/x/", "small": "/m/x/", "thumbhash": text}
    option = {"text": text, "count": text, "share": 5, "place": 0, "first": True, "mine": True}
    return {
        "public_id": "p", "path": "/p/p/", "lives": True, "face": face(text), "rule": text,
        "quote": {"path": "/p/q/", "face": face(text), "excerpt": text}, "photos": [photo],
        "reactions": [{"emoji": text, "count": text}], "html": "", "state": "published",
        "poll": {
            "path": "/p/p/poll/", "kind": "one", "named": True, "settled": True,
            "options": [option],
            "result": {"options": [option], "people": text},
        },
        "card": {"url": "https://a.example/", "host": text, "title": text, "words": text,
                 "picture": None, "wide": False},
    }  # fmt: skip


def seen(text: str) -> dict[str, Any]:
    """A preview, made from a page that says the attack in every way."""
    page = f'<title>{text}</title><meta property="og:description" content="{text}">'
    page += f'<meta property="og:image" content="{text}">'
    found = glimpse(page.encode(), charset="utf-8", address="https://a.example/")
    card = {"url": "https://a.example/", "host": "a.example", "picture": None, "wide": False}
    return card | {"title": found.title, "words": found.words}


def letter(text: str) -> str:
    """A whole letter, but for the style that is ours."""
    thing = dict.fromkeys(("words", "excerpt", "sentence", "signed", "rule"), text)
    place = {
        "name": text,
        "things": [thing | {"public_id": "x"}],
        "topics": [{"title": text, "path": "/t/x/"}],
    }
    shown = {"subject": text, "site": text, "places": [place], "origin": "https://a.example"}
    whole = render_to_string("inbox/letters/letter.html", shown | {"stop": "https://a.example/u/"})
    before, _style, rest = whole.partition("<style>")
    return before + rest.partition("</style>")[2]


DRAWN: dict[str, Callable[[str], str]] = {
    "a post": lambda text: render_to_string("talk/_post.html", {"post": post(text)}),
    "a bubble": lambda text: render_to_string(
        "talk/_bubble.html", {"post": post(text) | {"photos": (), "poll": None, "card": None}}
    ),
    "a removed post": lambda text: render_to_string(
        "talk/_post.html", {"post": post(text) | {"lives": False}}
    ),
    "words": render,
    "a preview": lambda text: render_to_string("talk/_card.html", {"card": seen(text)}),
    "a photo in a form": lambda text: render_to_string(
        "media/_tray_photo.html",
        {"photo": {"id": text, "path": "/m/x/", "small": "/m/x/", "alt": text}},
    ),
    "a letter": letter,
}


def chunks(draw: Callable[[str], str]) -> Iterator[str]:
    for start in range(0, len(PAYLOADS), AT_ONCE):
        yield "<!doctype html>" + "\n".join(map(draw, PAYLOADS[start : start + AT_ONCE]))


HERE = "http://x.example/"


def answered(route: Any) -> None:
    """An empty page of our own, and nothing from anywhere else."""
    if route.request.url == HERE:
        route.fulfill(body="<p>", content_type="text/html")
    else:
        route.abort()


@pytest.fixture(scope="module")
def page():
    with launch() as browser:
        context = browser.new_context()
        context.route("**/*", answered)
        here = context.new_page()
        yield here
        context.close()


def judged(page: Any, draw: Callable[[str], str]) -> tuple[list[str], int, int]:
    """What is wrong with it, how often, and how much ran."""
    wrong, many, ran = [], 0, 0
    for each in chunks(draw):
        page.goto(HERE)
        some, n, more = page.evaluate(JUDGE, each)
        wrong, many, ran = [*wrong, *some], many + n, ran + more
    return wrong, many, ran


@pytest.mark.parametrize("what", DRAWN)
def test_no_attack_becomes_an_element_or_runs(page, what):
    assert len(PAYLOADS) > 2_000
    assert judged(page, DRAWN[what]) == ([], 0, 0)


def test_the_judge_sees_them_where_nothing_guards(page):
    """Both controls: as they are, and through Markdown that lets HTML pass."""
    loose = MarkdownIt("js-default", {"html": True})
    for draw in (lambda text: f"<div>{text}</div>", lambda text: loose.render(text)):
        many = ran = 0
        for payload in PAYLOADS[:: len(PAYLOADS) // 30]:
            page.goto(HERE)
            try:
                _some, n, more = page.evaluate(JUDGE, f"<!doctype html>{draw(payload)}")
            except Exception:  # it took the page somewhere else: it ran
                n, more = 1, 1
            many, ran = many + n, ran + more
        assert many > 15
        assert ran > 2
