"""An Atom feed of topics: Django's writer, with whole words and ids that outlive a move."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, datetime
from typing import Any

from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html
from django.utils.xmlutils import SimplerXMLGenerator

from coterie.communities.models import Community
from coterie.outside.reads import Entry

FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What may stand in no XML, not even by its number."""
OURS = re.compile(r'(<a\b[^>]*\bhref=")(?=/(?!/))')
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
HOUSE = uuid.UUID("5d1c7f0e-3f6c-5b0e-9a52-0f6d1c2b7a41")


def clean(text: str) -> str:
    """The text, less the signs that would spoil the whole feed."""
    return FORBIDDEN.sub("", text)


def lasting_id(kind: str, public_id: str) -> str:
    """The same for the same thing for ever, whatever name the server goes by."""
    return uuid.uuid5(HOUSE, f"{kind}/{public_id}").urn


class Feed(Atom1Feed):
    """Entries carry all of the first post."""

    def latest_post_date(self) -> datetime:
        """Of an empty feed always the same: it must not seem to move."""
        return super().latest_post_date() if self.items else LONG_AGO

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["content"], {"type": "html"})


def feed(
    community: Community, tag: dict[str, Any] | None, entries: list[Entry], origin: str
) -> bytes:
    """The whole feed."""
    place = str(tag["path"]) if tag else community.path
    title = f"#{tag['word']} · {community.name}" if tag else community.name
    named = f"{community.public_id}/{tag['key']}" if tag else community.public_id
    made = Feed(
        clean(title),
        f"{origin}{place}",
        "",
        subtitle=clean(community.purpose) or None,
        author_name=clean(community.name),
        feed_url=f"{origin}{place}topics.atom",
        feed_guid=lasting_id("c", named),
    )
    for entry in entries:
        _add(made, entry, origin)
    return made.writeString("utf-8").encode()


def _add(made: Feed, entry: Entry, origin: str) -> None:
    made.add_item(
        clean(entry.topic.title or entry.topic.community.name),
        f"{origin}{entry.topic.open_path}",
        None,  # type: ignore[arg-type]  # the writer leaves it out
        author_name=clean(entry.author) or None,
        unique_id=lasting_id("t", entry.topic.public_id),
        pubdate=entry.published,
        updateddate=entry.changed,
        categories=[clean(word) for word in entry.topic.tagged],
        content=clean(content(entry, origin)),
    )


def content(entry: Entry, origin: str) -> str:
    """What the page shows of the first post, for a reader that is somewhere else."""
    photos = "".join(
        format_html('<p><img src="{}{}" alt="{}"></p>', origin, photo["middle"], photo["alt"])
        for photo in entry.photos
    )
    return OURS.sub(rf"\g<1>{origin}", entry.html) + photos
