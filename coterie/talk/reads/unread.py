"""What is new to a reader, over all communities in which they have a seat."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Exists, F, OuterRef, QuerySet

from coterie.communities import rules as communities
from coterie.communities.models import Block, Membership, Mute
from coterie.core.pages import Page, cut
from coterie.personas.viewer import Viewer
from coterie.talk.models import Conversation, Post, Voice
from coterie.talk.reads.faces import face
from coterie.talk.reads.topics import PAGE, after_cursor, cursor

COLUMNS = (
    "pk", "public_id", "title", "last_seq", "last_post_at", "seen", "voice",
    "started_by_id", "started_by__name", "started_by__seed", "started_by__gone",
    "community__name",
)  # fmt: skip


def unread_by_community(viewer: Viewer) -> dict[int, int]:
    """How many conversations hold something new, by community id; one query, none for nobody."""
    if not communities.seats(viewer):
        return {}
    counted = _news(viewer).order_by().values("community_id").annotate(n=Count("pk"))
    return {row["community_id"]: row["n"] for row in counted}


def unread_topics(viewer: Viewer, after: str = "") -> Page[dict[str, Any]]:
    """The topics with something new, wherever they are, newest first."""
    if not communities.seats(viewer):
        return Page([])
    found = after_cursor(_news(viewer).filter(kind="topic"), after).order_by("-last_post_at", "-pk")
    rows = list(found.values(*COLUMNS)[: PAGE + 1])
    page = cut(rows, PAGE, cursor(rows[PAGE - 1]) if len(rows) > PAGE else "")
    return Page([_topic(row) for row in page.rows], page.after)


def _news(viewer: Viewer) -> QuerySet[Conversation]:
    here = [*communities.seats(viewer)]
    mine = Conversation.objects.visible_to(viewer).filter(community__in=here)
    told: QuerySet[Conversation] = mine.with_seen(viewer)
    news = told.filter(last_seq__gt=F("seen"))
    hidden = _hidden_people(viewer)
    if not hidden:
        return news
    people = Membership.objects.filter(nullifier__in=hidden, community=OuterRef("community"))
    starter = people.filter(persona=OuterRef("started_by"))
    author = Membership.objects.filter(
        nullifier__in=hidden,
        community=OuterRef("conversation__community"),
        persona=OuterRef("persona"),
    )
    met = Post.objects.filter(conversation=OuterRef("pk"), seq__gt=OuterRef("seen"))
    return news.exclude(Exists(starter), voice=Voice.OWN).filter(
        Exists(met.exclude(Exists(author), voice=Voice.OWN))
    )


def _hidden_people(viewer: Viewer) -> set[str]:
    """The nullifiers of all whom this reader does not meet, each in its own community."""
    me = [place.nullifier for place in communities.seats(viewer).values()]
    blocking = Block.objects.filter(blocker__nullifier__in=me).values_list("blocked__nullifier")
    blocked = Block.objects.filter(blocked__nullifier__in=me).values_list("blocker__nullifier")
    muted = Mute.objects.filter(muter__nullifier__in=me).values_list("muted__nullifier")
    return {nullifier for (nullifier,) in blocking.union(blocked, muted)}


def _topic(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "path": f"/t/{row['public_id']}/",
        "title": row["title"],
        "starter": face(row, who="started_by"),
        "replies": max(row["last_seq"] - 1, 0),
        "last_post_at": row["last_post_at"],
        "unread": row["last_seq"] - row["seen"],
        "community": row["community__name"],
    }
