"""Live: how soon the last of N open browsers has what one of them says in a room.

    .venv/bin/python bench/live.py                      # 1,000 sockets, in a house of its own
    .venv/bin/python bench/live.py --sockets 200 --paced 20

Serves a planted house on core 0, listens and posts from core 1 (`fanout.py`), and prints
one JSON object: paced posts on a quiet server, the same while it answers 50 pages a
second, a burst, and memory. Latency counts from sending the post to the last receiver,
so it holds the request, the commit and the fan-out together.
"""

import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parent
OF_ONE = 10
PREPARE = """
import json, os, sys
from coterie.commands.house import open_house
open_house()
from coterie.chat.actions import opening
from coterie.communities.models import Membership
from coterie.config.live import viewer_with, visitor_of
from coterie.talk.models import Conversation
told = json.load(open(sys.argv[1]))
viewers = [viewer_with(visitor_of(one["Cookie"])) for one in told["sessions"]]
people = [persona for viewer in viewers for persona in viewer.ids]
topic = Conversation.objects.get(public_id=told["topics"][0].split("/")[2])
here = Membership.objects.living().filter(community=topic.community_id)
# Hosts, because nobody slows hosts down.
here.filter(persona__in=people).update(role="host")
host = here.filter(persona__in=viewers[0].ids).get().persona
topic.community.__class__.objects.filter(pk=topic.community_id).update(chat=True)
topic.community.refresh_from_db()
room = opening.open_room(topic.community, by=host, name="Bench")
print(json.dumps({"room": room.public_id, "community": topic.community.public_id}))
"""


def arguments() -> argparse.Namespace:
    plain = argparse.RawDescriptionHelpFormatter
    asked = argparse.ArgumentParser(prog="bench/live", description=__doc__, formatter_class=plain)
    asked.add_argument("--sockets", type=int, default=1_000)
    asked.add_argument("--paced", type=int, default=60, help="posts, five a second")
    asked.add_argument("--burst", type=int, default=100, help="posts sent back to back")
    asked.add_argument("--pages", type=int, default=50, help="pages a second, in the second run")
    asked.add_argument("--posts", type=int, default=20_000, help="posts in the planted house")
    return asked.parse_args()


class House:
    """A planted house, served on one core."""

    def __init__(self, folder: Path, posts: int, sockets: int) -> None:
        self.folder = folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "COTERIE_DATA": str(folder / "data"),
            "PORT": str(self.port),
        }
        # The house takes so many sockets of one visitor and no more.
        people = max(20, -(-sockets // OF_ONE))
        told = self.run(HERE / "seed.py", "--posts", str(posts), "--signed-in", str(people))
        (folder / "told.json").write_text(told)
        self.told = json.loads(told)
        (folder / "prepare.py").write_text(PREPARE)
        found = json.loads(self.run(folder / "prepare.py", folder / "told.json"))
        self.room, self.community = found["room"], found["community"]
        lines = [
            {"headers": {"Cookie": one["Cookie"], "Origin": self.url}, "vars": {}}
            for one in self.told["sessions"]
        ]
        (folder / "clients").write_text("".join(json.dumps(line) + "\n" for line in lines))
        sessions = "".join(json.dumps(one) + "\n" for one in self.told["sessions"])
        (folder / "sessions").write_text(sessions)
        (folder / "topics").write_text("".join(f"{path[1:]}\n" for path in self.told["topics"]))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def run(self, *words: Any) -> str:
        command = [sys.executable, *map(str, words)]
        return subprocess.run(
            command, check=True, env=self.environment, stdout=subprocess.PIPE, text=True
        ).stdout

    def begin(self) -> None:
        command = ["taskset", "-c", "0", sys.executable, "-m", "coterie", "serve"]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=self.environment, stdout=subprocess.DEVNULL
        )
        for _try in range(300):
            try:
                urllib.request.urlopen(f"{self.url}/sign-in/", timeout=2)
                return
            except OSError:
                time.sleep(0.2)
        raise SystemExit("the house did not answer")

    def end(self) -> None:
        self.process.terminate()
        self.process.wait()

    def fanout(self, asked: argparse.Namespace, *, paced: int, burst: int) -> dict[str, Any]:
        sender = self.told["sessions"][0]
        hello = json.dumps({"on": [f"conversation/{self.room}"]})
        words = [
            *("--n", asked.sockets, "--url", f"ws://127.0.0.1:{self.port}/live"),
            *("--clients", self.folder / "clients", "--hello", hello),
            *("--send-url", f"{self.url}/r/{self.room}/posts/"),
            *("--send-header", f"Cookie: {sender['Cookie']}"),
            *("--send-header", f"X-CSRFToken: {sender['$csrf']}"),
            *("--send-header", "Accept: application/json"),
            *("--send-header", "Content-Type: application/x-www-form-urlencoded"),
            *("--send-body", "source={token}&client_key={token}&voice=own"),
            *("--msgs", paced, "--gap", "0.2", "--burst", burst, "--settle", "5"),
            *("--pids", self.process.pid),
        ]
        told = self.pinned(HERE / "fanout.py", *words)
        return dict(json.loads(told.splitlines()[-1]))

    def pinned(self, *words: Any) -> str:
        command = ["taskset", "-c", "1", sys.executable, *map(str, words)]
        return subprocess.run(
            command, check=True, env=self.environment, stdout=subprocess.PIPE, text=True
        ).stdout

    def pages(self, rate: int, seconds: float) -> subprocess.Popen[str]:
        words = [
            *("--url", f"{self.url}/{{t}}", "--list", f"t={self.folder / 'topics'}"),
            *("--session", self.folder / "sessions", "--rate", rate, "--secs", seconds),
        ]
        command = ["taskset", "-c", "1", sys.executable, HERE / "httpload.py", *words]
        return subprocess.Popen([str(word) for word in command], stdout=subprocess.PIPE, text=True)


def main() -> None:
    asked = arguments()
    with tempfile.TemporaryDirectory() as folder:
        house = House(Path(folder), asked.posts, asked.sockets)
        house.begin()
        try:
            quiet = house.fanout(asked, paced=asked.paced, burst=0)
            load = house.pages(asked.pages, asked.paced * 0.2 + 15)
            busy = house.fanout(asked, paced=asked.paced, burst=0)
            pages = json.loads(load.communicate()[0].splitlines()[-1])
            burst = house.fanout(asked, paced=1, burst=asked.burst)
        finally:
            house.end()
    told = {"sockets": asked.sockets, "quiet": quiet, "busy": busy, "pages": pages, "burst": burst}
    print(json.dumps(told, indent=1))


if __name__ == "__main__":
    main()
