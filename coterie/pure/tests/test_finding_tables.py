"""Tables of links and messages, however they were written; and what chats say about links."""

from __future__ import annotations

import contextlib
import gzip
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from coterie.pure.clustering import tables
from coterie.pure.clustering.evidence import Evidence
from coterie.pure.exports import textlines
from coterie.pure.exports.records import Message, Reaction, Unreadable


def written(folder: Path, text: str | bytes, name: str = "t.csv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.mark.parametrize(
    "text",
    [
        "a,b,weight\n1,2,3\n2,3,1\n",
        "from;to\r\n1;2\r\n2;3\r\n",
        "\ufeff1\t2\n2\t3",
        '"x","y","z"\n"1","2","0.5"\n"2","3","1e3"\n',
        "1,2,1\n2,3,9\n",
        "a,b,w\n1,2,3\n4,5,0\n2,3,1\n",
    ],
)
def test_two_columns_are_people_whatever_the_header_says(tmp_path: Path, text: str) -> None:
    assert tables.links(written(tmp_path, text)).rows == [("1", "2"), ("2", "3")]
    packed = written(tmp_path, gzip.compress(text.encode()), "t.gz")
    assert tables.links(packed).rows == [("1", "2"), ("2", "3")]
    assert tables.links(written(tmp_path, text.encode("utf-16"))).rows == [("1", "2"), ("2", "3")]


def test_names_without_a_header_are_all_people(tmp_path: Path) -> None:
    rows = tables.links(written(tmp_path, "Ana,Wren\nWren,Juno\n")).rows
    assert rows == [("Ana", "Wren"), ("Wren", "Juno")]
    assert len(tables.links(written(tmp_path, "who,whom\nAna,Wren\n")).rows) == 1


def test_a_bad_row_is_told_with_its_line_and_the_rest_goes_on(tmp_path: Path) -> None:
    table = tables.links(written(tmp_path, "a,b,w\n1,2,1\nonly\n3,,1\n2,3,soon\n\n2,4,1\n"))
    assert table.rows == [("1", "2"), ("2", "4")]
    assert [each.place for each in table.trouble] == ["line 3", "line 4", "line 5"]
    assert table.troubled == 3


def test_messages_are_found_wherever_they_stand(tmp_path: Path) -> None:
    text = 'id,when,text,who\n1,2024-01-02,"Hello, you\nthere",Ana\n2,2024-01-03,A long one,Wren\n'
    said = tables.messages(written(tmp_path, text), ["Ana", "Wren"])
    assert said.rows[-2:] == [("Ana", "Hello, you\nthere"), ("Wren", "A long one")]


@pytest.mark.parametrize("text", ["", "one\ntwo\n", "\0\0\0", ",\n", "PK\x03\x04"])
def test_what_is_no_table_is_refused_with_a_sentence(tmp_path: Path, text: str) -> None:
    for read in (tables.links, tables.messages):
        with pytest.raises(Unreadable):
            read(written(tmp_path, text))


def test_garbage_is_refused_or_read_never_worse(tmp_path: Path) -> None:
    dice = random.Random(1)
    for _ in range(40):
        path = written(tmp_path, dice.randbytes(dice.randrange(3_000)))
        for read in (tables.links, tables.messages):
            with contextlib.suppress(Unreadable):
                assert read(path).rows


def test_a_line_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(textlines, "LONGEST", 1_000)
    monkeypatch.setattr(textlines, "CHUNK", 1_000)
    with pytest.raises(Unreadable, match="longer"):
        tables.links(written(tmp_path, "x" * 9_000))


START = datetime(2024, 5, 1, tzinfo=UTC)


def said(nth: int, who: str, *, after: int = 60, **more: object) -> Message:
    """The nth message, `after` minutes for each before it."""
    at = START + timedelta(minutes=after * nth)
    return Message(f"m{nth}", "chat", who, who, at, f"words of {who}", **more)  # type: ignore[arg-type]


def test_an_answer_links_and_so_do_a_name_and_a_reaction() -> None:
    heard = Evidence()
    seen = Reaction("+", 1, ("juno",))
    heard.add([said(0, "ana", reactions=(seen,)), said(1, "wren", reply_to="m0")], "t:")
    heard.add([said(2, "sam", mentions=("ana",)), said(3, "juno")], "t:")
    assert heard.amounts == {
        ("t:ana", "t:juno"): 1.0,
        ("t:ana", "t:wren"): 3.0,
        ("t:ana", "t:sam"): 2.0,
    }
    assert {*heard.links().people} == {"t:ana", "t:wren", "t:sam", "t:juno"}


def test_who_speaks_soon_after_somebody_speaks_to_them() -> None:
    soon, late = Evidence(), Evidence()
    soon.add([said(0, "ana", after=2), said(1, "wren", after=2)])
    late.add([said(0, "ana", after=9), said(1, "wren", after=9)])
    assert soon.amounts == {("ana", "wren"): 1.0}
    assert late.amounts == {}


def test_hosts_and_nobody_are_no_people() -> None:
    heard = Evidence()
    heard.add([said(0, "ana", by_hosts=True), said(1, "wren")._replace(person=None)])
    assert not heard.people


def test_loud_people_are_not_linked_with_everybody_they_met_once() -> None:
    heard = Evidence()
    turns = ["ana", "wren"] * 200 + ["juno"] + ["ana", "wren"] * 200 + ["sam", "juno"] * 40
    heard.add(said(nth, who, after=1) for nth, who in enumerate(turns))
    linked = heard.links()
    at = {person: nth for nth, person in enumerate(linked.people)}
    assert linked.graph[at["ana"], at["wren"]] == linked.graph[at["sam"], at["juno"]] == 1
    assert linked.graph[at["ana"], at["juno"]] == 0
