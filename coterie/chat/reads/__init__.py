"""What the pages of rooms need, in a constant number of queries."""

from coterie.chat.reads.beside import lively
from coterie.chat.reads.room import RoomPage, readers, room
from coterie.chat.reads.rooms import heard_through, rooms

__all__ = ["RoomPage", "heard_through", "lively", "readers", "room", "rooms"]
