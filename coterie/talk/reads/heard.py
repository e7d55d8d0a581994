"""What was said in a community since a moment, and who is in it: for lists that are open."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import F

from coterie.communities.models import Community, SeenBy
from coterie.personas.viewer import Viewer
from coterie.talk.models import Kind, Post
from coterie.talk.reads.reader import hidden_ids
from coterie.talk.reads.since import marks
from coterie.talk.reads.topics import EPOCH, MICROSECOND

AT_ONCE = 100


class Heard(NamedTuple):
    """That a post came out."""

    about: frozenset[str]
    said_at: datetime | None
    """Whoever came later than this does not find it in their list; nothing where everybody does."""
    tick: int


def tick(moment: datetime) -> int:
    """A moment as a number that only grows."""
    return (moment - EPOCH) // MICROSECOND


def heard_in(community_id: int, since: int, kinds: tuple[str, ...]) -> list[Heard]:
    """The posts that came out after this tick, in conversations of these kinds."""
    moment = EPOCH + since * MICROSECOND
    found = Post.objects.filter(
        conversation__community=community_id,
        conversation__last_post_at__gt=moment,
        conversation__kind__in=kinds,
        published_at__gt=moment,
        seq__isnull=False,
        brought=False,
    )
    rows = found.order_by("-published_at").values(
        "pk", "voice", "persona_id", "published_at",
        kind=F("conversation__kind"), see=F("conversation__see"),
        began=F("conversation__started_at"), shared=F("conversation__history_shared"),
        opened_as=F("conversation__voice"), opened_by=F("conversation__started_by_id"),
    )  # fmt: skip
    return [_heard(dict(row)) for row in rows[:AT_ONCE]]


def _heard(row: dict[str, Any]) -> Heard:
    """It is in nobody's list who does not meet who spoke, or who started what it was said in."""
    about = marks(row["pk"], row["voice"], row["persona_id"])
    about |= marks(None, row["opened_as"], row["opened_by"])
    moment = row["published_at"] if row["kind"] == Kind.ROOM else row["began"]
    for_all = row["see"] == SeenBy.EVERYONE or row["shared"]
    return Heard(about, None if for_all else moment, tick(row["published_at"]))


def people_away(viewer: Viewer, community: Community) -> frozenset[str]:
    """By these marks, whom this reader does not meet there."""
    return frozenset(f"persona:{pk}" for pk in hidden_ids(viewer, community))
