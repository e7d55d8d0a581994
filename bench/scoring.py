"""How well groups that were found match groups that are known."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from scipy.sparse import csr_array

type Groups = list[set[str]]


def matrix(groups: Groups, people: list[str]) -> csr_array:
    at = {person: n for n, person in enumerate(people)}
    rows = [at[p] for g in groups for p in sorted(g)]
    columns = [n for n, g in enumerate(groups) for _ in g]
    return csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(people), len(groups)))


def entropy(counts: np.ndarray, of: int) -> np.ndarray:
    share = np.clip(counts / of, 0, 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(share > 0, -share * np.log2(share), 0.0)


def onmi(found: Groups, known: Groups, people: Iterable[str]) -> float:
    """Overlapping NMI in McDaid's max-normalised form, 0 to 1."""
    everyone = sorted(people)
    if not found or not known:
        return 0.0
    n = len(everyone)
    x, y = matrix(found, everyone), matrix(known, everyone)
    both = (x.T @ y).toarray()
    a, b = x.sum(axis=0), y.sum(axis=0)
    hx, hy = (entropy(s, n) + entropy(n - s, n) for s in (a, b))

    def given(both: np.ndarray, a: np.ndarray, b: np.ndarray, own: np.ndarray) -> float:
        h11, h10 = entropy(both, n), entropy(a[:, None] - both, n)
        h01, h00 = entropy(b[None] - both, n), entropy(n - a[:, None] - b[None] + both, n)
        joint = h11 + h10 + h01 + h00 - entropy(b, n)[None] - entropy(n - b, n)[None]
        cost = np.where(h11 + h00 >= h01 + h10, joint, np.inf).min(axis=1)
        return float(np.minimum(cost, own).sum())

    mutual = (hx.sum() - given(both, a, b, hx) + hy.sum() - given(both.T, b, a, hy)) / 2
    return float(mutual / max(hx.sum(), hy.sum()))


def f1(found: Groups, known: Groups, people: Iterable[str]) -> float:
    """The mean of each group's best F1 on the other side, both ways."""
    everyone = sorted(people)
    if not found or not known:
        return 0.0
    x, y = matrix(found, everyone), matrix(known, everyone)
    score = 2 * (x.T @ y).toarray() / (x.sum(axis=0)[:, None] + y.sum(axis=0)[None])
    return float((score.max(axis=0).mean() + score.max(axis=1).mean()) / 2)
