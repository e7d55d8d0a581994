"""What travels over a socket: JSON in one text frame, encoded once for all who get it."""

from __future__ import annotations

import json
from datetime import datetime
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
NOWHERE = (Cursor(), Cursor())
"""What is told of a topic that does not count."""


class Batch:
    """The news of one topic, in as many encodings as there are ways not to meet somebody."""

    def __init__(self, name: str, since: Cursor, news: News) -> None:
        self.name = name
        self.since = since
        self.news = news
        self._frames: dict[Any, bytes] = {}
        self._about = frozenset[str]().union(*(p.about | p.quotes for p in news.pieces))
        moments = [moment for p in news.pieces for moment in (p.said_at, p.quoted_at) if moment]
        self._earliest = min(moments, default=None)

    def frame_for(
        self, away: frozenset[str], since: datetime | None, name: str, told: Cursor | None = None
    ) -> tuple[bytes | None, Cursor | None]:
        """The same bytes for all who meet everybody in it and call the topic so.

        Who meets nothing in it gets nothing: an empty frame would say that somebody spoke.
        `told` is how far such a listener was told before, if that is less than others were;
        with the frame comes how far it is now, where that is less again.
        """
        if self.news.mute:
            kept = [piece.is_kept_from(away, since) for piece in self.news.pieces]
            silent = bool(kept) and all(kept)
            return None if silent else self._frame(name, *NOWHERE, NONE, NONE), None
        early = since is not None and self._earliest is not None and self._earliest < since
        if not early and away.isdisjoint(self._about):
            return self._frame(name, told or self.since, self.news.cursor, NONE, NONE), None
        pieces = list(enumerate(self.news.pieces))
        unmet = frozenset(n for n, piece in pieces if piece.is_kept_from(away, since))
        quoting = frozenset(n for n, piece in pieces if piece.quotes_what_is_kept_from(away, since))
        after = told or self.since
        at = self._reached(unmet, after) if unmet else self.news.cursor
        frame = None
        if len(unmet) < len(pieces):
            frame = self._frame(name, after, at, unmet, quoting - unmet)
        return frame, None if at == self.news.cursor else at

    def _reached(self, unmet: frozenset[int], after: Cursor) -> Cursor:
        """How far this brings whoever meets the rest: no number tells of what they do not."""
        met = [p.body["seq"] or 0 for n, p in enumerate(self.news.pieces) if n not in unmet]
        changed = any(seq <= self.since.seq for seq in met)
        rev = self.news.cursor.rev if changed else after.rev
        return Cursor(after.epoch, max([after.seq, *met]), rev)

    def _frame(self, name: str, *told: Any) -> bytes:
        key = (name, *told)
        frame = self._frames.get(key)
        if frame is None:
            frame = self._frames[key] = encoded({"t": name, **self._body(*told)})
        return frame

    def _body(
        self, after: Cursor, at: Cursor, unmet: frozenset[int], quoting: frozenset[int]
    ) -> dict[str, Any]:
        body: dict[str, Any] = {"k": "news", "since": after, "at": at}
        body["posts"] = (
            []
            if self.news.mute
            else [
                {"id": piece.body["id"], "fetch": True} if n in quoting else piece.body
                for n, piece in enumerate(self.news.pieces)
                if n not in unmet
            ]
        )
        if self.news.changed:
            body["changed"] = True
        return body
