"""What it costs that many are online: memory of an idle socket, and of a post while they listen.

    .venv/bin/python bench/online.py                       # 64 and 2,000 sockets
    .venv/bin/python bench/online.py --sockets 64 500 --posts 60

Serves a planted house on core 0 and knocks from core 1, as `live.py` does. Prints one JSON
object: kilobytes (PSS) of the server for each socket that listens and hears nothing, and the
server's processor time for one post. `pages` is what the threads needed that answer requests:
storing it. `loop` is the event loop: reading requests, and writing to all who listen, which
cannot but grow with them.
"""

import argparse
import asyncio
import base64
import json
import os
import secrets
import struct
import tempfile
import time
from pathlib import Path
from typing import Any

import httpload
from live import House

SETTLE = 3.0


def arguments() -> argparse.Namespace:
    plain = argparse.RawDescriptionHelpFormatter
    asked = argparse.ArgumentParser(prog="bench/online", description=__doc__, formatter_class=plain)
    asked.add_argument("--sockets", type=int, nargs=2, default=(64, 2_000), help="few and many")
    asked.add_argument("--posts", type=int, default=200, help="in each measurement")
    asked.add_argument("--planted", type=int, default=20_000, help="posts in the planted house")
    return asked.parse_args()


class Ear(asyncio.Protocol):
    """A socket that asks for its topics and lets everything pass by."""

    def __init__(self, head: bytes, names: list[str]) -> None:
        self.head, self.names = head, names
        self.ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.frames = 0

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        transport.write(self.head)

    def data_received(self, data: bytes) -> None:
        self.frames += 1
        if self.frames == 1:
            if not data.startswith(b"HTTP/1.1 101"):
                raise RuntimeError(f"not a socket: {data[:80]!r}")
            self.transport.write(_masked(json.dumps({"on": self.names}).encode()))
        elif not self.ready.done():
            self.ready.set_result(None)


def _masked(text: bytes) -> bytes:
    length = (
        bytes([0x80 | len(text)]) if len(text) < 126 else b"\xfe" + struct.pack(">H", len(text))
    )
    return b"\x81" + length + bytes(4) + text


class Crowd:
    """So many sockets of the signed-in people, in turn."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.ears: list[Ear] = []

    async def grow(self, count: int, names: list[str]) -> None:
        """As many as that are open, and each has been told that it listens."""
        people = self.house.told["sessions"]
        while len(self.ears) < count:
            some = range(len(self.ears), min(count, len(self.ears) + 50))
            fresh = [await self._open(people[n % len(people)], names) for n in some]
            await asyncio.gather(*(ear.ready for ear in fresh))
            self.ears += fresh

    async def _open(self, person: dict[str, str], names: list[str]) -> Ear:
        key = base64.b64encode(secrets.token_bytes(16)).decode()
        lines = [
            "GET /live HTTP/1.1", f"Host: 127.0.0.1:{self.house.port}", "Upgrade: websocket",
            "Connection: Upgrade", f"Sec-WebSocket-Key: {key}", "Sec-WebSocket-Version: 13",
            f"Origin: {self.house.url}", f"Cookie: {person['Cookie']}", "", "",
        ]  # fmt: skip
        head, loop = "\r\n".join(lines).encode(), asyncio.get_running_loop()
        _transport, ear = await loop.create_connection(
            lambda: Ear(head, names), "127.0.0.1", self.house.port
        )
        return ear

    async def go(self) -> None:
        """All are gone."""
        for ear in self.ears:
            ear.transport.abort()
        self.ears.clear()
        await asyncio.sleep(SETTLE)


async def say(house: House, path: str, posts: int) -> dict[str, float]:
    """Milliseconds of processor of one post, of the server's threads for pages and of its loop."""
    people = house.told["sessions"]
    for n in range(20):
        await _post(house, path, people[n % len(people)])
    await asyncio.sleep(1)
    before = _threads(house.process.pid)
    for n in range(posts):
        await _post(house, path, people[n % len(people)])
    await asyncio.sleep(1)
    after = _threads(house.process.pid)
    loop = after[house.process.pid] - before[house.process.pid]
    whole = sum(after.values()) - sum(before.values())
    return {name: round(spent / posts * 1000, 2) for name, spent in
            {"pages": whole - loop, "loop": loop, "whole": whole}.items()}  # fmt: skip


async def _post(house: House, path: str, person: dict[str, str]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", house.port)
    words = f"source=An+answer+{secrets.token_hex(4)}&client_key={secrets.token_hex(12)}&voice=own"
    body = f"csrfmiddlewaretoken={person['$csrf']}&{words}"
    lines = [
        f"POST {path} HTTP/1.1", f"Host: 127.0.0.1:{house.port}", f"Cookie: {person['Cookie']}",
        "Accept: application/json", "Connection: close", f"Content-Length: {len(body)}",
        "Content-Type: application/x-www-form-urlencoded", "", body,
    ]  # fmt: skip
    writer.write("\r\n".join(lines).encode())
    answer = await reader.read()
    writer.close()
    if int(answer[9:12]) not in (200, 302):
        raise RuntimeError(f"not said: {answer[:300]!r}")


def _threads(pid: int) -> dict[int, float]:
    """Seconds of processor of each thread; the first runs the event loop."""
    tick, found = os.sysconf("SC_CLK_TCK"), {}
    for task in Path(f"/proc/{pid}/task").iterdir():
        told = (task / "stat").read_text().rsplit(")", 1)[1].split()
        found[int(task.name)] = (int(told[11]) + int(told[12])) / tick
    return found


def _memory(house: House) -> int:
    """Kilobytes of the web process alone."""
    lines = Path(f"/proc/{house.process.pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


async def measure(house: House, asked: argparse.Namespace) -> dict[str, Any]:
    few, many = asked.sockets
    crowd, told = Crowd(house), {}
    topic = house.told["topics"][0]
    places = {
        "an answer in a topic, while they have the community's list open": (
            f"{topic}posts/", ["inbox", f"community/{house.community}"],
        ),
        "a post in a room, while they have that room open": (
            f"/r/{house.room}/posts/", ["inbox", f"conversation/{house.room}"],
        ),
    }  # fmt: skip
    # What starting to listen needs once is not counted.
    await crowd.grow(few, next(iter(places.values()))[1])
    await asyncio.sleep(SETTLE)
    before = _memory(house)
    await crowd.grow(many, next(iter(places.values()))[1])
    await asyncio.sleep(SETTLE)
    told["KB of an idle socket"] = round((_memory(house) - before) / (many - few), 1)
    await crowd.go()
    for what, (path, names) in places.items():
        found = {"0 sockets": await say(house, path, asked.posts)}
        for count in (few, many):
            await crowd.grow(count, names)
            found[f"{count} sockets"] = await say(house, path, asked.posts)
        await crowd.go()
        spent = [found[f"{count} sockets"] for count in (few, many)]
        ratios = {name: round(spent[1][name] / max(spent[0][name], 0.01), 2) for name in spent[0]}
        told[what] = {**found, "times": ratios}
    return told


def main() -> None:
    asked = arguments()
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    with tempfile.TemporaryDirectory() as folder:
        house = House(Path(folder), asked.planted, max(asked.sockets))
        house.begin()
        try:
            begun, machine = time.monotonic(), httpload.machine_s()
            told = asyncio.run(measure(house, asked))
            busy = httpload.machine_s()[0] - machine[0]
            told["cores busy meanwhile"] = round(busy / (time.monotonic() - begun), 2)
        finally:
            house.end()
    print(json.dumps(told, indent=1))


if __name__ == "__main__":
    main()
