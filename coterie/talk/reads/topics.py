"""The topics of a community: the pinned ones, then a keyset page of the rest."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Substr

from coterie.communities.models import Community
from coterie.core.pages import Page, cut
from coterie.personas.viewer import Viewer
from coterie.talk.models import Conversation, Post, Voice
from coterie.talk.reads.faces import FIELDS, face
from coterie.talk.reads.reader import NOBODY, hidden_ids, hidden_voices, put_away
from coterie.talk.reads.rows import BEGINNING, beginning

PAGE = 25
PINNED = 10
MOST_COUNTED = 100
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)

COLUMNS = (
    "pk", "public_id", "title", "last_seq", "last_post_at", "locked_at", "pinned_at", "voice",
    "aside_with_id", "seen", "started_by_id", "started_by__name", "started_by__seed",
    "started_by__gone",
)  # fmt: skip


def topics(viewer: Viewer, community: Community, after: str = "") -> Page[dict[str, Any]]:
    """Rows of the topic list; the first page begins with what the hosts pinned."""
    hidden = hidden_ids(viewer, community)
    here = Conversation.objects.visible_to(viewer).filter(community=community, kind="topic")
    if hidden:
        here = here.exclude(voice=Voice.OWN, started_by__in=hidden)
    pinned = here.filter(pinned_at__isnull=False).order_by("-pinned_at")[:PINNED]
    first = [] if after else list(_with_columns(pinned, viewer))
    loose = after_cursor(here.filter(pinned_at=None), after).order_by("-last_post_at", "-pk")
    found = list(_with_columns(loose[: PAGE + 1], viewer))
    page = cut(found, PAGE, cursor(found[PAGE - 1]) if len(found) > PAGE else "")
    rows = [*first, *page.rows]
    return Page(_told(rows, hidden_voices(hidden), viewer), page.after)


def _with_columns(found: QuerySet[Conversation], viewer: Viewer) -> Any:
    return found.with_seen(viewer).values(*COLUMNS)  # type: ignore[attr-defined]


def cursor(row: dict[str, Any]) -> str:
    """Where the next page begins: a moment, and which of those of that moment."""
    return f"{(row['last_post_at'] - EPOCH) // MICROSECOND:x}-{row['public_id']}"


def after_cursor(found: QuerySet[Conversation], after: str) -> QuerySet[Conversation]:
    moment, _dash, public_id = after.partition("-")
    try:
        at = EPOCH + int(moment, 16) * MICROSECOND
    except (ValueError, OverflowError):
        return found
    this = Conversation.objects.filter(public_id=public_id).values("pk")[:1]
    return found.filter(Q(last_post_at__lt=at) | Q(last_post_at=at, pk__lt=this))


def _told(rows: list[dict[str, Any]], hidden: Q, viewer: Viewer) -> list[dict[str, Any]]:
    latest = _last_posts(rows, hidden, viewer)
    unread = unread_counts(rows, hidden)
    return [_topic(row, latest.get(row["pk"]), unread[row["pk"]]) for row in rows]


def _last_posts(rows: list[dict[str, Any]], hidden: Q, viewer: Viewer) -> dict[int, dict[str, Any]]:
    last = Q(seq=F("conversation__last_seq"))
    found = Post.objects.filter(last, conversation__in=[row["pk"] for row in rows])
    met = found.exclude(hidden).exclude(pk__in=put_away(viewer))
    shown = met.annotate(beginning=Substr("html", 1, BEGINNING))
    return {
        row["conversation_id"]: row
        for row in shown.values("conversation_id", "seq", "state", "beginning", *FIELDS)
    }


def unread_counts(rows: list[dict[str, Any]], hidden: Q) -> dict[int, int]:
    """New posts of each; counted one by one only where this reader does not meet somebody."""
    counts = {row["pk"]: max(row["last_seq"] - row["seen"], 0) for row in rows}
    news = [row for row in rows if counts[row["pk"]]]
    if not news or hidden is NOBODY:
        return counts
    ranges = NOBODY
    for row in news:
        since = max(row["seen"], row["last_seq"] - MOST_COUNTED)
        ranges |= Q(conversation=row["pk"], seq__gt=since)
    met = Post.objects.filter(ranges).exclude(hidden).values("conversation_id")
    counted = {row["conversation_id"]: row["n"] for row in met.annotate(n=Count("pk"))}
    return counts | {row["pk"]: counted.get(row["pk"], 0) for row in news}


def _topic(row: dict[str, Any], last: dict[str, Any] | None, unread: int) -> dict[str, Any]:
    told = last is not None and last["seq"] > 1 and bool(last["beginning"])
    return {
        "public_id": row["public_id"],
        "path": f"/t/{row['public_id']}/",
        "title": row["title"],
        "starter": face(row, who="started_by"),
        "replies": max(row["last_seq"] - 1, 0),
        "last_post_at": row["last_post_at"],
        "last_by": face(last) if told and last else None,
        "excerpt": beginning(last["beginning"]) if last else "",
        "unread": unread,
        "pinned": row["pinned_at"] is not None,
        "locked": row["locked_at"] is not None,
        "waits": not row["last_seq"] and row["aside_with_id"] is None,
        "aside": row["aside_with_id"] is not None,
    }
