"""What still waits for its use although it has waited long: higher floors say so."""

from __future__ import annotations

from collections.abc import Callable, Iterable

type Holder = Callable[[], Iterable[str]]
"""Names the pictures, by public ids, that wait with something of its floor."""

_holders: tuple[Holder, ...] = ()


def hold(holders: Iterable[Holder]) -> None:
    """From now on these are asked (config/wiring.py calls this once)."""
    global _holders
    _holders = tuple(holders)


def held() -> set[str]:
    """The pictures that somebody still means to use."""
    return {each for holder in _holders for each in holder()}
