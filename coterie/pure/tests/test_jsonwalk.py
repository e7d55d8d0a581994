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
