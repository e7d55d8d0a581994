"""Law: whatever asks another server for something goes through `coterie.pure.outgoing`."""

import ast
from pathlib import Path

import pytest

from tests.house import ROOT

pytestmark = pytest.mark.house

REACHING = {
    "socket", "asyncio.open_connection", "http.client", "urllib.request", "ftplib", "xmlrpc",
    "imaplib", "poplib", "requests", "httpx", "aiohttp", "urllib3", "niquests", "socks",
}  # fmt: skip
"""Modules that can open a connection."""
DOORS = {
    "pure/outgoing/asking.py": "the door",
    "live/buses/local.py": "a socket in the data folder",
    "commands/listening.py": "asks whether a port of this machine is free",
    "commands/serve.py": "listens",
}


def reaching(file: Path) -> set[str]:
    """What this file imports that can open a connection."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            found |= {each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{each.name}" for each in node.names}
    return {name for name in found if any(f"{name}.".startswith(f"{one}.") for one in REACHING)}


def opened(package: Path) -> set[str]:
    """The files of this package, its tests aside, that can open a connection."""
    files = {each.relative_to(package): each for each in package.rglob("*.py")}
    return {
        str(path) for path, each in files.items() if "tests" not in path.parts and reaching(each)
    }


def test_nothing_but_the_door_opens_a_connection():
    package = ROOT / "coterie"
    opening = opened(package)
    assert opening <= set(DOORS), "fetch through coterie.pure.outgoing instead"
    assert opening == set(DOORS), "a door that is none any more"


@pytest.mark.parametrize(
    "line",
    ["import socket", "from urllib import request", "import http.client as h", "import httpx"],
)
def test_a_planted_one_is_caught(tmp_path, line):
    planted = tmp_path / "planted.py"
    planted.write_text(line)
    assert reaching(planted)
    planted.write_text("from urllib.parse import urlsplit\nfrom http import HTTPStatus")
    assert not reaching(planted)


def test_it_is_found_wherever_the_house_stands(tmp_path):
    app = tmp_path / "tests" / "house" / "app"
    (app / "tests").mkdir(parents=True)
    for file in (app / "asking.py", app / "tests" / "test_asking.py"):
        file.write_text("import socket")
    assert opened(app.parent) == {"app/asking.py"}
