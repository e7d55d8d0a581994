"""The topics of a community: the pinned ones, then a keyset page of the rest."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When
from django.db.models.functions import Substr

from coterie.communities.models import Community
from coterie.core.pages import Page, cut
from coterie.core.prepared import prepared
from coterie.personas.viewer import Viewer
from coterie.talk.models import Conversation, Post, PostState, Voice
from coterie.talk.reads.faces import FIELDS, face
from coterie.talk.reads.here import Standing, readable, standing, with_seen
from coterie.talk.reads.reader import hidden_ids, hidden_voices, put_away
from coterie.talk.reads.rows import BEGINNING, beginning

PAGE = 25
PINNED = 10
MOST_COUNTED = 100
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)

COLUMNS = (
    "pk", "public_id", "community_id", "title", "last_seq", "last_post_at", "locked_at",
    "pinned_at", "voice", "aside_with_id", "seen", "started_by_id", "started_by__name",
    "started_by__seed", "started_by__gone",
)  # fmt: skip

type Ids = tuple[int, ...]
type Pairs = Collection[tuple[int, int]]
"""Community and persona, as `communities.reads.hidden_pairs` tells them."""


def topics(viewer: Viewer, community: Community, after: str = "") -> Page[dict[str, Any]]:
    """Rows of the topic list; the first page begins with what the hosts pinned."""
    hidden = tuple(sorted(hidden_ids(viewer, community)))
    at = standing(viewer, community.pk, community.parent_id)
    moment, this = split_cursor(after)
    first = [] if moment else _pinned(hidden, *at)
    found = _older(hidden, moment, this, *at) if moment else _newest(hidden, *at)
    page = cut(found, PAGE, cursor(found[PAGE - 1]) if len(found) > PAGE else "")
    rows = [*first, *page.rows]
    return Page(_told(rows, hidden, viewer, {(community.pk, who) for who in hidden}), page.after)


def _topics(hidden: Ids, at: Standing) -> QuerySet[Conversation]:
    unsent = Post.objects.filter(conversation=OuterRef("pk"), state=PostState.SCHEDULED)
    # Asked only of what is not out at all: of the few that its author or a host sees.
    scheduled = Case(When(last_seq=0, then=Exists(unsent)), default=False)
    here = readable(at).filter(kind="topic").annotate(scheduled=scheduled)
    return here.exclude(voice=Voice.OWN, started_by__in=hidden) if hidden else here


@prepared
def _pinned(hidden: Ids, *at: Any) -> Any:
    place = Standing(*at)
    pinned = _topics(hidden, place).filter(pinned_at__isnull=False).order_by("-pinned_at")
    return with_seen(pinned, place).values(*COLUMNS, "scheduled")[:PINNED]


@prepared
def _newest(hidden: Ids, *at: Any) -> Any:
    return _loose(hidden, Standing(*at))


@prepared
def _older(hidden: Ids, moment: datetime, this: str, *at: Any) -> Any:
    return _loose(hidden, Standing(*at), _behind(moment, this))


def _loose(hidden: Ids, at: Standing, behind: Q | None = None) -> Any:
    loose = _topics(hidden, at).filter(behind or Q(), pinned_at=None)
    ordered = loose.order_by("-last_post_at", "-pk")
    return with_seen(ordered, at).values(*COLUMNS, "scheduled")[: PAGE + 1]


def cursor(row: dict[str, Any]) -> str:
    """Where the next page begins: a moment, and which of those of that moment."""
    return f"{(row['last_post_at'] - EPOCH) // MICROSECOND:x}-{row['public_id']}"


def split_cursor(after: str) -> tuple[datetime | None, str]:
    """The moment and the public id of a cursor; no moment where it is none of ours."""
    moment, _dash, public_id = after.partition("-")
    try:
        return EPOCH + int(moment, 16) * MICROSECOND, public_id
    except (ValueError, OverflowError):
        return None, ""


def after_cursor(found: QuerySet[Conversation], after: str) -> QuerySet[Conversation]:
    moment, public_id = split_cursor(after)
    return found.filter(_behind(moment, public_id)) if moment else found


def _behind(moment: datetime, public_id: str) -> Q:
    this = Conversation.objects.filter(public_id=public_id).values("pk")[:1]
    return Q(last_post_at__lt=moment) | Q(last_post_at=moment, pk__lt=this)


def _told(
    rows: list[dict[str, Any]], hidden: Ids, viewer: Viewer, pairs: Pairs
) -> list[dict[str, Any]]:
    latest = last_posts(rows, hidden, viewer)
    unread = unread_counts(rows, pairs)
    return [_topic(row, latest.get(row["pk"]), unread[row["pk"]]) for row in rows]


def last_posts(
    rows: list[dict[str, Any]], hidden: Ids, viewer: Viewer
) -> dict[int, dict[str, Any]]:
    """The newest post of each conversation, as far as this reader meets it."""
    last = _last_posts(tuple(row["pk"] for row in rows), hidden, tuple(sorted(viewer.ids)))
    return {row["conversation_id"]: row for row in last}


@prepared
def _last_posts(conversations: Ids, hidden: Ids, ids: Ids) -> Any:
    last = Q(seq=F("conversation__last_seq"))
    found = Post.objects.filter(last, conversation__in=conversations)
    met = found.exclude(hidden_voices(hidden)).exclude(pk__in=put_away(ids))
    shown = met.annotate(beginning=Substr("html", 1, BEGINNING))
    return shown.values("conversation_id", "seq", "state", "beginning", *FIELDS)


def unread_counts(rows: list[dict[str, Any]], hidden: Pairs) -> dict[int, int]:
    """New posts of each, without those of people whom this reader does not meet there."""
    counts = {row["pk"]: max(row["last_seq"] - row["seen"], 0) for row in rows}
    news = {row["pk"]: row for row in rows if counts[row["pk"]]}
    if not news or not hidden:
        return counts
    since = {pk: max(row["seen"], row["last_seq"] - MOST_COUNTED) for pk, row in news.items()}
    counts |= {pk: row["last_seq"] - since[pk] for pk, row in news.items()}
    people = tuple(sorted({who for _where, who in hidden}))
    for pk, seq, who in _said_by(people, tuple(news), min(since.values())):
        counts[pk] -= seq > since[pk] and (news[pk]["community_id"], who) in hidden
    return counts


@prepared
def _said_by(people: Ids, conversations: Ids, since: int) -> Any:
    said = Post.objects.filter(persona__in=people, conversation__in=conversations)
    return said.filter(seq__gt=since, voice=Voice.OWN).values_list(
        "conversation_id", "seq", "persona_id"
    )


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
        "waits": not row["last_seq"] and row["aside_with_id"] is None and not row["scheduled"],
        "scheduled": bool(row["scheduled"]),
        "aside": row["aside_with_id"] is not None,
    }
