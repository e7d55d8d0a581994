"""Numbers under message ids, for millions of messages: sorted columns instead of a dict."""

from array import array
from bisect import bisect_left

MOST_OUT_OF_ORDER = 500_000


class Ledger:
    """Remembers one whole number for each id; ids that come in ascending order cost 16 bytes."""

    def __init__(self) -> None:
        self._ids, self._numbers = array("q"), array("q")
        self._out_of_order: dict[int, int] = {}

    def note(self, id: int, number: int) -> None:
        if not -(1 << 63) <= id < 1 << 63:
            return
        if self._ids and id <= self._ids[-1]:
            if len(self._out_of_order) < MOST_OUT_OF_ORDER:
                self._out_of_order[id] = number
            return
        self._ids.append(id)
        self._numbers.append(number)

    def get(self, id: int) -> int | None:
        if id in self._out_of_order:
            return self._out_of_order[id]
        at = bisect_left(self._ids, id) if -(1 << 63) <= id < 1 << 63 else len(self._ids)
        return self._numbers[at] if at < len(self._ids) and self._ids[at] == id else None
