"""What a conversation of a kind has beside its words, and what a community's home shows with them.

Higher floors own both; config/wiring.py lists them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from coterie.communities.models import Community
from coterie.personas.viewer import Viewer
from coterie.talk.models import Conversation
from coterie.ui.facing import Facing


@dataclass(frozen=True)
class Detail:
    """The page of a kind: a template over `talk/topic.html`, and what it needs besides."""

    template: str
    read: Callable[[Viewer, Conversation, Mapping[str, str]], dict[str, Any]]
    """Gets what was asked for in the address, too."""
    told: Callable[[Facing, dict[str, Any]], Mapping[str, Any]] | None = None
    """What machines are told beside its words, of what a stranger reads there; may be nothing."""


@dataclass(frozen=True)
class Shelf:
    """A part of a community's home; nothing is shown of one that reads nothing."""

    template: str
    read: Callable[[Viewer, Community], Any]
    style: str = ""
    beside: bool = False
    """In the column beside the topics, not above them."""


PLAIN = Detail("talk/topic.html", lambda _viewer, _conversation, _asked: {})

_details: dict[str, Detail] = {}
_shelves: list[Shelf] = []


def hang(details: Mapping[str, Detail], shelves: Iterable[Shelf]) -> None:
    """From now on pages have these (config/wiring.py calls this once)."""
    _details.clear()
    _details.update(details)
    _shelves[:] = shelves


def of(conversation: Conversation) -> Detail:
    """What belongs to this kind of conversation; a topic is its words and nothing more."""
    return _details.get(conversation.kind, PLAIN)


def shelves(viewer: Viewer, community: Community) -> list[dict[str, Any]]:
    """What stands above and beside the topics of this community."""
    read = ((shelf, shelf.read(viewer, community)) for shelf in _shelves)
    return [
        {"template": shelf.template, "style": shelf.style, "beside": shelf.beside, "it": it}
        for shelf, it in read
        if it
    ]
