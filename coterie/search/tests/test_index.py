"""Both databases find the same, whatever is written and whatever is asked."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.db.models import DateTimeField, F, Value

from coterie.search import index
from coterie.search.keys import MOST, key, key_of, lowest
from coterie.search.models import Entry
from coterie.search.questions import Question, Term, term
from coterie.search.words import words
from tests.house import ROOT

pytestmark = pytest.mark.django_db


def put(*texts, marks=("_open",)):
    index.put(Entry, [(n, [*words(text), *marks]) for n, text in enumerate(texts, 1)])


def find(*asked, without=(), marks=("_open",), also=()):
    every = tuple(filter(None, (term(text, begun=True) for text in asked)))
    question = Question(every, tuple(map(term, without)), marks, also)
    found = Entry.objects.filter(words__answer=question).order_by("-rowid")
    return list(found.values_list("pk", flat=True))


def test_words_are_found_whole_and_begun_and_side_by_side():
    put("Mending the elbow of a jacket", "An elbow, mended", "the jacket of an elbow")
    assert find("elbow") == [3, 2, 1]
    assert find("mend") == [2, 1]
    assert find("the elbow") == [1]
    assert find("the", "elbow") == [3, 1]
    assert find("elbow", without=("jacket",)) == [2]
    assert find(without=("the elbow", "mended")) == [3]


def test_what_has_none_of_the_marks_is_not_found():
    put("walnut", marks=("_in1",))
    assert find("walnut") == []
    assert find("walnut", marks=("_open", "_in1")) == [1]
    assert find("walnut", marks=("_in1",), also=("_photo",)) == []
    assert find("_in1", marks=("_open",)) == [], "typing a mark is asking for its words"
    assert find(marks=("_in1",)) == [1]


def test_an_entry_is_put_again_and_taken_out():
    put("walnut", "oak")
    index.put(Entry, [(1, ["birch", "_open"])])
    assert (find("walnut"), find("birch")) == ([], [1])
    assert index.same(Entry, [(1, ["birch", "_open"]), (2, ["birch"])]) == {1}
    index.drop(Entry, [1])
    assert (find("birch"), find("oak")) == ([], [2])


def test_any_part_of_a_text_without_spaces_is_found():
    put("東京都に住んでいます。", "京都へ行く", "ฉันรักเมืองไทย", "서울에서 만나요")
    assert find("京都") == [2, 1]
    assert find("東京都") == [1]
    assert find("都") == [2, 1]
    assert find("住んで") == [1]
    assert find("んい") == []
    assert find("เมือง") == [3]
    assert find("서울", "만나") == [4]


def naughty():
    lines = (ROOT / "tests/data/security/blns.json").read_text()
    import json

    return json.loads(lines)


def test_every_naughty_string_is_found_again_and_breaks_nothing():
    strings = naughty()
    assert len(strings) == 515
    index.put(Entry, [(n, [*words(text), "_open"]) for n, text in enumerate(strings)])
    missed = []
    for n, text in enumerate(strings):
        hits = find(text)
        if words(text) and n not in hits:
            missed.append(text)
        if not words(text):
            assert len(hits) == 515, "what asks for nothing leaves nothing out"
    assert not missed


def test_no_question_is_an_operator():
    put("plain words")
    signs = [
        '" OR words:*',
        "* NOT x",
        "a') OR 1=1 --",
        "NEAR(a b)",
        "{words}: a",
        "' | '_open",
        "a:*",
    ]
    for sign in signs:
        assert find(sign) == [], sign
    assert Entry.objects.filter(
        words__answer=Question((Term(("plain",)),), marks=("_open",))
    ).exists()


def test_what_was_taken_out_is_not_in_the_file_either():
    put(*(f"word{n} common" for n in range(300)))
    index.put(Entry, [(900, ["unforgettable", "_open"])])
    assert find("unforgettable") == [900]
    index.drop(Entry, [900])
    assert find("unforgettable") == []
    if connection.vendor == "sqlite":
        assert "unforgettable" in stored(), "else there is nothing to tidy"
    index.tidy()
    assert "unforgettable" not in stored()
    assert len(find("common")) == 300


def stored():
    """All that the tables of the index hold, as text."""
    tables = ["search_entry"]
    if connection.vendor == "sqlite":
        tables = ["search_entry_data", "search_entry_content"]
    with connection.cursor() as cursor:
        rows = []
        for table in tables:
            cursor.execute(f"SELECT * FROM {table}")
            rows += cursor.fetchall()
    cells = (cell for row in rows for cell in row)
    return " ".join(
        bytes(cell).decode(errors="replace") if isinstance(cell, bytes) else str(cell)
        for cell in cells
    )


def test_the_number_of_an_entry_is_the_same_in_python_and_in_the_database():
    moments = [
        datetime(2026, 5, 17, 12, 30, 59, 999_999, tzinfo=UTC),
        datetime(1969, 12, 31, 23, 59, 59, 500_000, tzinfo=UTC),
        datetime(2126, 1, 1, tzinfo=UTC),
    ]
    put("one")
    for moment in moments:
        column = key_of(Value(moment, output_field=DateTimeField()), F("rowid"))
        told = Entry.objects.annotate(told=column).get().told
        assert told == key(moment, 1)
        assert (told & MOST, told >= lowest(moment)) == (1, True)
        assert told < lowest(moment + timedelta(seconds=1))
    with pytest.raises(OverflowError):
        key(moments[0], MOST + 1)


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_is_not_found():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        put("gone")
        assert find("gone") == [1]
        raise ZeroDivisionError
    assert find("gone") == []
