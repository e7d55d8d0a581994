"""Fixtures for the whole house: a running Coterie, and a browser to look at it."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.house import House, coterie


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The real product, started as its command, in an empty folder on a free port."""
    with House.serving(tmp_path_factory.mktemp("house")) as running:
        yield running


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated data folder with nobody in it, to copy and never to change."""
    folder = tmp_path_factory.mktemp("prepared") / "data"
    done = coterie(folder, "migrate")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A real Chromium; without one the test skips, or fails where COTERIE_REQUIRE names it."""
    from tests import browser

    if browser.chromium() is None:
        if "chromium" in os.environ.get("COTERIE_REQUIRE", "").split():
            pytest.fail(
                "Chromium is required here and is not installed (apt-get install chromium)."
            )
        pytest.skip("no Chromium on this machine (apt-get install chromium)")
    with browser.launch() as running:
        yield running
