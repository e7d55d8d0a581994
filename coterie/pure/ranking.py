"""Counting ballots on which people put options in an order: instant-runoff, round by round.

In each round every ballot counts for the highest of its options that is still in. Whoever has
more than half of the ballots that still count wins; else the option with the fewest goes out.
Of several with the fewest goes the one that had fewer in the round before, or in the last
round in which they differed; if they never did, the one that stands lower on the list. So the
same ballots always give the same result, and nobody has to believe in chance.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Round:
    """How many ballots each option that is still in has; who goes out; how many count no more."""

    counts: dict[int, int]
    out: int | None
    spent: int


@dataclass(frozen=True)
class Outcome:
    """Who won, if anybody chose anything, and how it came to that."""

    winner: int | None
    rounds: list[Round]


def count(ballots: Iterable[Sequence[int]], options: Sequence[int]) -> Outcome:
    """The outcome for these ballots; `options` in the order in which they stand on the list."""
    papers, left, rounds = list(ballots), list(options), list[Round]()
    while left:
        counts = _firsts(papers, left)
        counting = sum(counts.values())
        ahead = max(left, key=lambda option: counts[option])
        if not counting:
            return Outcome(None, rounds)
        won = counts[ahead] * 2 > counting or len(left) == 1
        out = None if won else _last(counts, rounds)
        rounds.append(Round(counts, out, len(papers) - counting))
        if out is None:
            return Outcome(ahead, rounds)
        left.remove(out)
    return Outcome(None, rounds)


def _firsts(papers: Iterable[Sequence[int]], left: Sequence[int]) -> dict[int, int]:
    """For each option that is left, the ballots on which it stands highest."""
    counts = dict.fromkeys(left, 0)
    for paper in papers:
        first = next((option for option in paper if option in counts), None)
        if first is not None:
            counts[first] += 1
    return counts


def _last(counts: dict[int, int], rounds: Sequence[Round]) -> int:
    """Who goes out; ties are decided as the head of this file says."""
    fewest = min(counts.values())
    tied = [option for option, n in counts.items() if n == fewest]
    for earlier in reversed(rounds):
        fewest = min(earlier.counts[option] for option in tied)
        tied = [option for option in tied if earlier.counts[option] == fewest]
    return tied[-1]
