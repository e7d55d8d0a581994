"""What can be listened to in talk: one conversation, and the lists of a community's."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils import timezone

from coterie.communities.models import Community
from coterie.core.prepared import prepared
from coterie.live.shapes import Cursor, Grant, News, Piece
from coterie.personas.viewer import Viewer
from coterie.talk import reads, rules
from coterie.talk.models import Conversation, Kind


class ConversationTopic:
    """`conversation/<public id>`: its posts, as they come and as they change."""

    def grant(self, viewer: Viewer, public_id: str) -> Grant | None:
        """Whoever may read it may listen."""
        found = next(iter(_named(public_id)), None)
        if found is None:
            return None
        # Read before the rule is asked: what is taken away meanwhile raises them.
        keys = _keys(found.pk)
        if not rules.may_see(viewer, found):
            return None
        at, away = Cursor(*reads.point_of(found)), reads.away_marks(viewer, found)
        since = rules.reads_from(viewer, found)
        return Grant(tuple(keys), sum(keys.values()), at, away, since=since)

    def news(self, public_id: str, since: Cursor) -> News | None:
        """What was said and changed after the cursor."""
        found = next(iter(_named(public_id)), None)
        if found is None:
            return None
        told = reads.changes(found, reads.Point(*since))
        parts = ("body", "about", "quotes", "said_at", "quoted_at")
        pieces = [Piece(*(row[part] for part in parts)) for row in told.rows]
        cursor = Cursor(*told.point)
        # Read last: who lost access before the newest of these posts is asked again first.
        version = sum(_keys(found.pk).values())
        changed = told.lost or (cursor != since and not pieces)
        return News(cursor, version, pieces, changed=changed, more=told.more)

    def cursors(self, public_ids: Iterable[str]) -> dict[str, Cursor]:
        """How far these have come."""
        rows = Conversation.objects.filter(public_id__in=list(public_ids))
        return {
            public_id: Cursor(*point)
            for public_id, *point in rows.values_list("public_id", "epoch", "last_seq", "last_rev")
        }


class PlaceTopic:
    """`community/<public id>`: something is different in its list of topics; `rooms/…`: of rooms.

    It says no more than that: each reader's list is their own. Whoever would find nothing
    different, because they do not meet who spoke or what began before them, is told nothing.
    """

    def __init__(self, *kinds: Kind) -> None:
        self.kinds = kinds

    def grant(self, viewer: Viewer, public_id: str) -> Grant | None:
        """Whoever may see inside may listen."""
        visible = Community.objects.visible_to(viewer).select_related("parent")
        community = visible.filter(public_id=public_id).first()
        if community is None:
            return None
        keys = _keys_of_place(community)
        now = Cursor(seq=reads.tick(timezone.now()))
        away, since = reads.people_away(viewer, community), rules.came_late(viewer, community)
        return Grant(tuple(keys), sum(keys.values()), now, away, since=since)

    def news(self, public_id: str, since: Cursor) -> News | None:
        """That something is, and who spoke, so that those hear nothing who do not meet them."""
        community = Community.objects.select_related("parent").filter(public_id=public_id).first()
        if community is None:
            return None
        heard = reads.heard_in(community.pk, since.seq, self.kinds)
        pieces = [Piece({}, each.about, said_at=each.said_at) for each in heard]
        cursor = Cursor(seq=max([since.seq, *(each.tick for each in heard)]))
        version = sum(_keys_of_place(community).values())
        return News(cursor, version, pieces, changed=True, mute=True)

    def cursors(self, public_ids: Iterable[str]) -> dict[str, Cursor]:
        """It does not count."""
        return {}


@prepared
def _named(public_id: str) -> QuerySet[Conversation]:
    places = ("community__parent", "circle")
    return Conversation.objects.select_related(*places).filter(public_id=public_id)


@prepared
def _versions(conversation_id: int) -> QuerySet[Conversation, tuple[int | None, ...]]:
    found = Conversation.objects.filter(pk=conversation_id)
    return found.values_list(
        "community_id", "community__access_version",
        "community__parent_id", "community__parent__access_version",
        "circle_id", "circle__access_version",
    )  # fmt: skip


def _keys(conversation_id: int) -> dict[str, int]:
    """What access to this conversation hangs on, as it is now; empty when it is gone."""
    here, at_here, above, at_above, circle, at_circle = next(
        iter(_versions(conversation_id)), (None,) * 6
    )
    keys = {
        f"community:{here}": at_here,
        f"community:{above}": at_above,
        f"circle:{circle}": at_circle,
    }
    return {key: version for key, version in keys.items() if version is not None}


def _keys_of_place(community: Community) -> dict[str, int]:
    keys = {f"community:{community.pk}": community.access_version}
    if community.parent is not None:
        keys[f"community:{community.parent_id}"] = community.parent.access_version
    return keys


conversation = ConversationTopic()
community = PlaceTopic(*Kind)
rooms = PlaceTopic(Kind.ROOM)
