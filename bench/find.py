"""How well and how fast the micro communities in a graph are found.

    bench/find.py --data FOLDER        scores on the files of a folder with known groups
    bench/find.py --planted 100000     time, memory and score on planted overlapping groups

A folder holds NAME_edges.csv.gz or NAME_replies.csv.gz, NAME_truth.csv.gz and perhaps
NAME_messages.csv.gz. Where networkit is installed, its map equation runs on the same data.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import resource
import sys
import time
from collections import defaultdict
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from bench.scoring import Groups, f1, onmi
from coterie.pure.clustering import links, tables, talk
from coterie.pure.clustering.finding import find

MEAN, MOST = 15, 100
SIZES = (20, 200)


def planted(people: int, mixing: float, seed: int) -> tuple[links.Links, Groups]:
    """Groups of a power law of sizes, 30 % of the people in two, degrees of a power law."""
    dice = np.random.default_rng(seed)
    twice = dice.random(people) < 0.3
    seats = dice.permutation(np.repeat(np.arange(people), 1 + twice))
    sizes = _power(dice, 1.5, *SIZES, count=len(seats) // SIZES[0])
    cuts = np.cumsum(sizes)
    groups = np.split(seats, cuts[cuts < len(seats) - SIZES[0]])
    degrees = _power(dice, 2.5, 6, MOST, count=people)
    ones, others = [], []
    for group in groups:
        own = degrees[group] * (1 - mixing) / (1 + twice[group])
        ends = dice.permutation(np.repeat(group, dice.poisson(own)))
        half = len(ends) // 2
        ones.append(ends[:half])
        others.append(ends[half : 2 * half])
    ends = dice.permutation(np.repeat(np.arange(people), dice.poisson(degrees * mixing)))
    half = len(ends) // 2
    graph = links.graph_of(
        people,
        np.concatenate([*ones, ends[:half]]),
        np.concatenate([*others, ends[half : 2 * half]]),
    )
    names = tuple(map(str, range(people)))
    return links.Links(names, graph), [{*map(str, group)} for group in groups]


def _power(dice: np.random.Generator, exponent: float, least: int, most: int, count: int):
    ranks = np.arange(least, most + 1)
    weights = ranks**-exponent
    return dice.choice(ranks, count, p=weights / weights.sum())


def known(file: Path, least: int) -> Groups:
    groups = defaultdict(set)
    with gzip.open(file, "rt") as text:
        rows = csv.reader(text)
        next(rows)
        for person, group in rows:
            groups[group].add(person)
    return [group for group in groups.values() if len(group) >= least]


def told(name: str, linked: links.Links, said: talk.Talk | None, truth: Groups) -> None:
    began = time.perf_counter()
    found = find(linked, said)
    took = time.perf_counter() - began
    groups = [{*group.people} for group in found.groups]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    scores = ""
    if len(groups) * len(truth) < 10_000_000:
        everybody = linked.people
        scores = f"ONMI {onmi(groups, truth, everybody):.3f}  F1 {f1(groups, truth, everybody):.3f}"
    print(
        f"{name}: {len(linked.people):,} people, {linked.graph.nnz // 2:,} links, {len(groups)} of "
        f"{len(truth)} groups, agreement {found.agreement:.2f} (by chance {found.by_chance:.2f})  "
        f"{scores}  {took:.1f} s, {memory:,.0f} MB",
        flush=True,
    )


def others(linked: links.Links) -> None:
    """The same graph, cut by somebody else's program."""
    try:
        import networkit
    except ImportError:
        return
    upper = linked.graph.tocoo()
    graph = networkit.GraphFromCoo((upper.row, upper.col), n=len(linked.people), directed=False)
    began = time.perf_counter()
    cut = networkit.community.LouvainMapEquation(graph)
    cut.run()
    groups = cut.getPartition().numberOfSubsets()
    print(f"  networkit, map equation: {groups} groups, {time.perf_counter() - began:.1f} s")


def from_folder(folder: Path) -> None:
    for truth in sorted(folder.glob("*_truth.csv.gz")):
        name = truth.name.removesuffix("_truth.csv.gz")
        edges = [folder / f"{name}_{kind}.csv.gz" for kind in ("edges", "replies")]
        linked = links.gathered(tables.links(next(each for each in edges if each.exists())).rows)
        messages = folder / f"{name}_messages.csv.gz"
        said = None
        if messages.exists():
            said = talk.gathered(tables.messages(messages, linked.people).rows, linked.people)
        told(name, linked, said, known(truth, 10 if said else 3))


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--data", type=Path)
    asked.add_argument("--planted", type=int)
    asked.add_argument("--mixing", type=float, default=0.3)
    asked.add_argument("--seed", type=int, default=1)
    args = asked.parse_args()
    if args.data:
        from_folder(args.data)
    if args.planted:
        linked, truth = planted(args.planted, args.mixing, args.seed)
        told(f"planted, mixing {args.mixing}", linked, None, truth)
        others(linked)


if __name__ == "__main__":
    main()
