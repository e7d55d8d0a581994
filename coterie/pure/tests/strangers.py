"""A server that means no good, on this machine; and a door that leads to it, for tests alone."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from coterie.pure.outgoing import Guard

HERE = "127.0.0.1"
HEAD = '<!doctype html><meta charset="utf-8">'
PAGE = (
    f'{HEAD}<title>Ferns &amp; friends</title><meta property="og:description" content="Moss, too.">'
)


@dataclass
class Stranger:
    """What it answers by path, and what it was asked."""

    port: int
    pages: dict[str, Callable[[Any], None]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def url(self, path: str = "/", host: str = "stranger.example") -> str:
        return f"http://{host}:{self.port}{path}"

    def page(self, path: str, body: str | bytes = PAGE, *, status: int = 200, **heads: str) -> str:
        """At this path there is this; its address."""
        content = body.encode() if isinstance(body, str) else body

        def answer(handler: Any) -> None:
            handler.send_response(status)
            told = {"Content-Type": "text/html", "Content-Length": str(len(content))}
            for name, value in (told | {k.replace("_", "-"): v for k, v in heads.items()}).items():
                handler.send_header(name, value)
            handler.end_headers()
            handler.wfile.write(content)

        self.pages[path] = answer
        return self.url(path)

    def leads(self, path: str, to: str, status: int = 302) -> str:
        return self.page(path, "", status=status, Location=to)

    def drips(self, path: str) -> str:
        """A byte now and then, for as long as somebody listens."""

        def drip(handler: Any) -> None:
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX-Slow: ")
            with contextlib.suppress(OSError):
                for _each in range(400):
                    handler.wfile.write(b"a")
                    handler.wfile.flush()
                    time.sleep(0.05)

        self.pages[path] = drip
        return self.url(path)

    def guard(self, **more: Any) -> Guard:
        """The door as it is shipped, but for this one stranger, whatever its name."""

        def resolve(host: str, port: int, **_more: Any) -> list[Any]:
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (HERE, port))]

        opened = {
            "allows": lambda address: address == HERE,
            "resolve": resolve,
            "ports": {"http": (self.port,), "https": (self.port,)},
        }
        return Guard(**{**opened, **more})


class Quiet(ThreadingHTTPServer):
    """Who hangs up on it is no news."""

    daemon_threads = True

    def handle_error(self, *_args: Any) -> None:
        pass


@contextlib.contextmanager
def stranger(tls: ssl.SSLContext | None = None) -> Iterator[Stranger]:
    """It listens while the block lasts."""
    found: Stranger

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            found.asked.append((self.path, dict(self.headers.items())))
            answer = found.pages.get(self.path)
            with contextlib.suppress(OSError):
                if answer:
                    answer(self)
                else:
                    self.send_error(404)
            self.close_connection = True

        def log_message(self, *_args: Any) -> None:
            pass

    server = Quiet((HERE, 0), Handler)
    if tls:
        # The handshake is the visitor's thread's affair, and may fail there without a word.
        Handler.setup = shaken(tls, Handler.setup)  # type: ignore[method-assign]
    found = Stranger(server.server_port)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()


def shaken(tls: ssl.SSLContext, setup: Any) -> Any:
    """The handler's beginning, behind a handshake."""

    def begin(handler: Any) -> None:
        handler.request = tls.wrap_socket(handler.request, server_side=True)
        setup(handler)

    return begin


def bomb(size: int = 50_000_000) -> bytes:
    """So many zeros, gzipped."""
    packer = zlib.compressobj(9, wbits=31)
    return b"".join(
        [*(packer.compress(bytes(1_000_000)) for _ in range(size // 10**6)), packer.flush()]
    )
