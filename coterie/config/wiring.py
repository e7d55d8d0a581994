"""Who listens, who gates, what follows: the whole house's wiring on one page."""

from collections.abc import Callable, Iterable
from typing import Any

from coterie.core import events

LISTENERS: dict[type, Iterable[Callable[[Any], None]]] = {}
"""After the commit, outside the transaction; may run twice."""

CONSEQUENCES: dict[type, Iterable[Callable[[Any], None]]] = {}
"""Inside the announcing transaction; a constant number of statements in their own floor."""


def connect() -> None:
    """Everybody hears what concerns them; called once when the apps are ready."""
    events.wire(LISTENERS, CONSEQUENCES)
