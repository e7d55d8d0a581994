"""From links and words to the micro communities in them, or to the finding that there are none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from coterie.pure.clustering.colouring import members
from coterie.pure.clustering.links import Graph, Links, blended, shuffled
from coterie.pure.clustering.partitions import FEWEST, Labels, coming_back, cuts, own_agreement
from coterie.pure.clustering.scanning import (
    MANY,
    SEEDS,
    Scan,
    ladder,
    neighbourhoods,
    scan,
)
from coterie.pure.clustering.talk import Talk, closeness, distinct

type Granularity = Literal["broad", "medium", "fine"]

CLEAR = 0.5
"""Agreement of several runs under which there are no clear groups; shuffled links reach .4."""
SURE = 0.5
BLENDS = (0.0, 0.2, 0.35, 0.5)
HOLDERS = 5


@dataclass(frozen=True)
class Group:
    """A group of people, best linked first, with what speaks for it."""

    name: str
    words: tuple[str, ...]
    people: tuple[str, ...]
    core: tuple[str, ...]
    confidence: float
    """The share of further runs in which it came back."""
    inside_share: float
    """The share of its people's links that stay inside."""

    def as_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "words": list(self.words),
            "people": list(self.people),
            "core": list(self.core),
            "confidence": round(self.confidence, 3),
            "inside_share": round(self.inside_share, 3),
        }


@dataclass(frozen=True)
class Finding:
    """What was found: nothing where it is not `clear`."""

    clear: bool
    agreement: float
    granularity: Granularity
    groups: tuple[Group, ...]
    too_small: int = 0
    people: int = 0
    by_chance: float = 0.0
    """The agreement of runs over the same people's links, dealt by chance."""

    @property
    def in_none(self) -> int:
        """How many people are in no group."""
        return self.people - len({one for group in self.groups for one in group.people})

    def as_json(self) -> dict[str, Any]:
        """The contract of `coterie find --json`."""
        return {
            "clear": self.clear,
            "agreement": round(self.agreement, 3),
            "granularity": self.granularity,
            "groups": [group.as_json() for group in self.groups],
        }


def find(
    links: Links, talk: Talk | None = None, granularity: Granularity = "medium", seed: int = 1
) -> Finding:
    """The groups among these people; the same for the same seed."""
    people = len(links.people)
    if not links.graph.nnz:
        return Finding(False, 0.0, granularity, (), people=people)
    graph, resolution, runs = _settled(links.graph, talk, granularity, seed)
    agreed = own_agreement(runs)
    chance = cuts(shuffled(links.graph, seed), resolution, range(seed, seed + SEEDS))
    by_chance = own_agreement(chance)
    if agreed < CLEAR:
        return Finding(False, agreed, granularity, (), people=people, by_chance=by_chance)
    groups, too_small = _proposed(links, graph, runs, talk)
    clear = bool(groups)
    return Finding(clear, agreed, granularity, groups, too_small, people, by_chance)


def _settled(
    graph: Graph, talk: Talk | None, granularity: Granularity, seed: int
) -> tuple[Graph, float, Sequence[Labels]]:
    """The blend and the resolution at which the graph is cut the same again and again."""
    if graph.shape[0] > MANY:
        return _settled_by_sample(graph, granularity, seed)
    close = closeness(talk, graph, seed) if talk else None
    candidates = [graph]
    if close is not None and close.nnz:
        candidates += [blended(graph, close, share) for share in BLENDS[1:]]
    scans = [scan(each, ladder(each.shape[0]), seed) for each in candidates]
    best = max(range(len(scans)), key=lambda at: max(scans[at].scores))
    chosen: Scan = scans[best]
    rung = chosen.rungs[chosen.steps()[granularity]]
    return candidates[best], rung.resolution, rung.runs


def _settled_by_sample(
    graph: Graph, granularity: Granularity, seed: int
) -> tuple[Graph, float, Sequence[Labels]]:
    some = neighbourhoods(graph, seed)
    seen = scan(some, ladder(some.shape[0]), seed)
    rung = seen.rungs[seen.steps()[granularity]]
    resolution = rung.resolution * graph.shape[0] / some.shape[0]
    return graph, resolution, cuts(graph, resolution, range(seed, seed + 2))


def _proposed(
    links: Links, graph: Graph, runs: Sequence[Labels], talk: Talk | None
) -> tuple[tuple[Group, ...], int]:
    """The groups that came back and are large enough, largest first; how many were too small."""
    back = coming_back(runs)
    held = members(graph, runs[0]).tocsc()
    sizes = np.diff(held.indptr)
    sure = np.flatnonzero((sizes >= FEWEST) & (back >= SURE))
    sure = sure[np.argsort(-sizes[sure], kind="stable")]
    held = held[:, sure]
    telling = distinct(talk, held) if talk else [[] for _ in sure]
    groups = [
        _group(links, held[:, [at]].tocoo(), float(back[one]), telling[at], at)
        for at, one in enumerate(sure)
    ]
    return tuple(groups), int(((sizes > 2) & (sizes < FEWEST)).sum())


def _group(links: Links, column: Any, back: float, telling: list[str], at: int) -> Group:
    order = np.lexsort((column.row, -column.data))
    who = column.row[order]
    inside = links.graph[who][:, who].sum(axis=1)
    all_links = links.graph[who].sum()
    near = np.flatnonzero(inside > np.median(inside))
    return Group(
        name=", ".join(telling[:3]) or f"{at + 1}",
        words=tuple(telling),
        people=tuple(links.people[one] for one in who),
        core=tuple(links.people[who[one]] for one in near),
        confidence=back,
        inside_share=float(inside.sum() / max(all_links, 1)),
    )
