"""The house behind the hub: who a visitor is, and which topics there are."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import wraps
from http.cookies import CookieError, SimpleCookie
from types import SimpleNamespace
from typing import Any, Protocol
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user
from django.db import close_old_connections, connections
from django.db.models import QuerySet
from uvicorn.middleware.proxy_headers import _TrustedHosts

from coterie.accounts.models import Session
from coterie.accounts.sessions import SessionStore
from coterie.communities.models import Circle, Community
from coterie.config import wiring
from coterie.core.ids import hashed
from coterie.live.buses import Bus
from coterie.live.hub import Hub
from coterie.live.shapes import Cursor, Grant, News
from coterie.live.sockets import Sockets
from coterie.personas import sealed
from coterie.personas.viewer import Viewer, viewer_of


class Topic(Protocol):
    """A kind of thing to listen to; its app has it in `topics.py`."""

    def grant(self, viewer: Viewer, public_id: str) -> Grant | None: ...
    def news(self, public_id: str, since: Cursor) -> News | None: ...
    def cursors(self, public_ids: Iterable[str]) -> dict[str, Cursor]: ...


def fresh[**P, R](ask: Callable[P, R]) -> Callable[P, R]:
    """As at the beginning of a request: a connection that the server has cut is made anew."""

    @wraps(ask)
    def asked(*args: P.args, **kwargs: P.kwargs) -> R:
        close_old_connections()
        return ask(*args, **kwargs)

    return asked


class TheHouse:
    """Answers the hub from the database; every method runs in one of the hub's threads."""

    def __init__(self, topics: dict[str, Topic]) -> None:
        self.topics = topics

    @fresh
    def grants(self, visitor: str, names: Collection[str]) -> dict[str, Grant]:
        """Those of the topics that this visitor may listen to now."""
        return self.granted(viewer_with(visitor), names)

    def granted(self, viewer: Viewer, names: Collection[str]) -> dict[str, Grant]:
        """Those of the topics that this viewer may listen to now."""
        asked = ((name, *self._found(name)) for name in names)
        said = {name: topic.grant(viewer, rest) for name, topic, rest in asked if topic}
        return {name: grant for name, grant in said.items() if grant is not None}

    @fresh
    def news(self, name: str, since: Cursor) -> News | None:
        """What is new in a topic."""
        topic, rest = self._found(name)
        return topic.news(rest, since) if topic else None

    @fresh
    def cursors(self, names: Iterable[str]) -> dict[str, Cursor]:
        """How far each of these topics has come, for those that count."""
        kinds: dict[str, list[str]] = defaultdict(list)
        for name in names:
            kind, _slash, rest = name.partition("/")
            kinds[kind].append(rest)
        found = {kind: self.topics[kind].cursors(rests) for kind, rests in kinds.items()}
        # Those that count all have a second part.
        return {f"{kind}/{rest}": at for kind, told in found.items() for rest, at in told.items()}

    @fresh
    def versions(self, keys: Iterable[str]) -> dict[str, int]:
        """The access versions behind these keys."""
        ids: dict[str, list[int]] = defaultdict(list)
        for key in keys:
            kind, _colon, pk = key.partition(":")
            ids[kind].append(int(pk))
        models: dict[str, QuerySet[Any]]
        models = {"community": Community.objects.all(), "circle": Circle.objects.all()}
        return {
            f"{kind}:{pk}": version
            for kind, pks in ids.items()
            for pk, version in models[kind].filter(pk__in=pks).values_list("pk", "access_version")
        }

    @fresh
    def present(self, visitors: Collection[str]) -> set[str]:
        """Those whose sign-in still stands."""
        keys = {hashed(visitor): visitor for visitor in visitors}
        rows = Session.objects.living().filter(key_hash__in=keys, account__is_active=True)
        return {keys[key_hash] for key_hash in rows.values_list("key_hash", flat=True)}

    def _found(self, name: str) -> tuple[Topic | None, str]:
        kind, _slash, rest = name.partition("/")
        return self.topics.get(kind), rest


def viewer_with(visitor: str) -> Viewer:
    """Who comes with this session key, as a page request would find out."""
    asked: Any = SimpleNamespace(session=SessionStore(visitor or None), META={})
    account = get_user(asked)
    owner = sealed.owner_of_request(account)
    return viewer_of(owner, is_operator=getattr(account, "is_operator", False))


def visitor_of(cookies: str) -> str:
    """The session key in a Cookie header, or nothing."""
    try:
        morsel = SimpleCookie(cookies).get(settings.SESSION_COOKIE_NAME)
    except CookieError:
        return ""
    return morsel.value if morsel else ""


def is_ours(origin: str, host: str) -> bool:
    """Whether a page of this very house opened the socket: another's must not, cookies or no."""
    ours = {host, urlsplit(settings.PUBLIC_URL).netloc}
    try:
        return urlsplit(origin).netloc in ours - {""}
    except ValueError:
        return False


PROXIES = _TrustedHosts(settings.PROXIES)


def address_of(peer: str, forwarded: list[str]) -> str:
    """Where somebody comes from: what a proxy says of them, if it is one that we believe."""
    if not settings.PROXIES or not forwarded or peer not in PROXIES:
        return peer
    return PROXIES.get_trusted_client_address(",".join(forwarded))[0]


THREADS = 2
"""Of the hub alone: it must not stand in line behind pages."""


class Live:
    """The hub with everything around it, for as long as the server runs."""

    def __init__(self, over: Bus) -> None:
        self.over = over
        self.pool = ThreadPoolExecutor(THREADS, thread_name_prefix="live")
        self.hub = Hub(TheHouse(wiring.TOPICS), self.pool)
        self.sockets = Sockets(
            self.hub, visitor_of=visitor_of, is_ours=is_ours, address_of=address_of
        )
        self._tasks: list[asyncio.Task[None]] = []

    async def begin(self) -> None:
        """Browsers can listen."""
        loop = asyncio.get_running_loop()
        works = (
            self.hub.keep_looking(),
            self.sockets.keep_beating(),
            self.over.keep_hearing(self.hub.poke),
        )
        self._tasks = [loop.create_task(work) for work in works]

    async def end(self) -> None:
        """Nobody can any more."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.hub.close()
        for _thread in range(THREADS):
            self.pool.submit(connections.close_all)
        self.pool.shutdown(wait=True)
