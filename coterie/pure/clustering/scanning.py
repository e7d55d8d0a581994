"""At which resolution a graph falls apart by itself: where cutting it again gives the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from coterie.pure.clustering.links import Graph
from coterie.pure.clustering.partitions import Labels, agreement, cuts, own_agreement

LADDER = (1, 1.5, 2, 3, 4, 6, 8, 12, 16, 24)
TALL = 10_000
"""From so many people on the ladder goes on, doubling: small groups need finer resolutions."""
SMALLEST = 400
SEEDS = 3
LEVEL = 0.001
"""Differences of the score up to this one mean nothing: the coarsest is taken."""
APART = 1.8
MANY, SAMPLE = 200_000, 50_000


@dataclass(frozen=True)
class Rung:
    """A resolution, the runs at it, and how far they agree with each other."""

    resolution: float
    runs: tuple[Labels, ...]
    own: float


@dataclass(frozen=True)
class Scan:
    """All rungs from coarse to fine; `scores` is the mean of a rung's own agreement and that
    with its neighbours: what holds also a little coarser and finer is no accident."""

    rungs: tuple[Rung, ...]
    scores: tuple[float, ...] = field(default=())

    @property
    def best(self) -> int:
        top = max(self.scores)
        return next(at for at, score in enumerate(self.scores) if score >= top - LEVEL)

    def steps(self) -> dict[str, int]:
        """The rungs called broad, medium and fine, clearly apart where the ladder allows it."""
        medium, middle = self.best, self.rungs[self.best].resolution
        coarser = [n for n, rung in enumerate(self.rungs) if rung.resolution * APART <= middle]
        finer = [n for n, rung in enumerate(self.rungs) if rung.resolution >= middle * APART]
        broad = max(coarser, key=self.scores.__getitem__, default=max(0, medium - 1))
        last = len(self.rungs) - 1
        fine = max(finer, key=self.scores.__getitem__, default=min(last, medium + 1))
        return {"broad": broad, "medium": medium, "fine": fine}


def ladder(people: int) -> list[float]:
    rungs = [float(each) for each in LADDER]
    while people > TALL and rungs[-1] < people / SMALLEST:
        rungs.append(rungs[-1] * 2)
    return rungs


def scan(graph: Graph, resolutions: Sequence[float], seed: int) -> Scan:
    """The graph cut at each of these resolutions with several seeds."""
    seeds = range(seed, seed + SEEDS)
    rungs = []
    for resolution in resolutions:
        runs = tuple(cuts(graph, resolution, seeds))
        rungs.append(Rung(resolution, runs, own_agreement(runs)))
    between = [_between(one, next_) for one, next_ in pairwise(rungs)]
    scores = []
    for at, rung in enumerate(rungs):
        beside = between[max(0, at - 1) : at + 1]
        scores.append((rung.own + float(np.mean(beside))) / 2 if beside else rung.own)
    return Scan(tuple(rungs), tuple(scores))


def _between(one: Rung, other: Rung) -> float:
    pairs = zip(one.runs, other.runs, strict=True)
    return float(np.mean([agreement(left, right) for left, right in pairs]))


def neighbourhoods(graph: Graph, seed: int) -> Graph:
    """The graph among about `SAMPLE` people: some, and all around them."""
    people = graph.shape[0]
    order = np.random.default_rng(seed).permutation(people)
    taken = np.zeros(people, bool)
    count = 0
    for start in order:
        edge = [int(start)]
        while edge and count < SAMPLE:
            near = np.unique(np.concatenate([_near(graph, one) for one in edge] + [edge]))
            fresh = near[~taken[near]][: SAMPLE - count]
            taken[fresh] = True
            count += len(fresh)
            edge = fresh.tolist()
        if count >= SAMPLE:
            break
    return graph[taken][:, taken]


def _near(graph: Graph, person: int) -> Labels:
    near: Labels = graph.indices[graph.indptr[person] : graph.indptr[person + 1]]
    return near
