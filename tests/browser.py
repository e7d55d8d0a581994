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
NARROW = {"width": 320, "height": 640}
"""What a desk is at 400 % zoom."""
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


_running: list[Browser] = []


@contextmanager
def launch() -> Iterator[Browser]:
    """A browser: the machine's, else Playwright's; the one that runs already, if one does."""
    if _running:  # Playwright allows one at a time in a thread
        yield _running[0]
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=QUIET)
        _running.append(browser)
        try:
            yield browser
        finally:
            _running.clear()
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


LOOKING = (Path(__file__).parent / "looking.js").read_text()


def complaints(page: Page) -> list[str]:
    """Axe in both themes, sheets opened, what sticks out, what no finger hits."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE + "; undefined")
    found: list[str] = page.evaluate(LOOKING, WCAG)
    return found


STICKING_OUT = """() => {
    const inside = el => el.closest('.hidden, .skip, svg') !== null;
    const scrolls = el => {
        for (let up = el; up && up !== document.body; up = up.parentElement)
            if (getComputedStyle(up).overflowX !== 'visible') return true;
        return false;
    };
    const out = [...document.body.querySelectorAll('*')].filter(el => {
        const box = el.getBoundingClientRect();
        const far = box.width && (box.right > innerWidth + 1 || box.left < -1);
        return far && el.checkVisibility() && !inside(el) && !scrolls(el);
    });
    return out.map(el => el.outerHTML.slice(0, 120));
}"""


def sticking_out(page: Page) -> list[str]:
    """What reaches over the edge of the screen, where nobody can scroll to it."""
    found: list[str] = page.evaluate(STICKING_OUT)
    return found


LOST = """() => {
    const named = el => el.outerHTML.replace(/\\s+/g, ' ').slice(0, 120);
    const wrong = [];
    if (document.scrollingElement.scrollWidth > innerWidth) wrong.push('scrolls sideways');
    const words = el => [...el.childNodes].some(n => n.nodeType === 3 && n.data.trim());
    for (const el of document.body.querySelectorAll('*')) {
        if (el.closest('.hidden, .skip, svg') || !el.checkVisibility()) continue;
        const style = getComputedStyle(el);
        const cut = style.overflowX === 'hidden' || style.overflowX === 'clip';
        const told = style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none';
        if (cut && !told && words(el) && el.scrollWidth > el.clientWidth + 1)
            wrong.push('is cut off: ' + named(el));
    }
    const leftwards = document.documentElement.dir === 'rtl';
    for (const icon of document.querySelectorAll('.icon--turns'))
        if (leftwards !== getComputedStyle(icon).scale.startsWith('-1'))
            wrong.push('points the wrong way: ' + named(icon.parentElement));
    return wrong;
}"""


def lost(page: Page) -> list[str]:
    """What of the page cannot be seen at this width: it sticks out, is cut off, points wrongly."""
    found: list[str] = page.evaluate(LOST)
    return found + [f"sticks out: {each}" for each in sticking_out(page)]


def too_wide(page: Page) -> int:
    """How many elements reach over the edge of the screen; nothing is right."""
    return len(sticking_out(page))


def screenshot(page: Page, path: str | Path, *, whole: bool = True) -> None:
    """The page as a picture."""
    page.wait_for_load_state("networkidle")
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=str(path), full_page=whole)
