"""The same attacks in a real browser: what it makes of them, and whether anything of it runs."""

import html
from collections.abc import Iterable, Iterator
from itertools import batched
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt
from playwright.sync_api import Page

from coterie.pure.markup import Note, fold, tidy_note
from coterie.pure.tests.test_markup_payloads import CONTEXTS, PAYLOADS, shown
from tests.browser import QUIET

pytestmark = pytest.mark.browser

LOOK = (Path(__file__).parent / "chromium_looks.js").read_text()
TOGETHER = 800
EACH = 1
"""Of the payloads in a context; of plain ones all are tried."""


@pytest.fixture(scope="module")
def page(chromium: Any) -> Iterator[Page]:
    """A page that notes whatever runs in it, and reaches nobody."""
    assert QUIET
    context = chromium.new_context()
    context.route("**/*", lambda route: route.abort())
    context.add_init_script(
        "for (const name of ['alert', 'confirm', 'prompt', 'print'])"
        "window[name] = () => { top.ran = (top.ran || 0) + 1; };"
    )
    page = context.new_page()
    yield page
    context.close()


def found(
    page: Page, rendered: Iterable[str], *, live: bool = True, together: int = TOGETHER
) -> tuple[int, int]:
    """How many nodes are unsafe, and how often something ran."""
    unsafe = ran = 0
    for some in batched(rendered, together, strict=False):
        page.set_content("<!doctype html><iframe></iframe>")
        bad, more = page.evaluate(LOOK, [list(some), live])
        unsafe, ran = unsafe + bad, ran + more
    return unsafe, ran


@pytest.mark.parametrize("context", CONTEXTS)
def test_nothing_unsafe_is_there_and_nothing_runs(page: Page, context: str) -> None:
    chosen = PAYLOADS[:: 1 if context == "plain" else EACH]
    assert found(page, (shown(payload, context) for payload in chosen)) == (0, 0)


def test_nor_as_a_note(page: Page) -> None:
    chosen = PAYLOADS[::EACH]
    folded = (fold("<p>x</p>", Note(tidy_note(payload))) for payload in chosen)
    assert found(page, folded) == (0, 0)


@pytest.mark.parametrize("control", ["as it is", "Markdown with HTML, uncleaned"])
def test_both_controls_fail(page: Page, control: str) -> None:
    """What is found nowhere above is found where nobody guards."""
    unguarded = MarkdownIt("commonmark", {"html": True})
    chosen = [each for each in PAYLOADS if "onerror=" in each or "<script>" in each][::8]
    raw = chosen if control == "as it is" else map(unguarded.render, chosen)
    unsafe, ran = found(page, raw, live=False, together=4)  # some swallow all behind them
    assert unsafe > 50
    assert ran > 8


def test_the_look_is_not_blinded_by_what_it_looks_at(page: Page) -> None:
    clobbering = '<form onfocus="alert(1)"><input name="attributes"></form>'
    unsafe, _ran = found(page, [html.unescape(clobbering)])
    assert unsafe >= 2
