"""One room: a page of its posts around a place, drawn together by who speaks and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from coterie.personas.viewer import Viewer
from coterie.talk import reads as talk
from coterie.talk.models import Conversation
from coterie.talk.reads.pages import (
    THE_END,
    THE_START,
    Place,
    Shown,
    backwards,
    find_place,
    forwards,
    place_of,
)
from coterie.talk.reads.reader import hidden_ids
from coterie.talk.reads.rows import tell
from coterie.talk.reads.topic import shown_to

TOGETHER = timedelta(minutes=5)
"""Words of one mouth within so long need not say again whose they are."""


@dataclass(frozen=True)
class RoomPage:
    """Posts in their order, the posts to page on from, and where the news begins."""

    posts: list[dict[str, Any]]
    before: str
    after: str
    read_seq: int
    """How far somebody has read who was shown this."""
    first_new: str
    since: datetime | None
    """From when on this reader reads it, if that is not its beginning."""


def room(
    viewer: Viewer,
    conversation: Conversation,
    *,
    before: str = "",
    after: str = "",
    at: str = "",
    newest: bool = False,
) -> RoomPage:
    """A page of posts: before, after or around one of them, the newest, or the first new ones.

    `conversation` comes from `with_seen`.
    """
    hidden = hidden_ids(viewer, conversation.community)
    shown = shown_to(viewer, conversation, hidden)
    place = find_place(shown, before or after or at) if before or after or at else None
    seen: int = conversation.seen  # type: ignore[attr-defined]
    if place is None and not newest and 0 < seen < conversation.last_seq:
        place, at = (seen + 1, 0, 0), "the first new one"
    rows, back, on = _window(shown, place, before, at)
    highest = max((row["seq"] or 0 for row in rows), default=0)
    news = next((row["public_id"] for row in rows if row["seq"] and row["seq"] > seen), "")
    return RoomPage(
        posts=_drawn_together(tell(rows, viewer, conversation, hidden)),
        before=rows[0]["public_id"] if rows and back else "",
        after=rows[-1]["public_id"] if rows and on else "",
        read_seq=highest if on else conversation.last_seq,
        first_new=news if seen and _begins(rows, seen, back=back) else "",
        since=shown.since,
    )


def _begins(rows: list[dict[str, Any]], seen: int, *, back: bool) -> bool:
    """Whether the news begins on this page, and not on one before it."""
    return not back or any(row["seq"] and row["seq"] <= seen for row in rows)


def _window(
    shown: Shown, place: Place | None, before: str, at: str
) -> tuple[list[dict[str, Any]], bool, bool]:
    """Rows, whether some come before, whether more follow."""
    if place is None:
        rows, back = backwards(shown, THE_END, far=True)
        return rows, back, False
    if before:
        rows, back = backwards(shown, place, far=True)
        return rows, back, True
    if not at:
        rows, on = forwards(shown, place, far=True)
        return rows, True, on
    above, back = backwards(shown, place)
    below, on = forwards(shown, place_of(above[-1]) if above else THE_START)
    return [*above, *below], back, on


def _drawn_together(posts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each post knows whether it goes on where the one above it stopped, or a day begins."""
    for post in posts[:1]:
        post |= {"same": False, "day": timezone.localtime(post["at"]).date()}
    for earlier, post in pairwise(posts):
        day = timezone.localtime(post["at"]).date()
        soon = post["at"] - earlier["at"] < TOGETHER
        new_day = day != timezone.localtime(earlier["at"]).date()
        same = bool(post["talker"]) and post["talker"] == earlier["talker"]
        same = same and soon and not new_day and post["own"] == earlier["own"]
        post |= {"same": same, "day": day if new_day else None}
    return posts


def readers(viewer: Viewer, conversation: Conversation) -> str:
    """In words, who reads this room."""
    if conversation.circle_id:
        return _("Read by the hosts, and by nobody else.")
    return talk.read_by(viewer, conversation.community, conversation.see)
