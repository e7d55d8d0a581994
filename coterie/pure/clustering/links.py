"""Who is linked with whom. A link is there or not: counts made unsteady groups look steady."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array

type Graph = Any
"""A symmetric `csr_array`, people x people, sorted, nothing on its diagonal."""
type Whole = NDArray[np.int64]


@dataclass(frozen=True)
class Links:
    """`graph[i, j]` is 1 where `people[i]` and `people[j]` are linked."""

    people: tuple[str, ...]
    graph: Graph


def gathered(pairs: Iterable[tuple[str, str]], people: Iterable[str] = ()) -> Links:
    """The links of these pairs, whichever way round and how often they come."""
    at: dict[str, int] = {}
    for person in people:
        at.setdefault(person, len(at))
    ends = np.fromiter(
        (at.setdefault(person, len(at)) for pair in pairs for person in pair), np.int64
    )
    return Links(tuple(at), graph_of(len(at), ends[::2], ends[1::2]))


def graph_of(people: int, ones: Whole, others: Whole) -> Graph:
    """The graph in which ones[k] and others[k] are linked, nobody with themselves."""
    apart = ones != others
    ones, others = ones[apart], others[apart]
    rows, columns = np.concatenate([ones, others]), np.concatenate([others, ones])
    graph = csr_array(
        coo_array((np.ones(len(rows)), (rows, columns)), shape=(people, people)).tocsr()
    )
    graph.data[:] = 1.0
    graph.sort_indices()
    return graph


def blended(graph: Graph, closeness: Graph, share: float) -> Graph:
    """Both graphs as one, of whose weight `share` is closeness; 0 gives the graph itself."""
    if not share or not closeness.nnz or not graph.nnz:
        return graph
    scaled = closeness * (graph.sum() / closeness.sum())
    mixed = csr_array((1 - share) * graph + share * scaled)
    mixed.sort_indices()
    return mixed


def shuffled(graph: Graph, seed: int) -> Graph:
    """As many links for each person as before, but with whomever chance gives them."""
    ends = np.repeat(np.arange(graph.shape[0]), np.diff(graph.indptr))
    ends = np.random.default_rng(seed).permutation(ends)
    half = len(ends) // 2
    return graph_of(graph.shape[0], ends[:half], ends[half : 2 * half])
