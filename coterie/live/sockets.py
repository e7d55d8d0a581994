"""One browser's socket: a WebSocket protocol for uvicorn that writes straight to the transport.

No task and no queue of its own: the transport's buffer is the queue, and whoever lets
it grow is cut off and comes back to catch up. uvicorn's own protocols keep a queue, an
event and timers for each socket and pass every message through the ASGI interface.
"""

from __future__ import annotations

import asyncio
import json
import logging
import re
from collections import Counter
from collections.abc import Callable
from typing import Any, cast

from websockets.frames import Frame, Opcode
from websockets.http11 import Request
from websockets.server import ServerProtocol

from coterie.live.hub import MOST_TOPICS, Hub

log = logging.getLogger(__name__)

PATH = "/live"
LONGEST = 16_384
"""Bytes of a message from a browser."""
SLOWEST = 512 * 1024
"""Bytes that may wait for a slow reader."""
BEAT = 20.0
"""Seconds between two beats; who answered none of the last two is gone."""
MOST_SOCKETS = 20_000
MOST_OF_ONE = 12
"""Sockets of one sign-in: a browser opens one for all of its tabs."""
MOST_NAMELESS = 100
"""Sockets without a sign-in from one address: a school may sit behind it."""
TRY_LATER = 1013
TOO_MANY = 300
"""Frames of one browser, and topics that it names, between two beats."""
NAME = re.compile(r"[a-z]{1,20}(/[A-Za-z0-9_-]{1,40})?")
PONG = Frame(Opcode.TEXT, b'{"k":"pong"}').serialize(mask=False)
PING = Frame(Opcode.PING, b"").serialize(mask=False)
# The library logs each connection's ends and their reasons; we say what matters ourselves.
silent = logging.Logger("coterie.live.protocol", logging.CRITICAL)


class Sockets:
    """All open sockets of this process, and the beat that finds out which are dead."""

    def __init__(
        self,
        hub: Hub,
        *,
        visitor_of: Callable[[str], str],
        is_ours: Callable[[str, str], bool],
        address_of: Callable[[str, list[str]], str],
    ) -> None:
        self.hub = hub
        self.visitor_of = visitor_of
        self.is_ours = is_ours
        self.address_of = address_of
        self.open: set[Socket] = set()
        self.count: Counter[str] = Counter()
        """Of each sign-in, and of each address without one."""

    def add(self, socket: Socket) -> bool:
        """It is open; False where there are enough of its kind already."""
        self.open.add(socket)
        key = socket.counts_as = socket.visitor or f"at {socket.address}"
        self.count[key] += 1
        return self.count[key] <= (MOST_OF_ONE if socket.visitor else MOST_NAMELESS)

    def drop(self, socket: Socket) -> None:
        """It is not any more."""
        self.open.discard(socket)
        self.count[socket.counts_as] -= 1
        self.count += Counter()  # without those that are down to nothing

    def recount(self) -> None:
        """Who turned out to have no sign-in counts for where they come from."""
        for socket in [each for each in self.open if not each.visitor]:
            if not socket.counts_as.startswith("at "):
                self.drop(socket)
                if not self.add(socket):
                    socket.part(TRY_LATER)

    def protocol(self, config: Any, server_state: Any, app_state: Any) -> Socket:
        """For uvicorn: the protocol of a connection that asks to become a socket."""
        return Socket(self, server_state.connections)

    async def keep_beating(self) -> None:
        """Until cancelled: who does not answer is let go, within two beats."""
        while True:
            await asyncio.sleep(BEAT)
            for socket in list(self.open):
                socket.beat()
            self.recount()


class Socket(asyncio.Protocol):
    """One connection from the upgrade to its end; the hub's `Listener`."""

    __slots__ = ("address", "alive", "asked", "closing", "connections", "counts_as", "protocol",
                 "sockets", "transport", "visitor")  # fmt: skip

    def __init__(self, sockets: Sockets, connections: set[Any]) -> None:
        self.sockets = sockets
        self.connections = connections
        self.protocol: ServerProtocol | None = ServerProtocol(max_size=LONGEST, logger=silent)
        self.visitor = self.address = self.counts_as = ""
        self.alive = 2
        self.asked = 0
        self.closing = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        self.address = str((transport.get_extra_info("peername") or ("",))[0])
        self.connections.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        self.closing = True
        self.protocol = None
        self.connections.discard(self)
        if self in self.sockets.open:
            self.sockets.drop(self)
            self.sockets.hub.leave(self)

    def eof_received(self) -> None:
        self.transport.close()

    def data_received(self, data: bytes) -> None:
        protocol = self.protocol
        if protocol is None:
            return
        protocol.receive_data(data)
        for event in protocol.events_received():
            if isinstance(event, Request):
                self._open(protocol, event)
            elif isinstance(event, Frame):
                self._hear(event)
        for output in protocol.data_to_send():
            # An empty chunk is the library's sign for the end.
            self._push(output) if output else self.transport.close()
        if protocol.close_expected() and not self.transport.is_closing():
            self.transport.close()

    # ------------------------------------------------------------------ the browser's side

    def _open(self, protocol: ServerProtocol, request: Request) -> None:
        response = protocol.accept(request)
        headers, sockets = request.headers, self.sockets
        if request.path.split("?")[0] != PATH:
            response = protocol.reject(404, "There is nothing here.\n")
        elif not sockets.is_ours(*(", ".join(headers.get_all(n)) for n in ("Origin", "Host"))):
            response = protocol.reject(403, "This page may not listen here.\n")
        elif len(sockets.open) >= MOST_SOCKETS:
            response = protocol.reject(503, "Too many listen already.\n")
        protocol.send_response(response)
        if response.status_code == 101:
            self.visitor = sockets.visitor_of("; ".join(headers.get_all("Cookie")))
            self.address = sockets.address_of(self.address, headers.get_all("X-Forwarded-For"))
            sockets.hub.join(self)
            if not sockets.add(self):
                self.part(TRY_LATER)

    def _hear(self, frame: Frame) -> None:
        self.alive = 2
        self.asked += 1
        if self.asked > TOO_MANY:
            self.part(1008)
            return
        if frame.opcode is not Opcode.TEXT:
            return
        try:
            message = json.loads(bytes(frame.data))
        except (ValueError, RecursionError):
            self.part(1007)
            return
        if not isinstance(message, dict):
            self.part(1007)
            return
        on, off = _names(message.get("on")), _names(message.get("off"))
        self.asked += len(on)
        if self.asked > TOO_MANY:
            self.part(1008)
        elif "ping" in message:
            self.write(PONG)
        else:
            self.sockets.hub.subscribe(self, on)
            self.sockets.hub.unsubscribe(self, off)

    # ------------------------------------------------------------------ the hub's side

    def write(self, frame: bytes) -> None:
        """The frame is on its way, unless this browser reads too slowly to live with."""
        if not self.closing:
            self._push(frame)

    def _push(self, output: bytes) -> None:
        if self.transport.get_write_buffer_size() > SLOWEST:
            self.closing = True
            self.transport.abort()
        else:
            self.transport.write(output)

    def part(self, code: int) -> None:
        """The browser is told to go, and why."""
        if self.closing or self.protocol is None:
            return
        self.closing = True
        self.protocol.send_close(code)
        for output in self.protocol.data_to_send():
            self.transport.write(output)
        self.transport.close()

    def beat(self) -> None:
        """Ask for a sign of life; without one since the last two times it is over."""
        self.asked = 0
        self.alive -= 1
        if self.alive < 0:
            self.transport.abort()
        elif not self.closing:
            self.transport.write(PING)

    def shutdown(self) -> None:
        """For uvicorn: the server stops; the browser comes back to the next one."""
        if self in self.sockets.open:
            self.part(1012)
        else:
            self.transport.close()


def _names(said: Any) -> list[str]:
    """The topics that a browser names; whatever is none is left out."""
    names = said if isinstance(said, list) else []
    return [n for n in names[: MOST_TOPICS * 2] if isinstance(n, str) and NAME.fullmatch(n)]
