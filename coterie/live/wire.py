"""What travels over a socket: JSON in one text frame, encoded once for all who get it."""

from __future__ import annotations

import json
from typing import Any

from websockets.frames import Frame, Opcode

from coterie.live.shapes import Cursor, News


def encoded(body: dict[str, Any]) -> bytes:
    """The WebSocket frame of this message, as it goes over the line."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return Frame(Opcode.TEXT, text.encode()).serialize(mask=False)


def granted(name: str, cursor: Cursor) -> bytes:
    """This topic is listened to from here on."""
    return encoded({"t": name, "k": "on", "at": cursor})


def refused(name: str) -> bytes:
    """There is nothing to listen to under this name, for this visitor."""
    return encoded({"t": name, "k": "off"})


NONE: frozenset[int] = frozenset()


class Batch:
    """The news of one topic, in as many encodings as there are ways not to meet somebody."""

    def __init__(self, name: str, since: Cursor, news: News) -> None:
        self.name = name
        self.since = since
        self.news = news
        self._frames: dict[tuple[str, frozenset[int], frozenset[int]], bytes] = {}
        self._about = frozenset[str]().union(*(p.about | p.quotes for p in news.pieces))

    def frame_for(self, away: frozenset[str], name: str) -> bytes:
        """The same bytes for all who meet everybody in it and call the topic so."""
        if not away or away.isdisjoint(self._about):
            return self._frame(name, NONE, NONE)
        pieces = list(enumerate(self.news.pieces))
        unmet = frozenset(n for n, piece in pieces if not away.isdisjoint(piece.about))
        quoting = frozenset(n for n, piece in pieces if not away.isdisjoint(piece.quotes))
        return self._frame(name, unmet, quoting - unmet)

    def _frame(self, name: str, unmet: frozenset[int], quoting: frozenset[int]) -> bytes:
        key = (name, unmet, quoting)
        frame = self._frames.get(key)
        if frame is None:
            frame = self._frames[key] = encoded({"t": name, **self._body(unmet, quoting)})
        return frame

    def _body(self, unmet: frozenset[int], quoting: frozenset[int]) -> dict[str, Any]:
        body: dict[str, Any] = {"k": "news"}
        body |= {"since": self.since, "at": self.news.cursor}
        body["posts"] = [
            {"id": piece.body["id"], "fetch": True} if n in quoting else piece.body
            for n, piece in enumerate(self.news.pieces)
            if n not in unmet
        ]
        if self.news.changed:
            body["changed"] = True
        return body
