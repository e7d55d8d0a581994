"""What still waits for its use although it has waited long: higher floors say so."""

from __future__ import annotations

from collections.abc import Callable, Iterable

type Holder = Callable[[], Iterable[str]]
"""Names the pictures, by public ids, that wait with something of its floor."""

type Promise = Callable[[int], Iterable[str]]
"""Names those of a persona's pictures that go out with something of its floor by themselves."""

_holders: tuple[Holder, ...] = ()
_promises: tuple[Promise, ...] = ()


def hold(holders: Iterable[Holder], promises: Iterable[Promise] = ()) -> None:
    """From now on these are asked (config/wiring.py calls this once)."""
    global _holders, _promises
    _holders, _promises = tuple(holders), tuple(promises)


def held() -> set[str]:
    """The pictures that somebody still means to use."""
    return {each for holder in _holders for each in holder()}


def promised(persona_id: int) -> set[str]:
    """The pictures of this persona that wait for one thing, and are not for another."""
    return {each for promise in _promises for each in promise(persona_id)}
