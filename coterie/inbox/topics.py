"""What can be listened to in the inbox: that something is new to a persona."""

from __future__ import annotations

from collections.abc import Iterable

from coterie.live.shapes import Cursor, Grant, News
from coterie.personas.viewer import Viewer


class InboxTopic:
    """`inbox`: something is new to one of the personas of this sign-in.

    The page of one persona need not name the others to hear of them.
    """

    def grant(self, viewer: Viewer, rest: str) -> Grant | None:
        """Whoever is signed in may listen to their own."""
        if rest or not viewer.signed_in:
            return None
        return Grant(follow=tuple(f"persona/{each.public_id}" for each in viewer.personas))

    def news(self, rest: str, since: Cursor) -> News | None:
        """It comes from the personas."""
        return News(since, 0)

    def cursors(self, rests: Iterable[str]) -> dict[str, Cursor]:
        """It does not count."""
        return {}


class PersonaTopic:
    """`persona/<public id>`: something is new to this persona; heard through `inbox` only."""

    def grant(self, viewer: Viewer, public_id: str) -> Grant | None:
        """Nobody asks for it by its name."""
        return None

    def news(self, public_id: str, since: Cursor) -> News | None:
        """That something is new; what it is, the owner's own page asks for."""
        return News(since, 0, changed=True)

    def cursors(self, public_ids: Iterable[str]) -> dict[str, Cursor]:
        """It does not count."""
        return {}


inbox = InboxTopic()
persona = PersonaTopic()
