"""The hub alone, with a house that answers when it is told to."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

from coterie.live import hub as hubs
from coterie.live.hub import Hub
from coterie.live.shapes import Grant, News


class House:
    """Lets whoever is signed in listen; thinks until `go` is set."""

    def __init__(self):
        self.go, self.asked = threading.Event(), []

    def grants(self, visitor, names):
        self.asked.append(visitor)
        self.go.wait(5)
        return {name: Grant() for name in names} if visitor else {}

    def news(self, name, since):
        return News(since, 0, changed=True) if name.startswith("community") else None

    def present(self, visitors):
        return set()


class Ear:
    visitor = "juno"

    def __init__(self):
        self.heard = b""

    def write(self, frame):
        self.heard += frame

    def part(self, code):
        raise AssertionError


def test_who_is_signed_out_while_the_house_thinks_is_not_let_in_by_the_old_answer():
    async def story():
        house, ear = House(), Ear()
        hub = Hub(house, ThreadPoolExecutor(2))
        hub.join(ear)
        hub.subscribe(ear, ["conversation/a"])
        while not house.asked:
            await asyncio.sleep(0.01)
        await hub._call_the_roll()
        house.go.set()
        while hub._tasks:
            await asyncio.sleep(0.01)
        assert house.asked == ["juno", ""]
        assert b'"k":"off"' in ear.heard
        assert b'"k":"on"' not in ear.heard

    asyncio.run(story())


def test_that_something_is_different_is_said_at_once_and_then_not_more_than_once_in_a_while(
    monkeypatch,
):
    monkeypatch.setattr(hubs, "CALM", 0.3)

    async def story():
        house, ear = House(), Ear()
        house.go.set()
        hub = Hub(house, ThreadPoolExecutor(2))
        hub.join(ear)
        hub.subscribe(ear, ["community/a"])
        while b'"k":"on"' not in ear.heard:
            await asyncio.sleep(0.01)
        for _ in range(20):
            hub.poke("community/a")
            await asyncio.sleep(0.005)
        assert ear.heard.count(b'"k":"news"') == 1
        while hub._tasks:
            await asyncio.sleep(0.01)
        assert ear.heard.count(b'"k":"news"') == 2, "the last word is not lost"

    asyncio.run(story())
