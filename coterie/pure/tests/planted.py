"""Audiences whose groups are known, because they were planted."""

from __future__ import annotations

import random
from collections.abc import Iterator

WORDS = {
    "ferns": "monstera cutting repot fungus gnats humidity",
    "mending": "sashiko darning elbow boro patch thread",
    "dyeing": "indigo madder mordant vat walnut hulls",
    "radio": "antenna ham frequency solder kettle morse",
}
COMMON = ["the", "and", "today", "what", "some", "good", "time", "look", "know", "think"]
SIZE = 30


def groups(overlap: int = 4) -> dict[str, list[str]]:
    """Four groups; the last people of each are in the next one too."""
    names = list(WORDS)
    own = {name: [f"{name}-{n}" for n in range(SIZE)] for name in names}
    after = zip(names, names[1:] + names[:1], strict=True)
    return {name: own[name] + own[next_][:overlap] for name, next_ in after}


def pairs(seed: int = 1, inside: int = 6, across: int = 90) -> Iterator[tuple[str, str]]:
    """Each member answers some of their own group, and chance adds others."""
    dice, planted = random.Random(seed), groups()
    everybody = sorted({person for group in planted.values() for person in group})
    for group in planted.values():
        for person in group:
            yield from ((person, other) for other in dice.sample(group, inside))
    yield from (tuple(dice.sample(everybody, 2)) for _ in range(across))


def said(seed: int = 1) -> Iterator[tuple[str, str]]:
    """Three messages of each, with two words of the group among common ones."""
    dice = random.Random(seed)
    for name, group in groups().items():
        for person in group:
            for _ in range(3):
                spoken = dice.sample(WORDS[name].split(), 2) + dice.sample(COMMON, 4)
                yield person, " ".join(spoken) + f" https://x.example/{person}"
