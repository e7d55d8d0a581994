"""Keyset pages: a page costs the same however far down it is."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Page[Row]:
    """Some rows and the cursor of the next page, empty on the last."""

    rows: Sequence[Row]
    after: str = ""


def cut[Row](rows: Sequence[Row], size: int, cursor: str) -> Page[Row]:
    """`rows` holds up to size + 1; the extra one only tells that more follows at `cursor`."""
    return Page(rows[:size], cursor if len(rows) > size else "")
