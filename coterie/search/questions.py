"""What is looked for, as a question that either database understands.

A question is built of words that `words` made, so nothing in it is a sign to a database:
whatever somebody types, it cannot become an operator.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from coterie.search.words import HAS_UNSPACED, LONGEST, RUNS, folded, pieces


@dataclass(frozen=True)
class Term:
    """Words that stand one after the other; the last may be the beginning of one."""

    words: tuple[str, ...]
    begun: bool = False


@dataclass(frozen=True)
class Question:
    """All of `every`, none of `without`, and at least one of the marks."""

    every: tuple[Term, ...] = ()
    without: tuple[Term, ...] = ()
    marks: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    """Marks that must all be there."""


def term(text: str, *, begun: bool = False) -> Term | None:
    """Words in this order, or None where there is nothing to look for."""
    parts = [part for word in folded(text).split() for part in RUNS.finditer(word)]
    found: list[str] = []
    for nth, part in enumerate(parts):
        sought = _of_run(part[1]) if part[1] and nth + 1 == len(parts) else pieces(part[0])
        found += sought
    if not found:
        return None
    return Term(tuple(found), _is_beginning(found[-1], begun=begun))


def _of_run(run: str) -> list[str]:
    """Pairs of signs; what follows the last one in a text is open."""
    return [one + two for one, two in pairwise(run)] or [run]


def _is_beginning(word: str, *, begun: bool) -> bool:
    """Whether more letters may follow; one sign of a script without spaces begins a pair.

    One letter of another script begins nearly everything, and asks for itself alone.
    """
    unspaced = HAS_UNSPACED.match(word) is not None
    return unspaced if len(word) == 1 else (begun or unspaced) and len(word) < LONGEST


def terms(texts: Iterable[str]) -> tuple[Term, ...]:
    """Those of the texts in which there is something to look for."""
    return tuple(found for text in texts if (found := term(text)))
