"""CPU of one page, in this process: the whole middleware, no server, no other core.

    COTERIE_DATA=/tmp/large .venv/bin/python bench/pages.py --lists /tmp/large/lists
    ... --profile topic          # where the time of one kind of page goes
    ... --queries                # what each page asks of the database

Prints one JSON object. For each page the CPU milliseconds of one request: the least and
the median over batches. The pages take turns, batch by batch, so that a busy minute
slows all of them alike: compare within one run, and runs only by their least.
"""

import argparse
import cProfile
import itertools
import json
import os
import pstats
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from coterie.commands.house import open_house, settle


def arguments() -> argparse.Namespace:
    plain = argparse.RawDescriptionHelpFormatter
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=plain)
    asked.add_argument("--lists", type=Path, required=True, help="what bench/seed --lists wrote")
    asked.add_argument("--batches", type=int, default=25)
    asked.add_argument("--each", type=int, default=20, help="requests of one page in one batch")
    asked.add_argument("--only", default="", help="only this page")
    asked.add_argument("--profile", default="", help="profile this page instead")
    asked.add_argument("--queries", action="store_true", help="show the queries instead")
    return asked.parse_args()


class Site:
    """The product's WSGI application and the people who look at it."""

    def __init__(self, lists: Path) -> None:
        from coterie.config.wsgi import application

        self.application = application
        sessions = (lists / "sessions.jsonl").read_text().splitlines()
        self.people = [json.loads(line) for line in sessions]
        self.topics = (lists / "topics.txt").read_text().split()
        self.communities = (lists / "communities.txt").read_text().split()

    def get(self, path: str, cookie: str = "") -> tuple[int, bytes, dict[str, str]]:
        """One request as a browser sends it."""
        answered: dict[str, Any] = {}

        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
            answered["status"], answered["headers"] = int(status[:3]), dict(headers)

        path, _, query = path.partition("?")
        environ = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "localhost",
            "HTTP_COOKIE": cookie,
            # What was read stays unread, so that every request finds the same house.
            "HTTP_SEC_PURPOSE": "prefetch",
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(),
            "wsgi.errors": sys.stderr,
        }
        result = self.application(environ, start)
        body = b"".join(result)
        result.close()
        return answered["status"], body, answered["headers"]

    def pages(self) -> dict[str, Iterator[tuple[str, str]]]:
        """Endless requests of each kind: a path and who asks."""
        cookies = [one["Cookie"] for one in self.people]
        known = {
            "nothing": itertools.cycle([("/nothing/here/", "")]),
            "topics": _turns(self.communities, cookies),
            "topic": _turns(self.topics, cookies),
            "home": _turns(["/"], cookies),
        }
        if self.get(self.topics[0])[0] == 200:  # planted with --public
            known["list, signed out"] = _turns(self.communities, [""])
            known["topic, signed out"] = _turns(self.topics, [""])
        return known


def _turns(paths: list[str], cookies: list[str]) -> Iterator[tuple[str, str]]:
    return zip(itertools.cycle(paths), itertools.cycle([*cookies, cookies[0]]), strict=False)


def measure(site: Site, batches: int, each: int, only: str) -> dict[str, Any]:
    """CPU milliseconds of one request of each page."""
    pages = {name: turns for name, turns in site.pages().items() if only in ("", name)}
    for turns in pages.values():
        for path, cookie in itertools.islice(turns, 2 * len(site.people)):
            site.get(path, cookie)
    spent: dict[str, list[float]] = {name: [] for name in pages}
    size: dict[str, int] = {}
    for _ in range(batches):
        for name, turns in pages.items():
            begun = time.process_time()
            for path, cookie in itertools.islice(turns, each):
                status, body, _headers = site.get(path, cookie)
                assert status in (200, 404), (status, path)
            spent[name].append((time.process_time() - begun) / each * 1000)
            size[name] = len(body)
    return {
        name: {
            "least_ms": round(min(times), 2),
            "median_ms": round(statistics.median(times), 2),
            "bytes": size[name],
        }
        for name, times in spent.items()
    }


def profile(site: Site, name: str) -> None:
    """What the interpreter did, longest first."""
    turns = site.pages()[name]
    for path, cookie in itertools.islice(turns, 50):
        site.get(path, cookie)
    watch = cProfile.Profile(time.process_time)  # others may be at work
    watch.enable()
    for path, cookie in itertools.islice(turns, 100):
        site.get(path, cookie)
    watch.disable()
    stats = pstats.Stats(watch)
    print(f"{stats.total_calls / 100:.0f} calls a page")  # type: ignore[attr-defined]
    stats.sort_stats("cumulative").print_stats(70)


def queries(site: Site) -> None:
    """The queries of one page of each kind, with what they took."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for name, turns in site.pages().items():
        for path, cookie in itertools.islice(turns, 40):
            site.get(path, cookie)
        with CaptureQueriesContext(connection) as captured:
            site.get(*next(turns))
        print(f"\n== {name}: {len(captured)} queries")
        for query in captured:
            print(f"  {query['time']} s  {query['sql'][:400]}")


def main() -> None:
    asked = arguments()
    open_house()
    site = Site(asked.lists)
    settle()  # as the server does, else the collector's looks through all modules are measured
    act: Callable[[], Any] = lambda: measure(site, asked.batches, asked.each, asked.only)  # noqa: E731
    if asked.profile:
        profile(site, asked.profile)
    elif asked.queries:
        queries(site)
    else:
        print(json.dumps({"posts": os.environ.get("COTERIE_DATA"), "pages": act()}, indent=1))


if __name__ == "__main__":
    main()
