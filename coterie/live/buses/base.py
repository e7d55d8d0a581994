"""What every bus can do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

type Hear = Callable[[str], None]
"""Takes the name of a topic; is called on the event loop."""


class Bus(Protocol):
    """Tells of topics from any thread or process, and hears of them in those with a hub."""

    def tell(self, name: str) -> None:
        """All hubs will hear of this topic, most likely. Never raises, never waits long."""

    async def keep_hearing(self, hear: Hear) -> None:
        """Until cancelled, `hear` is called with what any process tells."""
