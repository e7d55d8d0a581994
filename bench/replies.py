"""What an answer costs: the whole request, from the form to what is told after the commit.

    COTERIE_DATA=/tmp/large .venv/bin/python bench/replies.py --lists /tmp/large/lists
    ... --room                   # a post in a room, as the page's script sends it
    ... --out                    # what the worker does seven seconds after an answer
    ... --writers 20             # so many at once: rate, waiting, and who came off worst
    ... --profile                # where the time goes

It writes into the house that it measures. The limit on how many posts one person may
write in a minute is lifted in this process, and in no other.
"""

import argparse
import cProfile
import itertools
import json
import pstats
import secrets
import statistics
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).parents[1]))

from coterie.commands.house import open_house, settle


def arguments() -> argparse.Namespace:
    plain = argparse.RawDescriptionHelpFormatter
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=plain)
    asked.add_argument("--lists", type=Path, required=True, help="what bench/seed --lists wrote")
    asked.add_argument("--batches", type=int, default=20)
    asked.add_argument("--each", type=int, default=25, help="answers in one batch")
    asked.add_argument("--writers", type=int, default=0, help="measure so many at once instead")
    asked.add_argument("--rate", type=float, default=0, help="answers a second; 0 is all that goes")
    asked.add_argument("--secs", type=float, default=8)
    asked.add_argument("--room", action="store_true", help="in a room, as a script sends it")
    asked.add_argument("--out", action="store_true", help="what goes out seven seconds later")
    asked.add_argument("--profile", action="store_true")
    asked.add_argument("--queries", action="store_true")
    return asked.parse_args()


class Talk:
    """Readers who answer in topics that all of them read."""

    def __init__(self, lists: Path) -> None:
        from coterie.config.wsgi import application
        from coterie.safety import gates

        # As long as nobody writes more than a person can, the limit counts a handful of rows.
        gates.WINDOW = timedelta(milliseconds=100)
        self.application = application
        self.rooms: list[str] = []
        sessions = (lists / "sessions.jsonl").read_text().splitlines()
        self.people = [json.loads(line) for line in sessions]
        topics = (lists / "topics.txt").read_text().split()
        # Whoever answers first in a topic where somebody else answers next: all meet all.
        self.turns = zip(itertools.cycle(topics[:97]), itertools.cycle(self.people), strict=False)
        self.lock = threading.Lock()

    def move_into_rooms(self) -> None:
        """From now on all is said in a room of each community, where it is out at once."""
        from coterie.chat.actions import opening
        from coterie.communities.models import Community
        from coterie.talk.models import Conversation, Kind

        for topic in {next(self.turns)[0] for _turn in range(97)}:
            Community.objects.filter(conversations__public_id=topic[3:-1]).update(chat=True)
        for community in Community.objects.filter(chat=True):
            opening.open_first(community.pk)
        found = Conversation.objects.filter(kind=Kind.ROOM, community__chat=True)
        self.rooms = [room.path for room in found.order_by("pk")[:10]]
        self.turns = zip(itertools.cycle(self.rooms), itertools.cycle(self.people), strict=False)

    def say(self, who: int | None = None) -> None:
        """One answer, sent as a form."""
        with self.lock:
            topic, person = next(self.turns)
        if who is not None:
            person = self.people[who % len(self.people)]
        words = {
            "csrfmiddlewaretoken": person["$csrf"],
            "source": f"An answer with **some** words, {secrets.token_hex(4)}.",
            "client_key": secrets.token_urlsafe(16),
            "voice": "own",
        }
        body = urlencode(words).encode()
        answered: dict[str, Any] = {}

        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
            answered["status"] = int(status[:3])

        environ = {
            "REQUEST_METHOD": "POST",
            "PATH_INFO": f"{topic}posts/",
            "QUERY_STRING": "",
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "localhost",
            "HTTP_COOKIE": person["Cookie"],
            "HTTP_ACCEPT": "application/json" if self.rooms else "text/html",
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(body),
            "wsgi.errors": sys.stderr,
        }
        result = self.application(environ, start)
        page = b"".join(result)
        result.close()
        if answered["status"] != (200 if self.rooms else 302):
            raise RuntimeError(f"not said: {answered['status']} {page[:300]!r}")


class Worker:
    """What was said goes out, as the worker does it."""

    def __init__(self, talk: Talk) -> None:
        self.talk = talk

    def lay_out(self, posts: int) -> None:
        """So many wait, and are due, and nothing else."""
        from coterie.personas.models import Intention

        Intention.objects.all().delete()
        for _ in range(posts):
            self.talk.say()
        Intention.objects.update(due_at=datetime.now(UTC))

    def carry_out(self, posts: int) -> None:
        """They are out."""
        from coterie.config import wiring
        from coterie.personas.actions import intending

        done = 0
        while round_ := intending.carry_out_due(wiring.INTENTIONS):
            done += round_
        if done != posts:
            raise RuntimeError(f"{done} of {posts} went out")


def cost(talk: Talk, batches: int, each: int, *, out: bool) -> dict[str, Any]:
    """CPU and time of one answer, one after the other."""
    spent, took = [], []
    worker = Worker(talk)
    for _ in range(batches):
        if out:
            worker.lay_out(each)
        begun, clock = time.process_time(), time.perf_counter()
        if out:
            worker.carry_out(each)
        else:
            for _ in range(each):
                talk.say()
        spent.append((time.process_time() - begun) / each * 1000)
        took.append((time.perf_counter() - clock) / each * 1000)
    return {
        "cpu_ms_least": round(min(spent), 2),
        "cpu_ms_median": round(statistics.median(spent), 2),
        "took_ms_least": round(min(took), 2),
        "a_second_at_best": round(1000 / min(took)),
    }


def crowd(talk: Talk, writers: int, rate: float, secs: float) -> dict[str, Any]:
    """Many at once: how long each waited, and how many answers the least lucky got in."""
    waits: list[list[float]] = [[] for _ in range(writers)]
    together, end = threading.Barrier(writers + 1), [0.0]

    def write(who: int) -> None:
        together.wait()
        due = time.perf_counter() + who / rate if rate else 0.0
        while time.perf_counter() < end[0]:
            if rate:
                time.sleep(max(0.0, due - time.perf_counter()))
            begun = due or time.perf_counter()
            talk.say(who)
            waits[who].append(time.perf_counter() - begun)
            due += writers / rate if rate else 0.0

    threads = [threading.Thread(target=write, args=(who,)) for who in range(writers)]
    for thread in threads:
        thread.start()
    end[0] = time.perf_counter() + secs
    begun = time.process_time()
    together.wait()
    for thread in threads:
        thread.join()
    every = sorted(itertools.chain.from_iterable(waits))
    return {
        "writers": writers,
        "a_second": round(len(every) / secs),
        "cpu_ms": round((time.process_time() - begun) / len(every) * 1000, 2),
        "p50_ms": round(every[len(every) // 2] * 1000, 1),
        "p99_ms": round(every[int(len(every) * 0.99)] * 1000, 1),
        "longest_ms": round(every[-1] * 1000, 1),
        "least_lucky": min(map(len, waits)),
        "luckiest": max(map(len, waits)),
    }


def main() -> None:
    asked = arguments()
    open_house()
    talk = Talk(asked.lists)
    if asked.room:
        talk.move_into_rooms()
    for _ in range(60):
        talk.say()
    settle()  # as the server does, else one look of the collector through all modules is measured
    worker = Worker(talk)
    if asked.profile:
        watch = cProfile.Profile()
        if asked.out:
            worker.lay_out(100)
        watch.enable()
        if asked.out:
            worker.carry_out(100)
        else:
            for _ in range(100):
                talk.say()
        watch.disable()
        pstats.Stats(watch).sort_stats("cumulative").print_stats(80)
    elif asked.queries:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        if asked.out:
            worker.lay_out(1)
        with CaptureQueriesContext(connection) as captured:
            if asked.out:
                worker.carry_out(1)
            else:
                talk.say()
        print(f"{len(captured)} queries")
        for query in captured:
            print(f"  {query['sql'][:400]}")
    elif asked.writers:
        print(json.dumps(crowd(talk, asked.writers, asked.rate, asked.secs), indent=1))
    else:
        print(json.dumps(cost(talk, asked.batches, asked.each, out=asked.out), indent=1))


if __name__ == "__main__":
    main()
