"""A person in several groups: each link is coloured by the group, or the chance, that made it.

After Ball, Karrer and Newman (2011), begun at a partition and with one colour for chance.
"""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array, vstack
from scipy.special import gammainc

from coterie.pure.clustering.links import Graph
from coterie.pure.clustering.partitions import Labels, seats

ROUNDS = 8
CHANCE = 0.3
"""The share of links that chance made, before the first round says better."""
FADED = 0.01
AT_ONCE = 50_000

AMOUNT, SHARE, TAIL = 1.5, 0.13, 0.05
"""Who has so many links into a group, such a share of their own, and by chance so seldom."""


def coloured(graph: Graph, labels: Labels) -> Graph:
    """People x groups: how many of a person's links each group made."""
    degrees = graph.sum(axis=1)
    amounts = csr_array(graph @ seats(labels)) * (1 - CHANCE)
    chance = degrees * CHANCE
    for _ in range(ROUNDS):
        amounts, chance = _one_round(graph, amounts, chance, degrees)
    return amounts


def _one_round(graph: Graph, amounts: Graph, chance: Graph, degrees: Graph) -> tuple[Graph, Graph]:
    scale = 1 / np.sqrt(np.maximum(amounts.sum(axis=0), 1e-12))
    drawn = csr_array(amounts.multiply(scale[None, :]))
    by_chance = chance / np.sqrt(max(chance.sum(), 1e-12))
    blocks = [
        _block(graph[start : start + AT_ONCE], start, drawn, by_chance)
        for start in range(0, graph.shape[0], AT_ONCE)
    ]
    amounts = csr_array(vstack(blocks))
    amounts.data[amounts.data < FADED] = 0
    amounts.eliminate_zeros()
    amounts.sort_indices()
    return amounts, np.maximum(degrees - amounts.sum(axis=1), 0)


def _block(links: Graph, start: int, drawn: Graph, by_chance: Graph) -> Graph:
    """What becomes of the links of some people."""
    mine = drawn[start : start + links.shape[0]]
    here = np.repeat(np.arange(links.shape[0]), np.diff(links.indptr))
    either = mine[here].multiply(drawn[links.indices]).sum(axis=1)
    either = either + by_chance[start + here] * by_chance[links.indices]
    data = links.data / np.maximum(either, 1e-300)
    shares = csr_array((data, links.indices, links.indptr), shape=links.shape)
    return csr_array(mine.multiply(shares @ drawn))


def members(graph: Graph, labels: Labels) -> Graph:
    """People x groups: how many links hold each person in each group that they are in."""
    amounts = coloured(graph, labels).tocoo()
    degrees = graph.sum(axis=1)
    volumes = np.bincount(amounts.col, amounts.data, amounts.shape[1])
    part = volumes / max(degrees.sum(), 1)
    # The larger a part of everything a group is, the more of its volume is its own people's.
    chance = degrees[amounts.row] * (part * (1 - part))[amounts.col]
    held = (amounts.data >= AMOUNT) & (amounts.data >= SHARE * degrees[amounts.row])
    held &= gammainc(amounts.data, chance) < TAIL
    largest = np.zeros(graph.shape[0])
    np.maximum.at(largest, amounts.row, amounts.data)
    held |= amounts.data >= largest[amounts.row]
    place = (amounts.row[held], amounts.col[held])
    return csr_array((amounts.data[held], place), shape=amounts.shape)
