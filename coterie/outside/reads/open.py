"""What is open to everybody. The question is talk's own, asked for nobody."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from coterie.communities import reads as communities
from coterie.communities.models import Community
from coterie.personas.viewer import NOBODY
from coterie.talk import reads as talk
from coterie.talk.models import Conversation, Kind, key_of

KINDS = (Kind.TOPIC, Kind.GATHERING)
"""A room is read by whoever comes by; it is no page to be found years later."""


def open_community(handle: str) -> Community | None:
    """The public community of this name."""
    found = communities.community(NOBODY, handle)
    return found if found and found.is_public else None


def open_tag(community: Community, word: str) -> dict[str, Any] | None:
    """The tag of this community, if everybody may know of it."""
    known = talk.tags(NOBODY, community)
    return next((tag for tag in known if tag["key"] == key_of(word)), None)


def open_topic(public_id: str) -> Conversation | None:
    """What everybody may read under this name."""
    found = talk.conversation(NOBODY, public_id)
    return found if found and found.kind in KINDS and found.last_seq else None


def open_conversations() -> QuerySet[Conversation]:
    """Everything that everybody may read and that is kept out of no list."""
    readable = Conversation.objects.visible_to(NOBODY).filter(kind__in=KINDS, last_seq__gt=0)
    return readable.filter(unlisted_at=None)
