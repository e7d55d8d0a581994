"""What is new to a reader, over all communities in which they have a seat."""

from __future__ import annotations

from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import (
    BooleanField,
    DateTimeField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce

from coterie.communities import reads as communities_reads
from coterie.communities import rules as communities
from coterie.communities.models import Community, Membership
from coterie.core.pages import Page, cut
from coterie.core.prepared import prepared
from coterie.personas.viewer import Viewer
from coterie.talk.models import CaughtUp, Conversation, Kind, Post, Voice, path_of
from coterie.talk.reads.counting import Reach, count_news
from coterie.talk.reads.faces import face
from coterie.talk.reads.here import Standing, readable, standing, with_seen
from coterie.talk.reads.reader import hidden_voices
from coterie.talk.reads.topics import PAGE, after_cursor, cursor

MOVED_AT_ONCE = 200
COLUMNS = (
    "pk", "public_id", "kind", "title", "last_seq", "last_post_at", "seen", "voice",
    "started_by_id", "started_by__name", "started_by__seed", "started_by__gone",
    "community__name",
)  # fmt: skip


def unread_by_community(viewer: Viewer) -> dict[int, int]:
    """How many conversations hold something new, by community id; one query, none for nobody.

    It looks at the first `LOOKED_AT` that moved since the reader had read all there was, so
    its cost depends neither on how many there are nor on how long somebody was away.
    """
    return count_news(reach_of(viewer)) if communities.seats(viewer) else {}


def reach_of(viewer: Viewer) -> Reach:
    """Where this reader may find news."""
    seats = communities.seats(viewer)
    late = [
        seat.pk
        for place, seat in seats.items()
        if seat.history_from and standing(viewer, place, seat.place_parent_id).above  # type: ignore[attr-defined]
    ]
    hidden = communities_reads.hidden_pairs(viewer)
    return Reach(sorted(seat.pk for seat in seats.values()), sorted(late), sorted(hidden))


def _not_met(viewer: Viewer, seat: Membership) -> tuple[int, ...]:
    pairs = communities_reads.hidden_pairs(viewer)
    return tuple(sorted(who for where, who in pairs if where == seat.community_id))


def moved(viewer: Viewer, community: Community) -> list[tuple[datetime, bool]]:
    """When conversations moved that a member had not caught up with, and which have news."""
    seat = communities.seats(viewer)[community.pk]
    at = standing(viewer, community.pk, community.parent_id)
    rows = _first_moved(_not_met(viewer, seat), seat.pk, *at)
    return [(row["last_post_at"], row["last_seq"] > row["seen"] and row["met"]) for row in rows]


@prepared
def _first_moved(*asked: Any) -> Any:
    return _in_order(*asked).values("last_post_at", "last_seq", "seen", "met")[:MOVED_AT_ONCE]


def _in_order(hidden: tuple[int, ...], seat: int, *at: Any) -> Any:
    place = Standing(*at)
    met: Any = Value(True, output_field=BooleanField())
    found = with_seen(moved_since(seat, place), place)
    if hidden:
        found = found.exclude(voice=Voice.OWN, started_by__in=hidden)
        said = Post.objects.filter(conversation=OuterRef("pk"), seq__gt=OuterRef("seen"))
        met = Exists(said.exclude(hidden_voices(hidden)))
    return found.annotate(met=met).order_by("last_post_at")


def moved_since(seat: int, at: Standing) -> QuerySet[Conversation]:
    """What may hold something new for this seat, in the order in which it was added to."""
    until = CaughtUp.objects.filter(seat=seat).values("until")
    joined = Value(at.joined_at, output_field=DateTimeField())
    listed = readable(at).filter(unlisted_at=None, archived_at=None)
    return listed.filter(last_post_at__gt=Coalesce(Subquery(until), joined))


def unread_topics(viewer: Viewer, after: str = "") -> Page[dict[str, Any]]:
    """The topics and rooms with something new, wherever they are, newest first."""
    if not communities.seats(viewer):
        return Page([])
    found = after_cursor(_news(viewer), after).order_by("-last_post_at", "-pk")
    rows = list(found.values(*COLUMNS)[: PAGE + 1])
    page = cut(rows, PAGE, cursor(rows[PAGE - 1]) if len(rows) > PAGE else "")
    return Page([_topic(row) for row in page.rows], page.after)


def _news(viewer: Viewer) -> QuerySet[Conversation]:
    here = [*communities.seats(viewer)]
    mine = Conversation.objects.listed().visible_to(viewer).filter(community__in=here)
    told: QuerySet[Conversation] = mine.with_seen(viewer)
    news = told.filter(last_seq__gt=F("seen"))
    pairs = communities_reads.hidden_pairs(viewer)
    if not pairs:
        return news
    began = (Q(community=where, started_by=who) for where, who in pairs)
    said = (Q(conversation__community=where, persona=who) for where, who in pairs)
    heard = Post.objects.filter(conversation=OuterRef("pk"), seq__gt=OuterRef("seen"))
    return news.exclude(reduce(or_, began), voice=Voice.OWN).filter(
        Exists(heard.exclude(reduce(or_, said), voice=Voice.OWN))
    )


def _topic(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "path": path_of(row["kind"], row["public_id"]),
        "room": row["kind"] == Kind.ROOM,
        "title": row["title"],
        "starter": face(row, who="started_by"),
        "replies": max(row["last_seq"] - 1, 0),
        "last_post_at": row["last_post_at"],
        "unread": row["last_seq"] - row["seen"],
        "community": row["community__name"],
    }
