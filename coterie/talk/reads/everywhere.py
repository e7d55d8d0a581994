"""Reading in all communities at once, when the reader's seats are known already.

`here` says it of one community; `Post.objects.visible_to` asks the database who has which
seat, for every row. A test keeps all of them equal for everybody.
"""

from __future__ import annotations

from datetime import datetime
from functools import reduce
from operator import or_
from typing import NamedTuple

from django.db.models import DateTimeField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.lookups import GreaterThanOrEqual

from coterie.communities import rules as communities
from coterie.communities.models import Ban, CircleMember, Membership, SeenBy
from coterie.personas.models import Persona
from coterie.personas.viewer import Viewer, ids_of
from coterie.talk.models import Conversation, Kind, Post, PostState
from coterie.talk.models.post import SAID_AT


class Reach(NamedTuple):
    """What a reader has seats in."""

    ids: tuple[int, ...]
    seats: tuple[int, ...]
    since: tuple[tuple[int, datetime | None], ...]
    """Each community, and the moment before which nothing there is theirs to read."""
    kept: tuple[int, ...]
    """Communities in which they keep order."""
    shut_out: tuple[int, ...]
    """Communities below theirs from which they are banned."""

    @property
    def places(self) -> tuple[int, ...]:
        return tuple(place for place, _since in self.since)


def reach(who: Viewer | Persona | None) -> Reach:
    """How far this person sees; a query only for seats and bans, once per viewer."""
    seats = sorted(communities.seats(who).items())
    return Reach(
        tuple(sorted(ids_of(who))),
        tuple(seat.pk for _place, seat in seats),
        tuple((place, seat.history_from) for place, seat in seats),
        tuple(place for place, seat in seats if seat.may(Membership.Duty.TALK)),
        tuple(sorted(Ban.objects.shutting_out(who))) if seats else (),
    )


def conversations(at: Reach, *, said: OuterRef | None = None) -> QuerySet[Conversation]:
    """Those that this reader may read, wherever they are.

    With `said`, the moment of a post, those of which they may read that post.
    """
    in_circle = CircleMember.objects.filter(membership__in=at.seats).values("circle_id")
    return Conversation.objects.filter(
        Q(see=SeenBy.EVERYONE) | _from_above(at, said) | _inside(at, said),
        Q(last_seq__gt=0) | Q(kind=Kind.ROOM) | _in_the_making(at),
        Q(arriving=False),
        Q(circle=None) | Q(circle__in=in_circle),
    )


def posts(at: Reach) -> QuerySet[Post]:
    """What this reader may read and is out, or held where they may see that."""
    home = conversations(at, said=OuterRef("moment")).filter(pk=OuterRef("conversation"))
    mine = Q(conversation__community__in=at.places)
    shown = Q(seq__isnull=False) | Q(conversation__community__in=at.kept)
    shown |= mine & Q(persona__in=at.ids)
    shown |= mine & Q(state=PostState.PUBLISHED, aside_with__in=at.ids)
    told = Post.objects.alias(moment=SAID_AT)
    return told.filter(Exists(home), shown, state__in=Post.LIVING)


def _inside(at: Reach, said: OuterRef | None) -> Q:
    shared = Q(community__in=at.places, history_shared=True)
    return _reaching(at, "community", said) | shared


def _from_above(at: Reach, said: OuterRef | None) -> Q:
    above = _reaching(at, "community__parent", said)
    return Q(above, ~Q(community__in=at.shut_out), see=SeenBy.PARENT)


def _reaching(at: Reach, place: str, said: OuterRef | None) -> Q:
    """What a seat in this place reaches: a room as far back as the seat, all else as it began."""
    whole = Q(**{f"{place}__in": [where for where, since in at.since if since is None]})
    late = [
        Q(Q(started_at__gte=since) | _room_since(since, said), **{place: where})
        for where, since in at.since
        if since
    ]
    return reduce(or_, late, whole)


def _room_since(since: datetime, said: OuterRef | None) -> Q:
    if said is None:
        return Q(kind=Kind.ROOM)
    seen = GreaterThanOrEqual(said, Value(since, output_field=DateTimeField()))
    return Q(seen, kind=Kind.ROOM)


def _in_the_making(at: Reach) -> Q:
    """Nothing is published yet: its author's and the hosts' only, while anything is in it."""
    there = Post.objects.filter(conversation=OuterRef("pk"))
    mine = Q(community__in=at.places, started_by__in=at.ids)
    kept = Q(Exists(there.filter(state__in=Post.LIVING)), community__in=at.kept)
    return Q(Exists(there.filter(state__in=Post.SAID))) & mine | kept
