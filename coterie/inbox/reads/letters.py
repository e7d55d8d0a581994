"""What a letter tells, read at the moment in which it is written.

Nothing of it was copied before: what its reader may no longer see by then is not in it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F
from django.db.models.functions import Substr

from coterie.communities.models import Community, Membership
from coterie.communities.reads import hidden_pairs
from coterie.inbox.models import Notification
from coterie.inbox.reads.alerts import FIELDS, worded
from coterie.inbox.reads.levels import levels_of
from coterie.personas import sealed
from coterie.personas.models import Persona
from coterie.personas.viewer import Viewer
from coterie.pure.attention import Desk, Level, Span, folds
from coterie.talk.models import Conversation, Kind, Post, PostState, Voice
from coterie.talk.reads.rows import BEGINNING, beginning

MOST = 40
"""Things in one digest; that there are more is said, and the list has them all."""
TOPICS_EACH = 4
EXCERPT = 200


@dataclass
class Place:
    """What happened in one community, or to the person themselves."""

    name: str
    path: str = ""
    things: list[dict[str, Any]] = field(default_factory=list)
    topics: list[dict[str, Any]] = field(default_factory=list)
    more: int = 0
    """New topics that are not named."""


def alone(persona: Persona) -> Viewer:
    """This persona as it reads by itself, still shut out where its person is."""
    return Viewer((persona,), persona, sealed.owner_of(persona))


def of_one(persona: Persona, notification_id: int) -> list[Place]:
    """The one thing; nothing once it was read or is gone."""
    rows = Notification.objects.of(persona).unread().filter(pk=notification_id)
    return _placed(_things(alone(persona), list(rows.values("pk", *FIELDS))))


def of_span(persona: Persona, desk: Desk, span: Span) -> list[Place]:
    """All that this persona was told in that time and has neither seen nor been called for,
    and what began meanwhile where it is a member."""
    viewer = alone(persona)
    rows = Notification.objects.of(persona).unread()
    told = rows.filter(told_at__gt=span.since, told_at__lte=span.until).order_by("-told_at", "-pk")
    folded = [
        row
        for row in told.values("pk", *FIELDS)
        if folds(desk, span, str(row["pk"]), row["told_at"])
    ]
    return _placed(_things(viewer, folded), _begun(viewer, span))


def count_folded(viewer: Viewer, desk: Desk) -> tuple[int, int]:
    """How many things wait for a digest so far, and from how many communities."""
    rows = Notification.objects.of(viewer).unread().select_related(None)
    waits = [
        place
        for name, pk, told_at, place in rows.order_by("-pk").values_list(
            "persona__public_id", "pk", "told_at", "community_id"
        )[:200]
        if told_at.timestamp() > desk.digested.get(name, 0)
        and desk.fired.get(str(pk)) != told_at.timestamp()
    ]
    return len(waits), len(set(waits))


def _things(viewer: Viewer, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    keys = {
        row["pk"]: (row["persona_id"], row["community_id"], row["conversation_id"]) for row in rows
    }
    levels = levels_of(keys.values())
    rows = [row for row in rows if levels[keys[row["pk"]]] is not Level.MUTE]
    hidden = hidden_pairs(viewer)
    met = [row for row in rows if (row["community_id"], row["actor_id"]) not in hidden]
    said = _said(viewer, {row["post_id"] for row in met if row["post_id"]})
    shown = [row for row in met if row["post_id"] is None or row["post_id"] in said]
    secret = _secret(row["community_id"] for row in shown)
    return [
        _kept_in(row) if row["community_id"] in secret else _open(row, said)
        for row in worded(viewer, shown)
    ]


def _open(row: dict[str, Any], said: dict[int, str]) -> dict[str, Any]:
    return row | {"excerpt": said.get(row["post_id"], "")}


def _kept_in(row: dict[str, Any]) -> dict[str, Any]:
    """Of a secret place neither a title nor a name nor a word goes into a mail."""
    names = row["subject"] and (row["conversation_id"] or row["actor_id"])
    return row | {"excerpt": "", "words": row["subject"] if names else row["words"]}


def _secret(community_ids: Any) -> set[int]:
    found = Community.objects.filter(pk__in={pk for pk in community_ids if pk})
    return {each.pk for each in found if each.privacy == "secret"}


def _said(viewer: Viewer, post_ids: set[int]) -> dict[int, str]:
    """The first words of those of these posts that may be read now."""
    if not post_ids:
        return {}
    posts = Post.objects.visible_to(viewer).filter(pk__in=post_ids, state=PostState.PUBLISHED)
    start = posts.annotate(start=Substr("html", 1, BEGINNING)).values_list("pk", "start")
    return {pk: beginning(html, EXCERPT) for pk, html in start}


def _placed(
    things: list[dict[str, Any]], begun: dict[int, tuple[str, str, list[Any]]] | None = None
) -> list[Place]:
    places: dict[int, Place] = {}
    for thing in things[:MOST]:
        key = thing["community_id"] or 0
        place = places.setdefault(key, Place(thing["community"] or "", thing["community_path"]))
        place.things.append(thing)
    for key, (name, path, topics) in (begun or {}).items():
        place = places.setdefault(key, Place(name, path))
        place.topics = [topic for topic in topics if topic["title"]][:TOPICS_EACH]
        place.more = len(topics) - len(place.topics)
    return list(places.values())


def _begun(viewer: Viewer, span: Span) -> dict[int, tuple[str, str, list[Any]]]:
    """By community, the topics that began and are new to them."""
    seats = Membership.objects.living().of(viewer).exclude(level=Level.MUTE)
    places = {seat.community_id: seat.community for seat in seats.select_related("community")}
    found: Any = Conversation.objects.visible_to(viewer).filter(
        community__in=places,
        kind=Kind.TOPIC,
        last_seq__gt=0,
        unlisted_at=None,
        started_at__gt=span.since,
        started_at__lte=span.until,
    )
    quiet = found.filter(levels__persona__in=viewer.ids, levels__level=Level.MUTE).values("pk")
    new = found.exclude(pk__in=quiet).exclude(started_by__in=viewer.ids)
    rows = list(
        new.with_seen(viewer)
        .filter(last_seq__gt=F("seen"))
        .order_by("-started_at", "-pk")
        .values("public_id", "title", "community_id", "voice", "started_by_id")[:100]
    )
    return _by_place(rows, places, hidden_pairs(viewer))


def _by_place(
    rows: list[dict[str, Any]], places: dict[int, Community], hidden: Collection[tuple[int, int]]
) -> dict[int, tuple[str, str, list[Any]]]:
    topics: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        if row["voice"] != Voice.OWN or (row["community_id"], row["started_by_id"]) not in hidden:
            secret = places[row["community_id"]].privacy == "secret"
            path = f"/t/{row['public_id']}/"
            topics[row["community_id"]].append(
                {"title": "" if secret else row["title"], "path": path}
            )
    return {key: (places[key].name, places[key].path, found) for key, found in topics.items()}
