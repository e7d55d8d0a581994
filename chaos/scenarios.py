"""What is done to a house, and how often. Each takes a stand and gives back its load, at rest."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import Awaitable, Callable
from typing import Any

from chaos.histories import Decision, Following, now
from chaos.loads import Load
from chaos.readers import since
from chaos.stands import Stand
from chaos.wire import Session, ask
from tests.house import free_port

POSTS = 20_000
"""Acknowledged on one stand in a whole run, shared out among the five scenarios that write fast."""
FAST = 5
DRAINS = 10.0
NOTICED = 45.0

type Scenario = Callable[[Stand, random.Random, int], Awaitable[Load]]


async def breath(dice: random.Random, load: Load) -> None:
    """A random while in which people live here: at most as long again as the house was away."""
    away = [fault.healed - fault.began for fault in load.histories.faults[-1:]]
    await asyncio.sleep(dice.uniform(0.3, 2.5) + dice.random() * sum(away))


async def one_killed(stand: Stand, dice: random.Random, times: int) -> Load:
    """1: kill -9 of one web process at a random moment."""
    load = Load(stand, "one", dice)
    async with load.running():
        for _ in range(times):
            await breath(dice, load)
            which = dice.randrange(stand.webs)
            fault = load.fault("kill -9 of one")
            await stand.kill(which)
            fault.kills = 1
            await asyncio.sleep(dice.random() / 2)
            await stand.begin(which)
            fault.healed = now()
    return load


async def all_killed(stand: Stand, dice: random.Random, times: int) -> Load:
    """2: kill -9 of every process of the house in the same moment, the worker too."""
    load = Load(stand, "all", dice)
    async with load.running():
        for _ in range(times):
            await breath(dice, load)
            fault = load.fault("kill -9 of all")
            await stand.kill(*range(stand.webs))
            fault.kills = 1
            await asyncio.sleep(dice.random() / 2)
            await stand.begin()
            fault.healed = now()
    return load


async def deployed(stand: Stand, dice: random.Random, times: int) -> Load:
    """3: SIGTERM during load, and a new process in its place."""
    load, drains = Load(stand, "new", dice), []
    async with load.running():
        for _ in range(times):
            await breath(dice, load)
            which = dice.randrange(stand.webs)
            fault = load.fault("SIGTERM")
            drains.append(await stand.stop(which))
            await stand.begin(which)
            fault.healed = now()
        codes = [code for reader in load.reading for code in reader.codes]
    load.histories.notes.append(
        f"drain at most {max(drains):.1f} s; {codes.count(1012)} of {len(codes)} sockets told 1012"
    )
    if max(drains) > DRAINS:
        load.histories.wrong.append(f"a drain took {max(drains):.1f} s")
    return load


async def cut(stand: Stand, dice: random.Random, times: int) -> Load:
    """7: the net is torn in the middle of a frame each few seconds, then half open for a minute."""
    load, torn = Load(stand, "cut", dice), 0
    async with load.running():
        for _ in range(times):
            fault = load.fault("torn mid-frame")
            torn += dice.choice(stand.lines).tear()
            await asyncio.sleep(5)
            fault.healed = now()
        fault, line = load.fault("half open"), dice.choice(stand.lines)
        line.delay = 0.05
        line.hold()
        held = sum(pair.is_socket for pair in line.pairs)
        await asyncio.sleep(min(60, 5 * times))
        line.release()
        line.delay, fault.healed = 0, now()
    lost = [b.lost - fault.began for b in load.histories.breaks if b.lost > fault.began]
    noticed = max(lost, default=0)
    load.histories.notes.append(
        f"{torn} sockets torn, {held} half open; noticed after {noticed:.0f} s at most"
    )
    if noticed > NOTICED:
        load.histories.wrong.append("a half-open line was noticed too late")
    return load


async def eaten(stand: Stand, dice: random.Random, times: int) -> Load:
    """8: the post is stored, and its answer never arrives."""
    load = Load(stand, "eat", dice)
    async with load.running():
        load.fault("answers eaten")
        for line in stand.lines:
            line.eaten, line.to_eat = 0, -(-times // stand.webs)
        while any(line.to_eat for line in stand.lines):
            await asyncio.sleep(0.5)
    count = sum(line.eaten for line in stand.lines)
    load.histories.notes.append(f"{count} acknowledgements eaten")
    return load


async def shut_out(stand: Stand, dice: random.Random, times: int) -> Load:
    """12: bans, leavings and blocks under load, while no bus carries a word."""
    before = stand.settings.get("COTERIE_BUS", "")
    await renewed(stand, f"redis://127.0.0.1:{free_port()}/0")
    # Twelve posts a minute are the most that the house takes from a member.
    load = Load(stand, "out", dice, each=len(stand.topics), slow=True, pace=1.2, most=False)
    async with load.running():
        load.fault("no bus")
        host, people = stand.people[0], stand.people[1:]
        for n in range(times):
            await asyncio.sleep(dice.uniform(0.5, 1.5))
            reader, kind = people[n], ("ban", "leaving", "block")[n % 3]
            other = dice.choice(load.speakers)
            path, form, by = {
                "ban": (f"members/{reader.member}/ban/", {"days": "", "sentence": "No."}, host),
                "leaving": ("leaving/", {"posts": "stay"}, reader),
                "block": (f"members/{other.member}/blocking/", {"why": "-"}, reader),
            }[kind]
            await _decide(stand, load, stand.path + path, form, by.session)
            about = other.persona if kind == "block" else ""
            if kind == "leaving":
                # There are some seconds of second thoughts; from then on it is as decided.
                port, first = stand.lines[0].port, stand.topics[0]
                while await since(port, first, (0, 0, 0), reader.session) != {}:
                    await asyncio.sleep(0.2)
            load.histories.decisions.append(Decision(kind, reader.persona, now(), about))
        await asyncio.sleep(8)
    for reader in load.reading:
        # Who is out may be told so, and is; who keeps one another apart goes on reading.
        shut = any(d.reader == reader.name and not d.about for d in load.histories.decisions)
        if shut and not all(page.off for page in reader.pages.values()):
            load.histories.wrong.append(f"{reader.name} was not told that it is over")
    await renewed(stand, before)
    return load


async def _decide(stand: Stand, load: Load, path: str, form: dict[str, str], by: Session) -> None:
    answer = await ask(stand.lines[0].port, "POST", path, by, form, patience=20)
    if answer.status != 302:
        load.histories.wrong.append(f"{path} answered {answer.status}")


async def renewed(stand: Stand, bus: str) -> None:
    """The houses run over this bus."""
    for n in range(stand.webs):
        await stand.stop(n)
    stand.settings["COTERIE_BUS"] = bus
    await stand.begin()


async def herd(stand: Stand, dice: random.Random, times: int) -> Load:
    """13: all sockets are cut in one moment and come back, again and again."""
    before = stand.memory()
    load = Load(stand, "herd", dice, readers=200, each=1, pace=5, most=False)
    async with load.running():
        full = stand.memory()
        for _ in range(times):
            fault = load.fault("all sockets cut")
            for line in stand.lines:
                line.cut()
            await asyncio.sleep(1)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(90):
                    while any(not b.caught_up for b in load.histories.breaks):
                        await asyncio.sleep(0.1)
            fault.healed = now()
    await asyncio.sleep(2)
    after = stand.memory()
    load.histories.memory = before, full, after
    load.histories.notes.append(
        f"memory {before:.0f} MB, with 200 sockets {full:.0f} MB, afterwards {after:.0f} MB"
    )
    return load


async def away(stand: Stand, dice: random.Random, times: int) -> Load:
    """14: somebody is offline while very much is said; what they catch up is all of it."""
    load = Load(stand, "away", dice, readers=4, pace=1, most=False)
    topic, person = stand.topics[0], stand.people[-1]
    async with load.running():
        load.fault("offline")
        at = await _asked(stand, topic, (0, 0, 0))
        page = Following(person.persona, topic, tuple(at["at"]))
        load.histories.following.append(page)
        await stand.inside("burst", topic, times)
        began, pages, more = now(), 0, True
        while more:
            told = await _asked(stand, topic, page.cursor)
            if told["lost"]:
                load.histories.wrong.append("a long absence was answered with a reload")
                break
            page.take(told["at"], told["posts"])
            pages, more = pages + 1, told["more"]
        took = now() - began
    load.histories.notes.append(
        f"{len(page.shown)} posts caught up in {pages} pages and {took:.1f} s"
    )
    if len(page.shown) < times:
        load.histories.wrong.append(f"{len(page.shown)} of {times} were caught up")
    return load


async def _asked(stand: Stand, topic: str, cursor: tuple[int, int, int]) -> dict[str, Any]:
    while not (told := await since(stand.lines[0].port, topic, cursor, stand.people[-1].session)):
        await asyncio.sleep(0.2)
    return told


PLAN: dict[str, tuple[Scenario, int]] = {
    "1": (one_killed, 60),
    "2": (all_killed, 40),
    "3": (deployed, 20),
    "7": (cut, 12),
    "8": (eaten, 500),
    "13": (herd, 10),
    "14": (away, 10_000),
    "12": (shut_out, 15),
}
"""Each scenario of the plan with how often; what shuts people out comes last."""
