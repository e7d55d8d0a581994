"""A real Chromium for tests: start it, look at a page with axe, keep a picture."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

AXE = (Path(__file__).parent / "vendor" / "axe" / "axe.min.js").read_text()
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 800}
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def chromium() -> str | None:
    """Where a Chromium of this machine is, if there is one."""
    return (
        shutil.which("chromium")
        or shutil.which("chromium-browser")
        or shutil.which("google-chrome")
    )


@contextmanager
def launch() -> Iterator[Browser]:
    """A browser of our own: the machine's, else Playwright's."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=QUIET)
        yield browser
        browser.close()


def person(
    browser: Browser, *, phone: bool = False, dark: bool = False, **more: Any
) -> BrowserContext:
    """A browser profile of its own: nobody shares cookies with anybody."""
    return browser.new_context(
        viewport=PHONE if phone else DESK,
        has_touch=phone,
        device_scale_factor=2 if phone else 1,
        color_scheme="dark" if dark else "light",
        **more,
    )


def axe(page: Page) -> list[str]:
    """What WCAG 2.2 AA has against this page; one line for each place."""
    page.evaluate(AXE + "; undefined")
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", WCAG)
    return [
        f"{violation['help']}: {node['html'][:160]} {node['failureSummary'][:200]}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


def too_wide(page: Page) -> int:
    """By how many pixels the page must be scrolled sideways; nothing is right."""
    return max(0, page.evaluate("document.documentElement.scrollWidth - innerWidth"))


def screenshot(page: Page, path: str | Path, *, whole: bool = True) -> None:
    """The page as a picture."""
    page.wait_for_load_state("networkidle")
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=str(path), full_page=whole)
