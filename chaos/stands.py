"""A stand: one database, its houses, and a line to each."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import random
import signal
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from chaos.checking import Stored
from chaos.histories import now
from chaos.lines import Line
from chaos.wire import Session
from tests.house import ROOT, House, environment, free_port


@dataclass
class Person:
    """Somebody with a seat, signed in."""

    persona: str
    member: str
    session: Session


@dataclass
class Stand:
    """Houses on one data folder; the first is `coterie serve`, the others `coterie web`."""

    name: str
    folder: Path
    settings: dict[str, str]
    webs: int
    dice: random.Random
    houses: list[House] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    path: str = ""
    loads: int = 0
    """How many loads it has had."""
    share: int = 0
    """So many posts are acknowledged in each scenario in which people write fast."""

    async def open(self, people: int, topics: int) -> None:
        """Planted, served, and to be reached over its lines."""
        self.folder.mkdir(parents=True, exist_ok=True)
        told = await self.inside("plant", people, topics)
        self.path, self.topics = told["path"], told["topics"]
        self.people = [
            Person(one["persona"], one["member"], Session(one["cookie"], one["csrf"]))
            for one in told["people"]
        ]
        for n in range(self.webs):
            log = self.folder / f"console{n}.log"
            command = "web" if n else "serve"
            house = House(self.folder / "data", free_port(), command, self.settings, log)
            self.houses.append(house)
            line = Line(house.port, self.dice)
            await line.open()
            self.lines.append(line)
        await self.begin()

    async def close(self) -> None:
        """Everything that was started has ended."""
        for line in self.lines:
            await line.close()
        await asyncio.gather(*(asyncio.to_thread(house.stop) for house in self.houses))

    async def begin(self, *which: int) -> float:
        """These houses answer; the seconds that took."""
        began = now()
        houses = [self.houses[n] for n in which or range(self.webs)]
        await asyncio.gather(*(asyncio.to_thread(house.begin) for house in houses))
        return now() - began

    async def kill(self, *which: int) -> int:
        """They are gone without a word, and the first one's worker with it if all go."""
        pids = [self.houses[n].process.pid for n in which]
        if len(which) == self.webs:
            pids += children(self.houses[0].process.pid)
        for pid in pids:
            sign(pid)
        for n in which:
            await asyncio.to_thread(self.houses[n].process.wait)
        return len(pids)

    async def stop(self, which: int) -> float:
        """The house was asked to go and went; the seconds that took."""
        began = now()
        await asyncio.to_thread(self.houses[which].stop)
        return now() - began

    async def inside(self, verb: str, *words: object) -> Any:
        """What `chaos.inside` says."""
        done = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "chaos.inside", verb, *map(str, words),
            cwd=ROOT,
            env=environment(self.folder / "data", **self.settings),
            stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        out, _nothing = await done.communicate()
        assert done.returncode == 0, f"{self.name}: chaos.inside {verb} failed"
        return json.loads(out)

    async def stored(self) -> Stored:
        """What the database holds now."""
        return Stored(**await self.inside("rows"))

    def memory(self) -> float:
        """Megabytes that the houses' web processes hold."""
        return sum(resident(house.process.pid) for house in self.houses)


def sign(pid: int) -> None:
    """SIGKILL, if it is still there."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def children(pid: int) -> list[int]:
    """The processes that this one has started."""
    found: list[int] = []
    for tasks in Path(f"/proc/{pid}/task").glob("*/children"):
        found += [int(each) for each in tasks.read_text().split()]
    return found


def resident(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS:"))
