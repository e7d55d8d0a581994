"""How long a search takes: the whole request in this process, as somebody types it.

    COTERIE_DATA=/tmp/large .venv/bin/python -m coterie reindex
    COTERIE_DATA=/tmp/large .venv/bin/python bench/search.py --lists /tmp/large/lists

Prints one JSON object: for each kind of query the milliseconds of processor and of clock that
half, and nineteen of twenty, stay under. Goal: p95 under 150 ms at 200,000 posts, on one core.
"""

import argparse
import itertools
import json
import statistics
import sys
import time
from pathlib import Path
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).parents[1]))

from coterie.commands.house import open_house

GOAL = 150
QUERIES = {
    "two letters": ["sa", "st", "wa", "la", "ga", "pa", "th", "ne"],
    "as it is typed": ["wal", "waln", "lant", "lad", "gard", "need"],
    "a common word": ["salt", "walnut", "garden", "window"],
    "several words": ["walnut ladder salt", "garden kettle", "thread oven winter sto"],
    "a phrase": ['"salt ladder"', '"garden window"'],
    "nothing": ["zyzzyva", "qqq"],
    "without a word": ["salt -walnut", "garden -salt -ladder"],
    "of somebody": ["from:a", "from:a salt", "from:m garden"],
    "of a time": ["salt before:2026-03", "garden after:2026-03 before:2026-04"],
}


def arguments() -> argparse.Namespace:
    plain = argparse.RawDescriptionHelpFormatter
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=plain)
    asked.add_argument("--lists", type=Path, required=True, help="what bench/seed --lists wrote")
    asked.add_argument("--times", type=int, default=5, help="each query by so many people")
    return asked.parse_args()


def main() -> int:
    asked = arguments()
    open_house()
    from pages import Site

    from coterie.talk.models import Post

    site = Site(asked.lists)
    people = itertools.cycle(person["Cookie"] for person in site.people)
    told = {"posts": Post.objects.count(), "goal_ms": GOAL}
    everything = []
    for kind, queries in QUERIES.items():
        taken = [once(site, query, next(people)) for query in queries for _ in range(asked.times)]
        everything += taken
        told[kind] = summary(taken)
    told["all"] = summary(everything)
    print(json.dumps(told, indent=1))
    return 0


def once(site, query: str, cookie: str) -> tuple[float, float]:
    """Milliseconds of processor and of clock; the answer is read and must be one."""
    cpu, clock = time.thread_time(), time.perf_counter()
    status, body, _headers = site.get(f"/search/?q={quote(query)}", cookie)
    taken = (time.thread_time() - cpu) * 1000, (time.perf_counter() - clock) * 1000
    if status != 200 or b'id="found"' not in body:
        raise SystemExit(f"{query} was answered with {status}")
    return taken


def summary(taken: list[tuple[float, float]]) -> dict[str, float]:
    cpu, clock = zip(*taken, strict=True)
    return {
        "cpu_p50": round(statistics.median(cpu), 1),
        "cpu_p95": round(statistics.quantiles(cpu, n=20)[-1], 1),
        "clock_p95": round(statistics.quantiles(clock, n=20)[-1], 1),
    }


if __name__ == "__main__":
    raise SystemExit(main())
