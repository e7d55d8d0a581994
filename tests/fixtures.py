"""Fixtures for the whole house: a running Coterie, and a browser to look at it."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.house import House

CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The real product, started as its command, in an empty folder on a free port."""
    with House.serving(tmp_path_factory.mktemp("house")) as running:
        yield running


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A real Chromium; without one the test is skipped, or fails where COTERIE_REQUIRE asks for it."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        if "chromium" in os.environ.get("COTERIE_REQUIRE", "").split():
            pytest.fail("Chromium is required here and is not installed (apt-get install chromium).")
        pytest.skip("no Chromium on this machine (apt-get install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=Path(path), args=CHROMIUM)
        yield browser
        browser.close()
