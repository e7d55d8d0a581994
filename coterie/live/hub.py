"""The hub: who listens to what, and the one way in which news reaches them.

Everything here runs on the event loop; what the house is asked runs in the page pool.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable
from concurrent.futures import Executor
from datetime import datetime
from typing import Any, Protocol

from coterie.live.shapes import Cursor, Grant, House
from coterie.live.wire import Batch, granted, refused

log = logging.getLogger(__name__)

MOST_TOPICS = 60
"""As many as one browser may listen to."""
MOST_HELD = 50
"""Batches that wait for a visitor who is being asked again; one with more starts anew."""
LOOK = 1.0
"""Seconds between two looks at the database, for what the bus did not tell."""
CALM = 1.0
"""Seconds between two words that something is different, where these words are all that is told:
all who are online hear them, however fast somebody writes."""
ROLL_CALL = 5
"""After so many looks the visitors' sign-ins are looked at too."""


class Listener(Protocol):
    """A socket, as the hub sees it."""

    visitor: str

    def write(self, frame: bytes) -> None: ...
    def part(self, code: int) -> None: ...


class Subscription:
    """One listener at one topic. While `held` is a list, the listener is being asked."""

    __slots__ = ("away", "held", "keys", "listener", "name", "owed", "since", "told", "version")

    def __init__(self, listener: Listener, name: str) -> None:
        self.listener = listener
        self.name = name
        """What the listener calls the topic."""
        self.keys: tuple[str, ...] = ()
        self.version = 0
        self.away: frozenset[str] = frozenset()
        self.since: datetime | None = None
        self.told: Cursor | None = None
        """How far, while that is less than the others were told: there was somebody unmet in it."""
        self.held: list[Batch] | None = []
        self.owed = True
        """Whether the listener is told that they listen: they asked, or news had to be left out."""


class Topic:
    """Something that is listened to, and how far the hub has read in it."""

    __slots__ = ("cursor", "name", "reading", "restless", "subscriptions")

    def __init__(self, name: str) -> None:
        self.name = name
        self.cursor: Cursor | None = None
        self.subscriptions: dict[Listener, Subscription] = {}
        self.restless = False
        self.reading = False


class Hub:
    """Delivers news to those who may see it, and to nobody who no longer may."""

    def __init__(self, house: House, pool: Executor) -> None:
        self.house = house
        self.pool = pool
        self.topics: dict[str, Topic] = {}
        self.heard: dict[Listener, set[str]] = {}
        self._to_ask: dict[Listener, set[str]] = {}
        self._asking = False
        self._tasks: set[asyncio.Task[None]] = set()
        self._looks = 0

    # ------------------------------------------------------------------ listening

    def join(self, listener: Listener) -> None:
        """A socket is open."""
        self.heard[listener] = set()

    def leave(self, listener: Listener) -> None:
        """It is not any more."""
        for name in self.heard.pop(listener, ()):
            self._drop(name, listener)
        self._to_ask.pop(listener, None)

    def subscribe(self, listener: Listener, names: list[str]) -> None:
        """The listener hears of these topics as soon as the house has said yes."""
        heard = self.heard.get(listener)
        if heard is None:
            return
        for name in names:
            if name not in heard and len(heard) >= MOST_TOPICS:
                listener.write(refused(name))
                continue
            heard.add(name)
            topic = self.topics.setdefault(name, Topic(name))
            subscription = topic.subscriptions.setdefault(listener, Subscription(listener, name))
            subscription.owed = True
            self._ask(name, subscription)

    def unsubscribe(self, listener: Listener, names: list[str]) -> None:
        """The listener hears of these no more."""
        heard = self.heard.get(listener, set())
        for name in heard.intersection(names):
            followed = {each for each in heard if self._called(each, listener) == name}
            for each in followed | {name}:
                heard.discard(each)
                self._drop(each, listener)

    def _called(self, name: str, listener: Listener) -> str:
        topic = self.topics.get(name)
        subscription = topic.subscriptions.get(listener) if topic else None
        return subscription.name if subscription else ""

    def _drop(self, name: str, listener: Listener) -> None:
        topic = self.topics.get(name)
        if topic and topic.subscriptions.pop(listener, None) and not topic.subscriptions:
            del self.topics[name]

    # ------------------------------------------------------------------ asking

    def _ask(self, name: str, subscription: Subscription) -> None:
        """From now on nothing reaches this listener here before the house says yes."""
        if subscription.held is None:
            subscription.held = []
        self._to_ask.setdefault(subscription.listener, set()).add(name)
        if not self._asking:
            self._asking = True
            self._run(self._ask_house)

    async def _ask_house(self) -> None:
        try:
            # What came in the same turn of the loop is asked together.
            await asyncio.sleep(0)
            while self._to_ask:
                listener = next(iter(self._to_ask))
                await self._ask_for(listener, frozenset(self._to_ask.pop(listener)))
        finally:
            self._asking = False

    async def _ask_for(self, listener: Listener, names: frozenset[str]) -> None:
        try:
            grants = await self._in_pool(self.house.grants, listener.visitor, names)
        except Exception:
            log.exception("the house could not say who may listen")
            self._to_ask.pop(listener, None)
            listener.part(1011)
            return
        # What is to be asked again by now has not been answered: it may be somebody else.
        for name in names - self._to_ask.get(listener, set()):
            self._answer(name, listener, grants.get(name))

    def _answer(self, name: str, listener: Listener, grant: Grant | None) -> None:
        topic = self.topics.get(name)
        subscription = topic.subscriptions.get(listener) if topic else None
        if topic is None or subscription is None:
            return
        if grant is None:
            self.unsubscribe(listener, [name])
            listener.write(refused(name))
            return
        held, subscription.held = subscription.held or [], None
        subscription.keys, subscription.version = grant.keys, grant.version
        subscription.away, subscription.since = grant.away, grant.since
        # Who is asked again hears nothing of it: it would tell of a ban or a block elsewhere.
        if subscription.owed:
            subscription.owed, subscription.told = False, None
            listener.write(granted(name, grant.cursor))
        if topic.cursor is None:
            topic.cursor = grant.cursor
            self._look_into(topic)
        for followed in grant.follow:
            self._follow(followed, listener, name)
        for batch in held:
            self._deliver_one(batch, subscription)

    def _follow(self, name: str, listener: Listener, called: str) -> None:
        """The listener hears of this topic under another name, without being asked again."""
        self.heard[listener].add(name)
        topic = self.topics.setdefault(name, Topic(name))
        topic.cursor = topic.cursor or Cursor()
        subscription = topic.subscriptions.setdefault(listener, Subscription(listener, called))
        subscription.held = None

    # ------------------------------------------------------------------ telling

    def poke(self, name: str) -> None:
        """Something may be new there: it is read once and told to all who listen."""
        topic = self.topics.get(name)
        if topic is not None:
            topic.restless = True
            self._look_into(topic)

    def _look_into(self, topic: Topic) -> None:
        if topic.restless and not topic.reading and topic.cursor is not None:
            topic.reading = True
            self._run(lambda: self._read(topic))

    async def _read(self, topic: Topic) -> None:
        try:
            while topic.restless and topic.cursor is not None:
                topic.restless = False
                since = topic.cursor
                news = await self._in_pool(self.house.news, topic.name, since)
                if news is None:
                    self._ask_all(topic)
                    return
                topic.cursor = news.cursor
                topic.restless = topic.restless or news.more
                if news.pieces or news.changed or news.cursor != since:
                    self._deliver(topic, Batch(topic.name, since, news))
                if news.changed and news.cursor == since:
                    await asyncio.sleep(CALM)
        except Exception:
            # The next look finds it again.
            log.exception("what is new could not be read")
        finally:
            topic.reading = False

    def _deliver(self, topic: Topic, batch: Batch) -> None:
        for subscription in list(topic.subscriptions.values()):
            self._deliver_one(batch, subscription)

    def _deliver_one(self, batch: Batch, subscription: Subscription) -> None:
        if subscription.held is None and batch.news.version > subscription.version:
            self._ask(batch.name, subscription)
        if subscription.held is None:
            self._write(batch, subscription)
        elif len(subscription.held) < MOST_HELD:
            subscription.held.append(batch)
        else:
            # The page fetches what is not held.
            subscription.owed = True

    def _write(self, batch: Batch, to: Subscription) -> None:
        frame, to.told = batch.frame_for(to.away, to.since, to.name, to.told)
        if frame is not None:
            to.listener.write(frame)

    def _ask_all(self, topic: Topic) -> None:
        for subscription in list(topic.subscriptions.values()):
            self._ask(topic.name, subscription)

    # ------------------------------------------------------------------ looking after it

    async def keep_looking(self) -> None:
        """Until cancelled: what no bus told is found, and who may no longer listen is asked."""
        while True:
            await asyncio.sleep(LOOK)
            if self.topics:
                try:
                    await self.look()
                except Exception:
                    log.exception("the look at what is new failed")

    async def look(self) -> None:
        """Everything that changed without a word from the bus is noticed."""
        self._looks += 1
        keys = {key for sub in self._subscriptions() for key in sub.keys}
        versions = await self._in_pool(self.house.versions, keys)
        for topic in list(self.topics.values()):
            for subscription in list(topic.subscriptions.values()):
                now = sum(versions.get(key, 1 << 60) for key in subscription.keys)
                if subscription.held is None and now > subscription.version:
                    self._ask(topic.name, subscription)
        counted = [name for name, topic in self.topics.items() if topic.cursor is not None]
        for name, cursor in (await self._in_pool(self.house.cursors, counted)).items():
            known = self.topics.get(name)
            if known and known.cursor is not None and cursor != known.cursor:
                self.poke(name)
        if self._looks % ROLL_CALL == 0:
            await self._call_the_roll()

    def _subscriptions(self) -> list[Subscription]:
        return [sub for topic in self.topics.values() for sub in topic.subscriptions.values()]

    async def _call_the_roll(self) -> None:
        sockets: dict[str, list[Listener]] = defaultdict(list)
        for listener in self.heard:
            if listener.visitor:
                sockets[listener.visitor].append(listener)
        here = await self._in_pool(self.house.present, list(sockets))
        for visitor in sockets.keys() - here:
            for listener in sockets[visitor]:
                # Nobody from now on: what everybody may hear goes on.
                listener.visitor = ""
                for name in self.heard.get(listener, ()):
                    subscription = self.topics[name].subscriptions[listener]
                    # What is heard under another's name goes with it, and is never named.
                    if subscription.name == name:
                        self._ask(name, subscription)

    async def _in_pool[**P, R](self, ask: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        return await asyncio.get_running_loop().run_in_executor(
            self.pool, lambda: ask(*args, **kwargs)
        )

    def _run(self, work: Callable[[], Awaitable[Any]]) -> None:
        async def done() -> None:
            await work()

        task = asyncio.get_running_loop().create_task(done())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Nobody listens any more; browsers are told to come back."""
        for listener in list(self.heard):
            listener.part(1012)
        for task in self._tasks:
            task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.gather(*self._tasks, return_exceptions=True)
