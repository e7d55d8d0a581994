"""What follows in chat, in the same transaction, from what happens to communities."""

from __future__ import annotations

from coterie.chat.actions import opening
from coterie.communities.events import Founded, Reshaped


def open_first_room(event: Founded | Reshaped) -> None:
    """Where rooms are switched on there is one."""
    opening.open_first(event.community_id)
