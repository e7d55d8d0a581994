"""What can be listened to in the inbox: that something is new to a persona."""

from __future__ import annotations

from collections.abc import Iterable

from coterie.live.shapes import Cursor, Grant, News
from coterie.personas.viewer import Viewer


class PersonaTopic:
    """`persona/<public id>`: its owner's pages look again; nobody else can listen."""

    def grant(self, viewer: Viewer, public_id: str) -> Grant | None:
        """Only whoever it is."""
        own = any(persona.public_id == public_id for persona in viewer.personas)
        return Grant() if own else None

    def news(self, public_id: str, since: Cursor) -> News | None:
        """That something is new; what it is, the owner's own page asks for."""
        return News(since, 0, changed=True)

    def cursors(self, public_ids: Iterable[str]) -> dict[str, Cursor]:
        """It does not count."""
        return {}


persona = PersonaTopic()
