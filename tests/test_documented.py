"""Law 9: every setting, command, address and event is documented, and nothing that is gone."""

import re

import pytest

from bin import document
from coterie.cli import commands
from tests.house import ROOT
from tests.routes import routes

pytestmark = pytest.mark.house


def doc(name: str) -> str:
    return (ROOT / "docs" / f"{name}.md").read_text()


def names_in(*folders: str) -> set[str]:
    """Every COTERIE_… that the code reads."""
    files = [file for folder in folders for file in (ROOT / folder).rglob("*") if file.is_file()]
    text = "\n".join(
        file.read_text()
        for file in files
        if file.suffix in (".py", ".sh", "") and "vendor" not in file.parts
    )
    return set(re.findall(r"\bCOTERIE_[A-Z_]*[A-Z]\b", text))


def test_every_setting_is_documented_and_every_documented_one_is_read():
    assert names_in("coterie", "bin", "tests") == set(
        re.findall(r"\bCOTERIE_[A-Z_]*[A-Z]\b", doc("settings"))
    )


def test_every_command_and_option_is_documented():
    text = doc("commands")
    for name, parser in commands().items():
        assert f"`coterie {name}`" in text, name
        for option in re.findall(r"--[a-z]+", parser.format_help()):
            assert option == "--help" or option in text, (name, option)


def test_no_command_is_documented_that_is_gone():
    assert set(re.findall(r"^##+ `coterie ([a-z ]+)`", doc("commands"), re.M)) == set(commands())


def test_every_page_of_ours_says_what_it_is():
    silent = [
        route.path
        for route in routes()
        if not (route.says if route.is_ours else document.LIBRARY.get(route.path))
    ]
    assert not silent, "give these views a docstring, or a line in bin/document.py"


def test_the_list_of_pages_is_up_to_date():
    assert doc("pages") == document.pages(), "run `make docs`"


def test_the_list_of_events_is_up_to_date():
    assert doc("events") == document.events(), "run `make docs`"


def test_there_is_something_to_document():
    assert len(list(routes())) > 60
    assert len(list(document.event_types())) > 30
