"""The topics of a community as a feed tells them: how each began."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from coterie.communities.models import Community
from coterie.media import reads as media
from coterie.outside.reads.open import open_conversations
from coterie.pure.markup import unfold, veiled
from coterie.talk import rules
from coterie.talk.models import Conversation, Post, PostState, Tagging, Voice

MOST = 30
SAID = ("conversation_id", "pk", "html", "published_at", "edited_at", "photos", "voice")
BY = ("persona__name", "persona__gone")


@dataclass(frozen=True)
class Entry:
    """A topic whose first words are out."""

    topic: Conversation
    html: str
    author: str
    """The name under which it was said; nothing for the hosts, a nameless or a former member."""
    published: datetime
    changed: datetime
    photos: list[dict[str, Any]]


def entries(community: Community, tag: int | None = None) -> list[Entry]:
    """The newest topics here that everybody may read and that begin with words still there."""
    found = open_conversations().filter(community=community, archived_at=None)
    if tag is not None:
        found = found.filter(pk__in=Tagging.objects.filter(tag=tag).values("conversation"))
    topics = {topic.pk: topic for topic in found.order_by("-started_at", "-pk")[:MOST]}
    first = Post.objects.filter(conversation__in=topics, seq=1, state=PostState.PUBLISHED)
    rows = first.order_by("-published_at").values(*SAID, *BY)
    photos = media.pictures(rules.PHOTOS, [row["pk"] for row in rows if row["photos"]])
    return [_entry(topics[row["conversation_id"]], row, photos.get(row["pk"], [])) for row in rows]


def _entry(topic: Conversation, row: dict[str, Any], photos: list[dict[str, Any]]) -> Entry:
    named = row["voice"] == Voice.OWN and row["persona__name"] and not row["persona__gone"]
    noted = unfold(row["html"])[0] is not None
    return Entry(
        topic,
        # Nothing can be opened there.
        veiled(row["html"]),
        row["persona__name"] if named else "",
        row["published_at"],
        row["edited_at"] or row["published_at"],
        [] if noted else photos,
    )
