"""`make chaos`: every scenario on every stand, one line for each figure; 1 if anything is wrong.

python -m chaos --scale 0.05
python -m chaos --stand sqlite --only 1 2 8
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from pathlib import Path

import psycopg
import redis

from chaos import figures
from chaos.checking import Verdicts
from chaos.histories import Histories
from chaos.scenarios import PLAN, Scenario, one_killed, renewed
from chaos.stands import Stand
from tests.house import ROOT

PEOPLE, TOPICS = 44, 8
REDIS = "redis://127.0.0.1:6379/0"
type Found = list[tuple[Histories, Verdicts]]


def arguments() -> argparse.Namespace:
    plain = argparse.RawDescriptionHelpFormatter
    asked = argparse.ArgumentParser("chaos", description=__doc__, formatter_class=plain)
    asked.add_argument("--scale", type=float, default=1.0, help="how much of the plan")
    asked.add_argument("--seed", type=int, default=7)
    asked.add_argument("--stand", choices=("sqlite", "postgresql"), action="append")
    asked.add_argument("--only", nargs="+", choices=tuple(PLAN), default=tuple(PLAN))
    asked.add_argument("--keep", type=Path, help="a folder for what the houses leave behind")
    return asked.parse_args()


async def run(asked: argparse.Namespace, folder: Path) -> Found:
    """Both stands beside one another: faults decide here, not the processor."""
    wanted, stands = asked.stand or ("sqlite", "postgresql"), []
    if "sqlite" in wanted:
        stands.append(Stand("sqlite", folder / "sqlite", {}, 1, random.Random(asked.seed)))
    with contextlib.ExitStack() as left:
        if "postgresql" in wanted and (url := left.enter_context(database())):
            settings = {"COTERIE_DATABASE": url}
            two = Stand("postgresql", folder / "pg", settings, 2, random.Random(asked.seed))
            stands.append(two)
        found = await asyncio.gather(*(whole(stand, asked) for stand in stands))
    return [each for part in found for each in part]


async def whole(stand: Stand, asked: argparse.Namespace) -> Found:
    """The plan on one stand."""
    found: Found = []
    try:
        await stand.open(PEOPLE, TOPICS)
        for number, (scenario, times) in PLAN.items():
            if number in asked.only:
                found.append(await one(stand, number, scenario, times, asked))
        if stand.webs > 1 and "1" in asked.only and redis_answers():
            await renewed(stand, REDIS)
            found.append(await one(stand, "1, over Redis", one_killed, 10, asked))
    finally:
        await stand.close()
    return found


async def one(
    stand: Stand, number: str, scenario: Scenario, times: int, asked: argparse.Namespace
) -> tuple[Histories, Verdicts]:
    """One scenario, told as soon as it is over."""
    dice = random.Random(f"{asked.seed} {stand.name} {number}")
    began = time.monotonic()
    try:
        load = await scenario(stand, dice, max(1, round(times * asked.scale)))
        histories, verdicts = load.histories, load.verdicts()
    except Exception as failed:
        traceback.print_exc()
        broken = f"scenario {number} on {stand.name} did not come to its end: {failed!r}"
        histories, verdicts = Histories(), Verdicts(broken=[broken[:300]])
    says = (scenario.__doc__ or "").partition(": ")[2]
    print(f"\n{stand.name}, scenario {number}: {says} ({time.monotonic() - began:.0f} s)")
    for line in figures.lines(histories, verdicts):
        print(f"  {line}")
    for kind, cases in verdicts.violations.items():
        for case in cases[:5]:
            print(f"  WRONG ({kind}): {case}")
    sys.stdout.flush()
    return histories, verdicts


@contextlib.contextmanager
def database() -> Iterator[str | None]:
    """An empty PostgreSQL database of our own, where there is a server; gone afterwards."""
    looked = subprocess.run(
        [sys.executable, "bin/find_postgres.py"], cwd=ROOT, capture_output=True, text=True
    )
    if looked.returncode:
        print("postgresql: SKIPPED, no server found")
        yield None
        return
    server, name = looked.stdout.strip().rpartition("/")[0], f"coterie_chaos_{os.getpid()}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as line:
        line.execute(f"CREATE DATABASE {name}")
    try:
        yield f"{server}/{name}"
    finally:
        with psycopg.connect(f"{server}/postgres", autocommit=True) as line:
            line.execute(f"DROP DATABASE {name} WITH (FORCE)")


def redis_answers() -> bool:
    try:
        return bool(redis.Redis.from_url(REDIS, socket_connect_timeout=1).ping())
    except redis.RedisError:
        return False


def main() -> int:
    asked = arguments()
    # Whoever stops it leaves no house behind.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with tempfile.TemporaryDirectory(prefix="chaos-") as own:
        found = asyncio.run(run(asked, asked.keep or Path(own)))
    print(f"\n{figures.total(found)}")
    wrong = sum(len(cases) for _histories, each in found for cases in each.violations.values())
    print("Nothing is wrong." if not wrong else f"{wrong} things are wrong.")
    return 1 if wrong or not found else 0


if __name__ == "__main__":
    sys.exit(main())
