"""`make chaos`: every scenario on every stand, one line for each figure; 1 if anything is wrong.

python -m chaos --scale 0.05
python -m chaos --stand sqlite --only 1 2 8
python -m chaos --stand postgresql --json figures.json
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import random
import shutil
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
from chaos.figures import Row
from chaos.histories import Histories
from chaos.scenarios import FAST, PLAN, POSTS, Scenario, one_killed, renewed
from chaos.stands import Stand
from tests.house import ROOT, free_port

PEOPLE, TOPICS = 44, 8
type Found = list[Row]


def arguments() -> argparse.Namespace:
    plain = argparse.RawDescriptionHelpFormatter
    asked = argparse.ArgumentParser("chaos", description=__doc__, formatter_class=plain)
    asked.add_argument("--scale", type=float, default=1.0, help="how much of the plan")
    asked.add_argument("--seed", type=int, default=7)
    asked.add_argument("--stand", choices=("sqlite", "postgresql"), action="append")
    asked.add_argument("--only", nargs="+", choices=tuple(PLAN), default=tuple(PLAN))
    asked.add_argument("--json", type=Path, help="a file for the figures, beside the table")
    asked.add_argument("--keep", type=Path, help="a folder for what the houses leave behind")
    return asked.parse_args()


async def run(asked: argparse.Namespace, folder: Path) -> Found:
    """One stand after the other: faults decide here, not the processor."""
    wanted, found = asked.stand or ("sqlite", "postgresql"), []
    if "sqlite" in wanted:
        stand = Stand("sqlite", folder / "sqlite", {}, 1, random.Random(asked.seed))
        found += await whole(stand, asked)
    with contextlib.ExitStack() as left:
        if "postgresql" in wanted and (url := left.enter_context(database())):
            settings = {"COTERIE_DATABASE": url}
            stand = Stand("postgresql", folder / "pg", settings, 2, random.Random(asked.seed))
            found += await whole(stand, asked, left.enter_context(redis_server()))
    return found


async def whole(stand: Stand, asked: argparse.Namespace, bus: str | None = None) -> Found:
    """The plan on one stand, and one scenario once more over this bus."""
    found: Found = []
    stand.share = round(POSTS * asked.scale / FAST)
    try:
        await stand.open(PEOPLE, TOPICS)
        for number, (scenario, times) in PLAN.items():
            # Before those who read are shut out.
            if number == "12" and bus and "1" in asked.only:
                await renewed(stand, bus)
                found.append(await one(stand, "1, over Redis", one_killed, 20, asked))
                await renewed(stand, "")
            if number in asked.only:
                found.append(await one(stand, number, scenario, times, asked))
    finally:
        await stand.close()
    print(f"\n{figures.table(found)}")
    return found


async def one(
    stand: Stand, number: str, scenario: Scenario, times: int, asked: argparse.Namespace
) -> Row:
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
    return Row(stand.name, number, time.monotonic() - began, histories, verdicts)


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


@contextlib.contextmanager
def redis_server() -> Iterator[str | None]:
    """A bus of our own that keeps nothing, where there is a program for one."""
    program = shutil.which("valkey-server") or shutil.which("redis-server")
    if program is None:
        print("over Redis: SKIPPED, no server found")
        yield None
        return
    port = free_port()
    words = [program, "--port", f"{port}", "--bind", "127.0.0.1", "--save", "", "--dir", "/"]
    server = subprocess.Popen(words, stdout=subprocess.DEVNULL)
    url = f"redis://127.0.0.1:{port}/0"
    try:
        while not answers(url):
            time.sleep(0.1)
        yield url
    finally:
        server.terminate()
        server.wait()


def answers(url: str) -> bool:
    try:
        return bool(redis.Redis.from_url(url, socket_connect_timeout=1).ping())
    except redis.RedisError:
        return False


def main() -> int:
    asked = arguments()
    # Whoever stops it leaves no house behind.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with tempfile.TemporaryDirectory(prefix="chaos-") as own:
        found = asyncio.run(run(asked, asked.keep or Path(own)))
    print(f"\n{figures.total(found)}")
    if asked.json:
        asked.json.write_text(json.dumps([row.told for row in found], indent=1) + "\n")
    wrong = sum(len(cases) for row in found for cases in row.verdicts.violations.values())
    print("Nothing is wrong." if not wrong else f"{wrong} things are wrong.")
    return 1 if wrong or not found else 0


if __name__ == "__main__":
    sys.exit(main())
