"""The topics of a community: the pinned ones, then a keyset page of the rest."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When
from django.db.models.functions import Substr

from coterie.communities.models import Community
from coterie.core.pages import Page, cut
from coterie.core.prepared import prepared
from coterie.personas.viewer import Viewer
from coterie.talk.models import (
    Conversation,
    Post,
    PostState,
    Tagging,
    Voice,
    open_path_of,
    tag_path,
)
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
    "pinned_at", "archived_at", "unlisted_at", "started_at", "tagged", "voice", "aside_with_id",
    "kind", "see",
    "seen", "started_by_id", "started_by__name",
    "started_by__seed", "started_by__gone",
)  # fmt: skip

type Ids = tuple[int, ...]
type Pairs = Collection[tuple[int, int]]
"""Community and persona, as `communities.reads.hidden_pairs` tells them."""


class Wish(NamedTuple):
    """Which topics somebody wants to see, and in which order; no words, so that it is a shape."""

    newest: bool = False
    """By when they began, not by when they were last added to."""
    unanswered: bool = False
    archived: bool = False
    unlisted: bool = False
    """Those that the hosts keep out of the list."""


def topics(
    viewer: Viewer,
    community: Community,
    after: str = "",
    *,
    wish: Wish = Wish(),  # noqa: B008 - a tuple
    tag: int | None = None,
) -> Page[dict[str, Any]]:
    """Rows of the topic list; its first page begins with what the hosts pinned."""
    hidden = tuple(sorted(hidden_ids(viewer, community)))
    at = standing(viewer, community.pk, community.parent_id)
    moment, this = split_cursor(after)
    apart = wish == Wish() and tag is None
    first = _pinned(hidden, *at) if apart and moment is None else []
    found = _page(hidden, apart, tag, *wish, moment, this if moment else None, *at)
    field = "started_at" if wish.newest else "last_post_at"
    page = cut(found, PAGE, cursor(found[PAGE - 1], field) if len(found) > PAGE else "")
    rows = [*first, *page.rows]
    pairs = {(community.pk, who) for who in hidden}
    told = _told(rows, hidden, viewer, pairs, community.path)
    for row in told[len(first) :]:
        row["pinned"] = False  # in another order it stands where that puts it
    return Page(told, page.after)


def listed(hidden: Ids, at: Standing) -> QuerySet[Conversation]:
    """The topics of a community that this reader may read, less those whose starters they avoid."""
    here = readable(at).filter(kind="topic")
    return here.exclude(voice=Voice.OWN, started_by__in=hidden) if hidden else here


def _topics(hidden: Ids, at: Standing) -> QuerySet[Conversation]:
    unsent = Post.objects.filter(conversation=OuterRef("pk"), state=PostState.SCHEDULED)
    # Asked only of what is not out at all: of the few that its author or a host sees.
    scheduled = Case(When(last_seq=0, then=Exists(unsent)), default=False)
    return listed(hidden, at).annotate(scheduled=scheduled)


@prepared
def _pinned(hidden: Ids, *at: Any) -> Any:
    place = Standing(*at)
    pinned = _topics(hidden, place).filter(pinned_at__isnull=False, archived_at=None)
    ordered = pinned.filter(unlisted_at=None).order_by("-pinned_at")
    return with_seen(ordered, place).values(*COLUMNS, "scheduled")[:PINNED]


@prepared
def _page(
    hidden: Ids,
    apart: bool,
    tag: int | None,
    newest: bool,
    unanswered: bool,
    archived: bool,
    unlisted: bool,
    moment: datetime | None,
    this: str | None,
    *at: Any,
) -> Any:
    place, field = Standing(*at), "started_at" if newest else "last_post_at"
    found = _topics(hidden, place).filter(
        archived_at__isnull=not archived, unlisted_at__isnull=not unlisted
    )
    if apart:
        found = found.filter(pinned_at=None)
    if unanswered:
        found = found.filter(last_seq=1)
    if tag is not None:
        found = found.filter(pk__in=Tagging.objects.filter(tag=tag).values("conversation"))
    if moment is not None and this is not None:
        found = found.filter(_behind(moment, this, field))
    ordered = found.order_by(f"-{field}", "-pk")
    return with_seen(ordered, place).values(*COLUMNS, "scheduled")[: PAGE + 1]


def cursor(row: dict[str, Any], field: str = "last_post_at") -> str:
    """Where the next page begins: a moment, and which of those of that moment."""
    return f"{(row[field] - EPOCH) // MICROSECOND:x}-{row['public_id']}"


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


def _behind(moment: datetime, public_id: str, field: str = "last_post_at") -> Q:
    this = Conversation.objects.filter(public_id=public_id).values("pk")[:1]
    return Q(**{f"{field}__lt": moment}) | Q(**{field: moment, "pk__lt": this})


def _told(
    rows: list[dict[str, Any]], hidden: Ids, viewer: Viewer, pairs: Pairs, place: str
) -> list[dict[str, Any]]:
    latest = last_posts(rows, hidden, viewer)
    unread = unread_counts(rows, pairs)
    return [
        _topic(row, latest.get(row["pk"]), unread[row["pk"]])
        | {"tags": tag_links(place, row["tagged"])}
        for row in rows
    ]


def tag_links(place: str, words: Collection[str]) -> list[tuple[str, str]]:
    """Each tag and where its topics are; `place` is the path of the community."""
    return [(word, tag_path(place, word)) for word in words]


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
        "path": open_path_of(row["kind"], row["public_id"], row["see"], row["title"]),
        "title": row["title"],
        "starter": face(row, who="started_by"),
        "replies": max(row["last_seq"] - 1, 0),
        "last_post_at": row["last_post_at"],
        "last_by": face(last) if told and last else None,
        "excerpt": beginning(last["beginning"]) if last else "",
        "unread": unread,
        "pinned": row["pinned_at"] is not None,
        "locked": row["locked_at"] is not None,
        "archived": row["archived_at"] is not None,
        "unlisted": row["unlisted_at"] is not None,
        "waits": not row["last_seq"] and row["aside_with_id"] is None and not row["scheduled"],
        "scheduled": bool(row["scheduled"]),
        "aside": row["aside_with_id"] is not None,
    }
