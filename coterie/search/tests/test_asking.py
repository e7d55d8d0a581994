"""Whatever is typed is understood as something, and where it stands is shown."""

from datetime import date

import pytest

from coterie.search.asking import day_of, understand
from coterie.search.marks import PHOTO
from coterie.search.questions import Term
from coterie.search.showing import marked, snippet


def kinds(text):
    return [(note.kind, note.text) for note in understand(text).notes]


def test_words_phrases_and_what_is_left_out():
    asked = understand('walnut "over the elbow" -wool dar')
    assert asked.every == [
        Term(("walnut",)), Term(("over", "the", "elbow")), Term(("dar",), begun=True),
    ]  # fmt: skip
    assert asked.without == [Term(("wool",))]
    assert asked.names == ["walnut", "over the elbow", "dar"]


def test_operators():
    asked = understand('from:Moss in:"Mending circle" before:2026-05 after:1.2.2025 has:photo')
    assert (asked.people, asked.places) == (["moss"], ["mending circle"])
    assert (asked.until, asked.since) == (date(2026, 5, 1), date(2025, 2, 1))
    assert asked.has == [PHOTO]
    assert [kind for kind, _ in kinds("from:a in:b before:2026 after:2025 has:photos has:url")] == [
        "from", "in", "before", "after", "photo", "link",
    ]  # fmt: skip
    assert not asked.every


def test_typographic_quotes_are_quotes():
    assert understand("„over the elbow“").every == [Term(("over", "the", "elbow"))]
    assert understand("in:«Mending circle»").places == ["mending circle"]


def test_what_is_no_operator_is_searched_as_words_and_said_so():
    assert kinds("colour:red") == [("unknown", "colour:red")]
    assert understand("colour:red").every == [Term(("colour", "red"), begun=True)]
    assert kinds("before:soon") == [("undated", "before:soon")]
    assert understand("before:soon").every == [Term(("before", "soon"), begun=True)]
    assert kinds("from:") == [("waiting", "from:")]
    assert understand("from:").is_empty
    assert kinds("https://example.org/a") == []
    assert kinds("has:cheese") == [("unknown", "has:cheese")]


@pytest.mark.parametrize("text", ["2026-13", "2026-02-30", "0000", "99999", "32.1.2026", "x", ""])
def test_no_day_is_no_day(text):
    assert day_of(text) is None


@pytest.mark.parametrize("text", ["", " ", '"', '""', "-", "--", "-:", ":", '-"', "in:", 'in:""'])
def test_nothing_asks_for_nothing(text):
    assert understand(text).is_empty


def test_marks_stand_where_the_words_are():
    every = understand('strasse "über dem" elb').every
    assert marked("Die Straße ÜBER DEM Elbogen.", every) == [
        ("Die ", False), ("Straße", True), (" ", False), ("ÜBER DEM", True), (" ", False),
        ("Elbogen", True), (".", False),
    ]  # fmt: skip
    assert marked("東京都庁", understand("京都").every) == [
        ("東", False), ("京都", True), ("庁", False),
    ]  # fmt: skip
    assert marked("the over dem", understand('"über dem"').every) == [("the over dem", False)]
    assert "".join(text for text, _ in marked("e\u0301te\u0301", every)) == "été"


def test_a_snippet_is_cut_around_what_was_looked_for():
    text = "before " * 100 + "the walnut stands here " + "after " * 100
    pieces = snippet(text, understand("walnut").every)
    assert ("walnut", True) in pieces
    whole = "".join(text for text, _ in pieces)
    assert whole.startswith("… before")
    assert whole.endswith("after …")
    assert len(whole) < 240
    assert snippet("short", understand("walnut").every) == [("short", False)]
