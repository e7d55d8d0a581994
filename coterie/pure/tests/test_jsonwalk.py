"""The walk through JSON gives what the standard library gives, whatever the window's size."""

import io
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coterie.pure.exports import jsonwalk
from coterie.pure.exports.jsonwalk import Walk
from coterie.pure.exports.ledger import Ledger
from coterie.pure.exports.records import Unreadable

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


class Dripping(io.BytesIO):
    """Gives fewer bytes than asked, so that every value crosses an edge of the window."""

    def __init__(self, content: bytes, drop: int) -> None:
        super().__init__(content)
        self._drop = drop

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(self._drop)


def walked(walk: Walk) -> Any:
    match walk.next():
        case "{":
            return {key: walked(walk) for key in walk.entries()}
        case "[":
            return [walked(walk) for _ in walk.items()]
        case _:
            return walk.value()


@settings(deadline=None, max_examples=150)
@given(VALUES, st.integers(1, 40), st.sampled_from([None, 1]), st.booleans())
def test_every_window_gives_the_same(value: Any, drop: int, indent: int | None, raw: bool) -> None:
    content = json.dumps(value, indent=indent, ensure_ascii=not raw).encode("utf-8", "replace")
    expected = json.loads(content)
    assert walked(Walk(Dripping(content, drop))) == expected
    whole = Walk(Dripping(content, drop))
    assert whole.value() == expected
    whole.end()


ENTRIES = st.lists(st.dictionaries(st.text(max_size=3), VALUES, max_size=3) | VALUES, max_size=12)


@settings(deadline=None, max_examples=150)
@given(ENTRIES, st.integers(1, 400), st.sampled_from([None, 1]), st.booleans())
def test_a_list_read_many_at_a_time_is_the_same_list(
    entries: list[Any], drop: int, indent: int | None, escaped: bool
) -> None:
    given = json.dumps(entries, indent=indent, ensure_ascii=escaped)
    content = given.encode("utf-8", "replace")
    walk = Walk(Dripping(content, drop))
    assert list(walk.values()) == json.loads(content)
    walk.end()


ODD = [
    rb'{"a": "\ud83d"}', b'{"a": 123456789012345678901234567890}', b'{"a": [{}, {}, {"b": {}}]}',
    b'{"a": NaN}', b'{"a": "tab\tinside"}', b'{"a": 1, "a": 2}', rb'{"a": "\x0b"}', b'{"a": "},{"}',
]  # fmt: skip


@pytest.mark.parametrize("odd", ODD)
def test_what_a_stricter_reader_refuses_is_read_among_many(odd: bytes) -> None:
    plain = [b'{"n": %d}' % n for n in range(50)]
    content = b"[" + b", ".join([*plain, odd, *plain]) + b"]"
    alone = Walk(io.BytesIO(odd)).value()
    found = list(Walk(io.BytesIO(content)).values())
    assert [*map(repr, found[49:52])] == ["{'n': 49}", repr(alone), "{'n': 0}"]
    assert len(found) == 101


def test_many_at_a_time_is_no_excuse_for_what_is_not_json() -> None:
    content = b'[{"n": 1}, {"n": 2}, {"n": 3} {"n": 4}, {"n": 5}]'
    with pytest.raises(Unreadable, match="no longer JSON"):
        list(Walk(io.BytesIO(content)).values())


def test_what_is_passed_over_is_counted() -> None:
    walk = Walk(io.BytesIO(b'{"a": {"list": [1, [2, 3]], "x": 5}, "b": "end"}'))
    entries = walk.entries()
    assert (next(entries), walk.skip()) == ("a", 2)
    assert (next(entries), walk.value()) == ("b", "end")
    assert list(entries) == []


@pytest.mark.parametrize("drop", [1, 2, 3, 7, 1000])
def test_invalid_escapes_are_mended_at_every_edge(drop: int) -> None:
    written = rb'["\x0Ba", "\\x0B", "\\\x1F\"", "\u00e4\x00"]'
    assert Walk(Dripping(written, drop)).value() == ["\x0ba", "\\x0B", '\\\x1f"', "ä\x00"]


def test_a_long_list_needs_no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonwalk, "MAX_VALUE", 1000)
    monkeypatch.setattr(jsonwalk, "CHUNK", 100)
    content = json.dumps([{"n": n} for n in range(5000)]).encode()
    assert sum(entry["n"] for entry in Walk(io.BytesIO(content)).values()) == sum(range(5000))


@given(st.lists(st.tuples(st.integers(-(1 << 65), 1 << 65), st.integers(0, 1000))))
def test_a_ledger_remembers_the_last_of_each(notes: list[tuple[int, int]]) -> None:
    ledger, known = Ledger(), {}
    for id, number in notes:
        ledger.note(id, number)
        if -(1 << 63) <= id < 1 << 63:
            known[id] = number
    assert all(ledger.get(id) == known.get(id) for id, _ in notes)
    assert ledger.get(12345) == known.get(12345)
