"""Addresses and days for crawlers, read row by row: a map may be long."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import OuterRef, Subquery

from coterie.communities.models import Community
from coterie.outside.reads.open import open_conversations
from coterie.talk.models import open_path_of

MOST = 50_000
"""Addresses that one map may hold, by its standard."""
MOST_TAUGHT = 5_000
"""So that all of them fit into the half megabyte of a robots.txt that crawlers read."""
AT_ONCE = 1_000


def places() -> Iterator[tuple[str, date | None]]:
    """Each community that the world is told of, and the day of the last open word in it.

    None where nothing is said in the open: of anything else that moves there a map says nothing.
    """
    said = open_conversations().filter(community=OuterRef("pk"), archived_at=None)
    last = Subquery(said.order_by("-last_post_at").values("last_post_at")[:1])
    rows = Community.objects.in_the_open().annotate(last=last).order_by("pk")[:MOST]
    for slug, public_id, at in rows.values_list("slug", "public_id", "last").iterator(AT_ONCE):
        yield f"/c/{slug or public_id}/", at and at.date()


def taught() -> Iterator[str]:
    """Where machines may learn: such communities, and the newest of what is open in them."""
    places = Community.objects.in_the_open().filter(learnable=True)
    for slug, public_id in places.order_by("pk").values_list("slug", "public_id")[:MOST_TAUGHT]:
        yield f"/c/{slug or public_id}/"
    said = open_conversations().filter(community__in=places.values("pk"))
    newest = said.order_by("-started_at", "-pk").values_list("public_id", flat=True)
    for public_id in newest[:MOST_TAUGHT].iterator(AT_ONCE):
        yield f"/t/{public_id}/"


def topics(community: Community) -> Iterator[tuple[str, date]]:
    """The newest topics and gatherings of a community that the world is told of."""
    rows = open_conversations().filter(community=community).order_by("-started_at", "-pk")[:MOST]
    columns = rows.values_list("kind", "public_id", "see", "title", "last_post_at")
    for kind, public_id, see, title, at in columns.iterator(AT_ONCE):
        yield open_path_of(kind, public_id, see, title), at.date()
