"""What people talk about: who is close by their words, and which words set a group apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_array

from coterie.pure.clustering.links import Graph, graph_of

USED_BY = 5
"""A word that fewer people use may be somebody's name or number: it is never shown."""
MOST_WORDS = 50_000
DIMENSIONS, NEIGHBOURS = 128, 10
PRIOR = 500.0
NAMING, SURELY = 3, 1.64
"""The first words make the name; those after it must tell more than chance would."""

ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+|@\w+", re.IGNORECASE)
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]+")


@dataclass(frozen=True)
class Talk:
    """`uses[i, w]`: how often the i-th of the people used `words[w]`."""

    words: tuple[str, ...]
    uses: Graph


def words(text: str) -> Iterator[str]:
    """The words of a text without addresses, names called and numbers; pairs of letters where
    a script has no spaces."""
    for found in WORD.finditer(ADDRESS.sub(" ", text).casefold()):
        word = found[0]
        unspaced = UNSPACED.fullmatch(word)
        if unspaced:
            yield from (word[at : at + 2] for at in range(len(word) - 1))
        elif len(word) > 2:
            yield word


def gathered(messages: Iterable[tuple[str, str]], people: Sequence[str]) -> Talk:
    """What these people said; each word is used by at least `USED_BY` of them."""
    from sklearn.feature_extraction.text import CountVectorizer

    said: dict[str, list[str]] = {person: [] for person in people}
    for person, text in messages:
        if person in said:
            said[person].append(text)
    counter = CountVectorizer(
        analyzer=lambda texts: [word for text in texts for word in words(text)],
        min_df=USED_BY,
        max_features=MOST_WORDS,
    )
    try:
        uses = counter.fit_transform([said[person] for person in people])
    except ValueError:  # nothing that enough people say
        return Talk((), csr_array((len(people), 0)))
    return Talk(tuple(counter.get_feature_names_out()), csr_array(uses))


def closeness(talk: Talk, graph: Graph, seed: int) -> Graph:
    """Who speaks most like whom: each linked with their nearest.

    Which words go together is learnt from people's own words and those of whom they talk with.
    """
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import TfidfTransformer
    from sklearn.preprocessing import normalize

    people, size = talk.uses.shape
    none = graph_of(people, np.empty(0, np.int64), np.empty(0, np.int64))
    if size <= DIMENSIONS or people <= DIMENSIONS:
        return none
    weights = TfidfTransformer(sublinear_tf=True)
    heard = weights.fit_transform(talk.uses + graph @ talk.uses)
    reduced = TruncatedSVD(DIMENSIONS, random_state=seed).fit(heard)
    speaking = np.flatnonzero(np.diff(talk.uses.indptr))
    placed = reduced.transform(weights.transform(talk.uses[speaking]))
    placed = normalize(placed - placed.mean(axis=0))
    ones, others = _nearest(placed)
    return graph_of(people, speaking[ones], speaking[others])


def _nearest(placed: Any) -> tuple[Any, Any]:
    from sklearn.neighbors import NearestNeighbors

    count = min(NEIGHBOURS + 1, len(placed))
    far, near = NearestNeighbors(n_neighbors=count, metric="cosine").fit(placed).kneighbors(placed)
    ones = np.repeat(np.arange(len(placed)), count)
    alike = far.ravel() < 1
    return ones[alike], near.ravel()[alike]


def distinct(talk: Talk, groups: Graph, most: int = 10) -> list[list[str]]:
    """For each group (people x groups) the words that set it apart, most telling first.

    Counted by the people who use them, not by uses; log-odds with an informative prior (Monroe,
    Colaresi and Quinn, 2008).
    """
    parts = (np.ones(talk.uses.nnz), talk.uses.indices, talk.uses.indptr)
    used = csr_array(parts, shape=talk.uses.shape)
    everybody = used.sum(axis=0)
    seat = csr_array(groups.astype(bool).astype(float))
    inside = csr_array(seat.T @ used)
    told = []
    for group in range(inside.shape[0]):
        row = inside[[group]]
        told.append(_telling(row.indices, row.data, everybody, talk.words, most))
    return told


def _telling(which: Any, here: Any, everybody: Any, spelled: Sequence[str], most: int) -> list[str]:
    total, inside = everybody.sum(), here.sum()
    often = here >= USED_BY
    which, here = which[often], here[often]
    there = everybody[which] - here
    prior = PRIOR * everybody[which] / total
    odds = np.log((here + prior) / (inside + PRIOR - here - prior))
    odds -= np.log((there + prior) / (total - inside + PRIOR - there - prior))
    scores = odds / np.sqrt(1 / (here + prior) + 1 / (there + prior))
    order = np.lexsort((which, -scores))
    least = [0.0] * NAMING + [SURELY] * max(0, most - NAMING)
    best = zip(order[:most], least, strict=False)
    return [spelled[which[at]] for at, above in best if scores[at] > above]
