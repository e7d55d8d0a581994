"""Reading inside one community, when the reader's seats are known already.

`Conversation.objects.visible_to` asks the database who has which seat, for every row;
here that stands in memory and only its outcome goes into the query. A test keeps both
equal for everybody and every community.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest

from coterie.communities import rules as communities
from coterie.communities.models import Ban, CircleMember, Membership, SeenBy
from coterie.personas.models import Persona
from coterie.personas.viewer import Viewer, ids_of
from coterie.talk.models import Conversation, Kind, Post, ReadingPosition


class Standing(NamedTuple):
    """How a reader stands to one community."""

    community_id: int
    ids: tuple[int, ...]
    """All personas of this sign-in, where it matters which conversations they started."""
    me: int | None
    """The one that has a seat here."""
    joined_at: datetime | None
    since: datetime | None
    """What began before is not theirs to read; None where all is."""
    above: bool
    """A member of the parent, whom no ban here shuts out."""
    above_since: datetime | None
    keeps: bool
    """Keeps order in what is said here."""
    seats: tuple[int, ...]


def standing(
    who: Viewer | Persona | None, community_id: int, parent_id: int | None = None
) -> Standing:
    """Where this person stands; a query only for bans, and only for members of the parent."""
    seats = communities.seats(who)
    here, above = seats.get(community_id), seats.get(parent_id or 0)
    if above and community_id in Ban.objects.shutting_out(who):
        above = None
    keeps = here is not None and here.may(Membership.Duty.TALK)
    return Standing(
        community_id,
        tuple(sorted(ids_of(who))) if here else (),
        here.persona_id if here else None,
        here.joined_at if here else None,
        here.history_from if here else None,
        above is not None,
        above.history_from if above else None,
        keeps,
        tuple(sorted(seat.pk for seat in seats.values())),
    )


def readable(at: Standing) -> QuerySet[Conversation]:
    """The conversations of this community that this reader may read."""
    shown = Q(see=SeenBy.EVERYONE)
    room = Q(kind=Kind.ROOM)
    if at.above:
        shown |= Q(_since(at.above_since) | room, see=SeenBy.PARENT)
    if at.me is not None:
        shown |= _since(at.since) | room | Q(history_shared=True)
    in_circle = CircleMember.objects.filter(membership__in=at.seats).values("circle_id")
    return Conversation.objects.filter(
        shown,
        Q(last_seq__gt=0) | Q(kind=Kind.ROOM) | _in_the_making(at),
        Q(arriving=False),
        Q(circle=None) | Q(circle__in=in_circle),
        community=at.community_id,
    )


def _since(moment: datetime | None) -> Q:
    return Q(pk__isnull=False) if moment is None else Q(started_at__gte=moment)


def _in_the_making(at: Standing) -> Q:
    """Nothing is published yet: its author's and the hosts' only, while anything is in it."""
    if at.me is None:
        return Q(pk__in=())
    posts = Post.objects.filter(conversation=OuterRef("pk"))
    mine = Q(Exists(posts.filter(state__in=Post.SAID)), started_by__in=at.ids)
    return mine | Q(Exists(posts.filter(state__in=Post.LIVING))) if at.keeps else mine


def with_seen(found: QuerySet[Conversation], at: Standing) -> QuerySet[Conversation]:
    """As `ConversationQuerySet.with_seen`: nothing up to `seen` is new to this reader."""
    if at.me is None:
        return found.annotate(seen=F("last_seq"))
    position = ReadingPosition.objects.filter(
        conversation=OuterRef("pk"), epoch=OuterRef("epoch"), persona=at.me
    )
    first_news = Post.objects.filter(
        conversation=OuterRef("pk"),
        seq__isnull=False,
        brought=False,
        published_at__gt=at.joined_at,
    ).order_by("published_at", "seq")
    return found.annotate(
        seen=Coalesce(
            Subquery(position.values_list(Greatest("read_seq", "from_seq"))[:1]),
            Subquery(first_news.values_list(F("seq") - 1)[:1]),
            F("last_seq"),
        )
    )
