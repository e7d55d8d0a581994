"""`coterie find` in a shell: a table, JSON, an honest no, and sentences for what goes wrong."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from coterie.cli import main
from coterie.pure.tests import planted


def written(folder: Path, name: str, rows: object) -> str:
    path = folder / name
    with path.open("w", newline="") as file:
        csv.writer(file).writerows(rows)  # type: ignore[arg-type]
    return str(path)


@pytest.fixture
def audience(tmp_path: Path) -> list[str]:
    linked = written(tmp_path, "links.csv", [("a", "b"), *planted.pairs()])
    spoken = written(tmp_path, "said.csv", [("person", "text"), *planted.said()])
    return ["find", "--links", linked, "--messages", spoken]


def test_json_holds_the_groups(audience, capsys):
    assert main([*audience, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["clear"] is True
    assert len(told["groups"]) == 4
    assert all(group["people"] for group in told["groups"])


def test_the_table_says_what_sets_each_apart(audience, capsys):
    assert main(audience) == 0
    told = capsys.readouterr().out
    assert "4 micro communities among" in told
    assert any(word in told for word in planted.WORDS["dyeing"].split())
    assert "dealt by chance" in told


def test_too_few_people_are_told_so(tmp_path, capsys):
    assert main(["find", "--links", written(tmp_path, "l.csv", [("a", "b"), ("x", "y")])]) == 0
    assert "too small to show" in capsys.readouterr().out


@pytest.mark.parametrize(
    "given", [[], ["x.json", "--links", "l.csv"], ["x.json", "--messages", "m.csv"], ["none.json"]]
)
def test_what_goes_wrong_is_a_sentence(given, capsys):
    assert main(["find", *given]) == 1
    assert capsys.readouterr().err.startswith("coterie: ")


def test_an_export_goes_from_file_to_an_honest_answer(capsys):
    samples = sorted((Path(__file__).parents[3] / "tests/data/telegram").glob("*.json"))
    assert samples
    for sample in samples:
        assert main(["find", str(sample)]) == 0
        assert "too small to show" in capsys.readouterr().out


def test_one_chat_of_many_people_falls_into_its_groups(tmp_path, capsys):
    chat = tmp_path / "chat.txt"
    chat.write_text(planted.chat())
    assert main(["find", str(chat), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["clear"] is True
    assert len(told["groups"]) == len(planted.WORDS)
    for group in told["groups"]:
        own = max(planted.WORDS, key=lambda name: sum(name in one for one in group["people"]))
        assert {*group["words"][:3]} <= {*planted.WORDS[own].split()}
        assert sum(own in one for one in group["people"]) >= 24


def test_the_report_is_one_page_without_scripts_or_names(audience, tmp_path, capsys):
    page = tmp_path / "out.html"
    assert main([*audience, "--report", str(page)]) == 0
    told = page.read_text()
    assert "4 small communities were already here" in told
    assert any(word in told.casefold() for word in planted.WORDS["mending"].split())
    assert not any(f">{name}-" in told or f"{name}-1" in told for name in planted.WORDS)
    assert not any(one in told for one in ("<script", "src=", "http:", "https:", "@import"))


def test_a_report_of_nothing_says_so_and_shows_no_markup_of_others(tmp_path):
    page, links = tmp_path / "out.html", tmp_path / "<b>x.csv"
    links.write_text("a,b\nx,y\n")
    assert main(["find", "--links", str(links), "--report", str(page)]) == 0
    assert "No clear groups here" in page.read_text()
    assert "<b>x" not in page.read_text()


def test_a_report_that_cannot_be_written_is_a_sentence(audience, tmp_path, capsys):
    assert main([*audience, "--report", str(tmp_path / "no" / "out.html")]) == 1
    assert "No such file" in capsys.readouterr().err


def test_dates_that_can_be_two_days_are_asked_for(tmp_path, capsys):
    chat = tmp_path / "chat.txt"
    chat.write_text("3/6/24, 21:25 - Ana: Who?\n3/6/24, 21:26 - Wren: Me\n")
    assert main(["find", str(chat)]) == 2
    told = capsys.readouterr().err
    assert "--date-order dmy: 3 June 2024" in told
    assert "--date-order mdy: 6 March 2024" in told
    assert main(["find", str(chat), "--date-order", "dmy"]) == 0
