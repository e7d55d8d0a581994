"""What ASGI and WSGI hand around, by name."""

from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any

type Scope = MutableMapping[str, Any]
type Message = MutableMapping[str, Any]
type Receive = Callable[[], Awaitable[Message]]
type Send = Callable[[Message], Awaitable[None]]
type Environ = dict[str, Any]
type StartResponse = Callable[..., Any]
type WsgiApplication = Callable[[Environ, StartResponse], Iterable[bytes]]
type Headers = list[tuple[bytes, bytes]]
