"""Fixtures for the whole house: a running Coterie, and a browser to look at it."""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.house import House, coterie


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder that whichever of the processes comes first fills for all of them."""
    base = factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            half = folder.with_suffix(".half")
            shutil.rmtree(half, ignore_errors=True)
            half.mkdir()
            make(half)
            half.rename(folder)
    return folder


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated data folder with nobody in it, to copy and never to change."""

    def migrate(folder: Path) -> None:
        done = coterie(folder / "data", "migrate")
        assert done.returncode == 0, done.stderr

    return made_once(tmp_path_factory, "prepared", migrate) / "data"


@pytest.fixture(scope="session")
def peopled(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder in which the demo's people live, to copy and never to change."""

    def plant(folder: Path) -> None:
        shutil.copytree(prepared, folder / "data")
        with House.serving(folder, "demo"):
            pass

    return made_once(tmp_path_factory, "peopled", plant) / "data"


@pytest.fixture(scope="session")
def house(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The real product, started as its command, nobody in it, on a free port."""
    folder = tmp_path_factory.mktemp("house")
    shutil.copytree(prepared, folder / "data")
    with House.serving(folder) as running:
        yield running


@pytest.fixture(scope="module")
def lively(peopled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house in which the demo's people live, served for one file of tests."""
    folder = tmp_path_factory.mktemp("lively")
    shutil.copytree(peopled, folder / "data")
    with House.serving(folder, "demo") as running:
        yield running


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


ASKS_FOR_THE_DATABASE = {"db", "transactional_db", "live_server", "django_db_setup"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What never asks for the database is as true on one as on the other: it runs once."""
    for item in items:
        asked = set(getattr(item, "fixturenames", ()))
        if not asked & ASKS_FOR_THE_DATABASE and item.get_closest_marker("django_db") is None:
            item.add_marker("house")
