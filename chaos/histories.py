"""What clients did and saw, in the order in which they did; no opinion about it."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

now = time.monotonic


@dataclass(slots=True)
class Attempt:
    """One sending: `ok`, `refused`, or `unknown` when no answer came."""

    began: float
    ended: float = 0.0
    outcome: str = "unknown"


@dataclass(slots=True)
class Said:
    """Something that a writer wanted to say once."""

    words: str
    """Unlike all other words."""
    topic: str
    persona: str
    attempts: list[Attempt] = field(default_factory=list)
    id: str = ""
    """The public id in the acknowledgement."""
    acked: float = 0.0


@dataclass
class Following:
    """One reader at one topic: the same decisions as conversation.js, with what it showed."""

    reader: str
    topic: str
    cursor: tuple[int, int, int]
    start: int = 0
    """The reader knows what comes after this seq."""
    shown: dict[str, int] = field(default_factory=dict)
    """Public ids and the seq that came with them."""
    when: dict[str, float] = field(default_factory=dict)
    backwards: list[str] = field(default_factory=list)
    """Places where a cursor fell, or one post came under two numbers."""
    reloads: int = 0
    off: bool = False

    def __post_init__(self) -> None:
        self.start = self.start or self.cursor[1]

    def is_behind(self, at: list[int]) -> bool:
        epoch, seq, rev = self.cursor
        return at[0] != epoch or at[1] > seq or at[2] > rev

    def hear(self, message: dict[str, Any], fetching: bool) -> bool:
        """Take a frame in; whether the rest has to be fetched."""
        if message["k"] == "off":
            self.off = True
            return False
        self.off = False
        if message["k"] == "on" or not self.is_behind(message["at"]):
            return self.is_behind(message["at"])
        (epoch, seq, rev), (e, s, r) = self.cursor, message["since"]
        whole = e == epoch == message["at"][0] and s <= seq and r <= rev
        posts = message.get("posts", [])
        if fetching or not whole or message.get("changed") or any("fetch" in p for p in posts):
            return True
        self.take(message["at"], posts)
        return False

    def take(self, at: list[int], posts: list[dict[str, Any]]) -> None:
        """The page shows these, and knows everything up to here."""
        if at[0] == self.cursor[0] and at[1] < self.cursor[1]:
            self.backwards.append(f"{self.reader}: {self.cursor} then {at}")
        self.cursor = (at[0], at[1], at[2])
        for post in posts:
            if post["seq"] is None:
                continue
            if self.shown.setdefault(post["id"], post["seq"]) != post["seq"]:
                self.backwards.append(f"{self.reader}: {post['id']} came twice, under two numbers")
            self.when.setdefault(post["id"], now())

    def reload(self, at: list[int]) -> None:
        """The page is made anew."""
        self.reloads += 1
        self.cursor, self.start = (at[0], at[1], at[2]), at[1]
        self.shown.clear()


@dataclass(slots=True)
class Break:
    """A line that was lost: when it was noticed, stood again, and all was there again."""

    lost: float
    opened: float = 0.0
    caught_up: float = 0.0


@dataclass(slots=True)
class Fault:
    """What was done to the house; `healed` when the house answered again."""

    name: str
    began: float
    healed: float = 0.0
    kills: int = 0


@dataclass(slots=True)
class Decision:
    """From here on a reader must not hear somebody (or, of "", anybody)."""

    kind: str
    reader: str
    decided: float
    about: str = ""


@dataclass
class Histories:
    """Of one scenario."""

    said: list[Said] = field(default_factory=list)
    following: list[Following] = field(default_factory=list)
    breaks: list[Break] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    apart: list[str] = field(default_factory=list)
    """Readers who did not get as far as the database, after everything was well again."""
    memory: tuple[float, ...] = ()
    """Megabytes before, during and after very many sockets."""
    notes: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    """What a scenario itself found broken."""

    def unmet(self, reader: str) -> set[str]:
        """Whom this reader keeps away."""
        return {each.about for each in self.decisions if each.reader == reader and each.about}
