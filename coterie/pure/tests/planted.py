"""Audiences whose groups are known, because they were planted."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

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


def chat(seed: int = 1, sittings: int = 500) -> str:
    """All of them in one WhatsApp chat: at each sitting a few of one group talk, and now and then
    somebody else puts in a word."""
    dice, planted = random.Random(seed), groups()
    everybody = sorted({person for group in planted.values() for person in group})
    at, lines = datetime(2021, 3, 1, 8), []
    for _ in range(sittings):
        at += timedelta(hours=dice.randrange(2, 60))
        name = dice.choice([*planted])
        some = dice.sample(planted[name], 5)
        for _ in range(dice.randrange(6, 16)):
            at += timedelta(seconds=dice.randrange(20, 200))
            who = dice.choice(some) if dice.random() < 0.9 else dice.choice(everybody)
            words = dice.sample(WORDS[name].split(), 2) + dice.sample(COMMON, 4)
            lines.append(f"{at:%d/%m/%Y, %H:%M} - {who}: {' '.join(words)}")
    return "\n".join(lines)
