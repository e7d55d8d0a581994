"""Asking a stranger's server for one thing, without trusting the address or the answer.

The name is resolved once and the connection goes to the very address that was looked at, so that
no second answer of a name server leads elsewhere. Every redirect is looked at as if it were the
first. Nothing is sent but the path: no cookie, no referrer, nothing that says who asks or for whom.
"""

from __future__ import annotations

import contextlib
import re
import socket
import ssl
import string
import threading
import time
import zlib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import Any
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from coterie.pure.outgoing.addresses import is_public

LONGEST_ADDRESS = 2_000
MOST_HOPS = 4
SECONDS = 6.0
"""For everything together: names, redirects, and an answer that comes drop by drop."""
PIECE = 65_536
HOST = re.compile(r"(?=.{4,253}$)[a-z0-9_-]+(?:\.[a-z0-9_-]+)+\.?", re.IGNORECASE)
IPV6 = re.compile(r"[0-9a-f:.]{2,45}", re.IGNORECASE)
ELSEWHERE = (301, 302, 303, 307, 308)
WHO = "Mozilla/5.0 (compatible; link preview)"
"""Says what it is for, and neither where it comes from nor what it runs on."""


class Unreachable(Exception):
    """There is nothing to be had there, or nothing that we would ask for."""


class Silent(Unreachable):
    """Nothing at all is to be had from this host now, whatever the path.

    There is no such name, no line to it stands, or it says itself that it has had enough. Only of
    the host that was named: one that a redirect led to had no time of its own.
    """

    def __init__(self, host: str, why: str) -> None:
        super().__init__(why)
        self.host = host


type Knock = Callable[[str], None]
"""Told each name before it is looked up and each address before it is asked, redirects included;
raises `Unreachable` where that is not to be."""


@dataclass(frozen=True)
class Guard:
    """What may be asked. Only tests make another one than this: no setting opens it."""

    allows: Callable[[str], bool] = is_public
    resolve: Callable[..., list[Any]] = socket.getaddrinfo
    ports: Mapping[str, Collection[int]] = field(
        default_factory=lambda: {"http": (80,), "https": (443,)}
    )
    trust: Callable[[], ssl.SSLContext] = ssl.create_default_context
    seconds: float = SECONDS


@dataclass(frozen=True)
class Answer:
    """What was there."""

    address: str
    """Where it was, after all redirects."""
    kind: str
    charset: str
    body: bytes
    whole: bool
    """False where only as much was taken as was asked for."""


@dataclass
class Patience:
    """How long it may still take, and whose line is cut when that is over."""

    until: float
    line: socket.socket | None = None

    def left(self) -> float:
        """So many seconds; raises `TimeoutError` when there are none."""
        if self.is_over:
            raise TimeoutError("it takes too long")
        return self.until - time.monotonic()

    @property
    def is_over(self) -> bool:
        return time.monotonic() >= self.until

    def end(self) -> None:
        if self.line is not None:
            with contextlib.suppress(OSError):
                # Of the plain socket: TLS would take its own state apart under who reads it.
                socket.socket.shutdown(self.line, socket.SHUT_RDWR)


@dataclass(frozen=True)
class How:
    """What one asking keeps to."""

    guard: Guard
    patience: Patience
    knock: Knock


class Line(HTTPConnection):
    """A connection to addresses that were looked at before."""

    def __init__(self, where: SplitResult, port: int, how: How) -> None:
        super().__init__(str(where.hostname), port)
        self.guard, self.patience, self.knock = how.guard, how.patience, how.knock
        self.tls = where.scheme == "https"
        self.default_port = 443 if self.tls else 80

    def connect(self) -> None:
        """The line stands, to one of the addresses that may be asked; if not, raises `Silent`."""
        try:
            self.sock = self.patience.line = self._opened()
            if self.tls:
                self.sock.settimeout(self.patience.left())
                self.sock = self.guard.trust().wrap_socket(self.sock, server_hostname=self.host)
                self.patience.line = self.sock
        except OSError as trouble:
            raise Silent(self.host, str(trouble)) from None

    def _opened(self) -> socket.socket:
        self.knock(self.host)
        addresses = self._addresses()[:3]
        if self.patience.is_over:
            # That was the name server, or whoever led here.
            raise Unreachable("no time is left for it")
        for family, address in addresses:
            self.knock(address[0])
            line = socket.socket(family, socket.SOCK_STREAM)
            try:
                line.settimeout(self.patience.left())
                line.connect(address)
            except OSError:
                line.close()
                continue
            return line
        raise Silent(self.host, "nobody answers there")

    def _addresses(self) -> list[tuple[int, Any]]:
        found = self.guard.resolve(self.host, self.port, type=socket.SOCK_STREAM)
        allowed = [
            (family, address)
            for family, _type, _proto, _name, address in found
            if family in (socket.AF_INET, socket.AF_INET6) and self.guard.allows(address[0])
        ]
        if not allowed:
            raise Silent(self.host, "that lies inside somebody's house")
        return allowed


def anywhere(_where: str) -> None:
    """Nothing speaks against it."""


def fetch(
    url: str,
    *,
    kinds: Collection[str],
    most: int,
    guard: Guard | None = None,
    knock: Knock = anywhere,
) -> Answer:
    """What is at this address, at most so many bytes of it; raises `Unreachable` and nothing else.

    `kinds` are the beginnings of content types that are wanted.
    """
    guard = guard or Guard()
    patience = Patience(time.monotonic() + guard.seconds)
    clock = threading.Timer(guard.seconds, patience.end)
    clock.daemon = True
    clock.start()
    try:
        return _follow(url, kinds, most, How(guard, patience, knock))
    except ValueError as trouble:
        raise Unreachable(str(trouble)) from None
    finally:
        clock.cancel()


def _follow(url: str, kinds: Collection[str], most: int, how: How) -> Answer:
    for hop in range(MOST_HOPS + 1):
        where = looked_at(url)
        try:
            with _asked(where, kinds, how) as response:
                if response.status not in ELSEWHERE:
                    return _taken(url, response, kinds, most, how.patience)
                url = led_on(where, response.getheader("Location") or "")
        except Silent as silent:
            raise (Unreachable(str(silent)) if hop else silent) from None
    raise Unreachable("it leads on and on")


def looked_at(url: str) -> SplitResult:
    """The parts of an address that may be asked; raises `Unreachable` for every other."""
    # What a parser would tidy away silently could mean something else to the next one.
    if len(url) > LONGEST_ADDRESS or not url.isascii() or re.search(r"[\x00-\x20\x7f\\]", url):
        raise Unreachable("that is no address")
    where = urlsplit(url)
    host = where.hostname or ""
    if where.scheme not in ("http", "https") or "@" in where.netloc:
        raise Unreachable("that is nothing to look at")
    literal = ":" in host and IPV6.fullmatch(host)
    if not literal and not HOST.fullmatch(host):
        raise Unreachable("that is no name")
    return where


@contextlib.contextmanager
def _asked(where: SplitResult, kinds: Collection[str], how: How) -> Iterator[HTTPResponse]:
    usual = 443 if where.scheme == "https" else 80
    port = where.port or usual
    if port not in how.guard.ports[where.scheme]:
        raise Unreachable("that is no door for visitors")
    line = Line(where, port, how)
    try:
        path = (where.path or "/") + (f"?{where.query}" if where.query else "")
        heads = {
            "Accept": ", ".join(f"{kind}*" if kind.endswith("/") else kind for kind in kinds),
            "Accept-Encoding": "gzip",
            "User-Agent": WHO,
            "Connection": "close",
        }
        line.request("GET", path, headers=heads)
        response = line.getresponse()
        resting = response.status == 503 and response.getheader("Retry-After")
        if response.status == 429 or resting:
            raise Silent(line.host, "it has had enough")
        yield response
    except (OSError, HTTPException, zlib.error) as trouble:
        # From here on it is about the path: many a server hangs up on one, or takes ages over it.
        raise Unreachable(str(trouble)) from None
    finally:
        line.close()


def led_on(where: SplitResult, location: str) -> str:
    """Where a redirect from there leads; raises `Unreachable` when that is out of TLS."""
    # Header fields come as Latin-1, whatever they are; what an address cannot hold is encoded.
    whole = quote(location, safe=string.punctuation, encoding="iso-8859-1")
    url = urljoin(where.geturl(), whole).partition("#")[0]
    if where.scheme == "https" and not url.startswith("https://"):
        raise Unreachable("it leads out of the envelope")
    return url


def _taken(
    url: str, response: HTTPResponse, kinds: Collection[str], most: int, patience: Patience
) -> Answer:
    kind = response.headers.get_content_type()
    if response.status != 200 or not kind.startswith(tuple(kinds)):
        raise Unreachable("there is nothing of that kind")
    body, whole = _body(response, most, patience)
    return Answer(url, kind, response.headers.get_content_charset("") or "", body, whole)


def _body(response: HTTPResponse, most: int, patience: Patience) -> tuple[bytes, bool]:
    """As much as was asked for, unpacked; and whether that is all. Never more comes than that."""
    packed = (response.getheader("Content-Encoding") or "identity").strip().lower()
    if packed not in ("identity", "gzip", "x-gzip"):
        raise Unreachable("it is packed in a way that we did not ask for")
    unpack = zlib.decompressobj(wbits=31) if packed != "identity" else None
    body, came = bytearray(), 0
    while piece := response.read(min(PIECE, most + 1 - came)):
        came += len(piece)
        body += unpack.decompress(piece, most + 1 - len(body)) if unpack else piece
        if came > most or len(body) > most:
            return bytes(body[:most]), False
    # A line that we cut ourselves looks as if all had come.
    if patience.left() and response.length:
        raise HTTPException("it broke off")
    return bytes(body), True
