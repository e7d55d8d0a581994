"""One graph cut into groups several times, and how far the cuts agree."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from coterie.pure.clustering.links import Graph

type Labels = NDArray[np.int32]
"""The group of each person; -1 for who has no link."""

COMPARED = 20_000
COMPARED_OF_MANY = 6_000
"""People whose groups are compared: the expected agreement of many small groups is costly."""
FEWEST = 8
"""People below which a group is not shown."""
SAME = 0.5
"""Jaccard's index from which on two groups count as one that came back."""
ROUNDS = 200_000
WORKERS = 2


def cuts(graph: Graph, resolution: float, seeds: Sequence[int]) -> list[Labels]:
    """One partition for each seed, by Leiden's algorithm; the same every time."""
    with ThreadPoolExecutor(WORKERS) as pool:
        return list(pool.map(lambda seed: cut(graph, resolution, seed), seeds))


def cut(graph: Graph, resolution: float, seed: int) -> Labels:
    """The partition that maximises modularity at this resolution, as Leiden finds it."""
    from graspologic_native import leiden_csr

    people = graph.shape[0]
    labels = np.full(people, -1, np.int32)
    if not graph.nnz:
        return labels
    _, found = leiden_csr(
        graph.indptr.astype(np.int64),
        graph.indices.astype(np.int32),
        graph.data.astype(np.float64),
        people,
        resolution=resolution,
        iterations=max(2, min(10, ROUNDS // people)),
        seed=seed,
    )
    who = np.fromiter(found.keys(), np.int64, len(found))
    labels[who] = np.fromiter(found.values(), np.int32, len(found))
    labels[np.diff(graph.indptr) == 0] = -1
    return labels


def agreement(ones: Labels, others: Labels) -> float:
    """Adjusted mutual information of two partitions: 0 by chance, 1 if they are the same.

    Of groups that would be shown: all people of smaller ones count as being in none, else a
    graph cut into single people would agree with itself best of all.
    """
    from sklearn.metrics import adjusted_mutual_info_score

    linked = np.flatnonzero((ones >= 0) & (others >= 0))
    ones, others = shown(ones), shown(others)
    if not (len(linked) and (ones >= 0).any() and (others >= 0).any()):
        return 0.0
    if len(linked) > COMPARED:
        linked = np.random.default_rng(0).choice(linked, COMPARED_OF_MANY, replace=False)
    return float(adjusted_mutual_info_score(ones[linked], others[linked]))


def shown(labels: Labels) -> Labels:
    """The same groups without those that are too small to show."""
    sizes = np.bincount(labels[labels >= 0], minlength=1)
    small = (labels >= 0) & (sizes[labels] < FEWEST)
    return np.where(small, np.int32(-1), labels)


def own_agreement(runs: Sequence[Labels]) -> float:
    """How far the runs agree with each other, in the mean of all pairs."""
    return float(np.mean([agreement(one, other) for one, other in combinations(runs, 2)]))


def seats(labels: Labels) -> Graph:
    """People x groups: 1 where a person is in the group."""
    linked = np.flatnonzero(labels >= 0)
    groups = int(labels.max(initial=-1)) + 1
    shape = (len(labels), groups)
    return csr_array((np.ones(len(linked)), (linked, labels[linked])), shape=shape)


def coming_back(runs: Sequence[Labels]) -> NDArray[np.float64]:
    """For each group of the first run the share of the other runs in which it is found again."""
    first = seats(runs[0])
    sizes = first.sum(axis=0)
    back = np.zeros(first.shape[1])
    for run in runs[1:]:
        other = seats(run)
        shared = (first.T @ other).tocoo()
        either = sizes[shared.row] + other.sum(axis=0)[shared.col] - shared.data
        np.maximum.at(again := np.zeros(len(back)), shared.row, shared.data / either)
        back += again >= SAME
    return back / max(1, len(runs) - 1)
