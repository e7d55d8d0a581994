"""What can be listened to in talk: one conversation, and the list of a community's."""

from __future__ import annotations

from collections.abc import Iterable

from coterie.communities.models import Community
from coterie.live.shapes import Cursor, Grant, News, Piece
from coterie.personas.viewer import Viewer
from coterie.talk import reads
from coterie.talk.models import Conversation

PLACES = ("community__parent", "circle")


class ConversationTopic:
    """`conversation/<public id>`: its posts, as they come and as they change."""

    def grant(self, viewer: Viewer, public_id: str) -> Grant | None:
        """Whoever may read it may listen."""
        readable = Conversation.objects.visible_to(viewer).select_related(*PLACES)
        conversation = readable.filter(public_id=public_id).first()
        if conversation is None:
            return None
        keys = _keys(conversation)
        away = reads.away_marks(viewer, conversation)
        return Grant(tuple(keys), sum(keys.values()), Cursor(*reads.point_of(conversation)), away)

    def news(self, public_id: str, since: Cursor) -> News | None:
        """What was said and changed after the cursor."""
        found = Conversation.objects.select_related("community").filter(public_id=public_id)
        conversation = found.first()
        if conversation is None:
            return None
        told = reads.changes(conversation, reads.Point(*since))
        pieces = [Piece(row["body"], row["about"], row["quotes"]) for row in told.rows]
        cursor = Cursor(*told.point)
        # Read last: who lost access before the newest of these posts is asked again first.
        version = sum(_keys(found.select_related(*PLACES).get()).values())
        changed = told.lost or (cursor != since and not pieces)
        return News(cursor, version, pieces, changed=changed, more=told.more)

    def cursors(self, public_ids: Iterable[str]) -> dict[str, Cursor]:
        """How far these have come."""
        rows = Conversation.objects.filter(public_id__in=list(public_ids))
        return {
            public_id: Cursor(*point)
            for public_id, *point in rows.values_list("public_id", "epoch", "last_seq", "last_rev")
        }


class CommunityTopic:
    """`community/<public id>`: something is different in its list of topics."""

    def grant(self, viewer: Viewer, public_id: str) -> Grant | None:
        """Whoever may see inside may listen."""
        visible = Community.objects.visible_to(viewer).select_related("parent")
        community = visible.filter(public_id=public_id).first()
        if community is None:
            return None
        keys = _keys_of_place(community)
        return Grant(tuple(keys), sum(keys.values()))

    def news(self, public_id: str, since: Cursor) -> News | None:
        """That something is, and no more: each reader's list is their own."""
        community = Community.objects.select_related("parent").filter(public_id=public_id).first()
        if community is None:
            return None
        return News(since, sum(_keys_of_place(community).values()), changed=True)

    def cursors(self, public_ids: Iterable[str]) -> dict[str, Cursor]:
        """It does not count."""
        return {}


def _keys(conversation: Conversation) -> dict[str, int]:
    keys = _keys_of_place(conversation.community)
    if conversation.circle is not None:
        keys[f"circle:{conversation.circle_id}"] = conversation.circle.access_version
    return keys


def _keys_of_place(community: Community) -> dict[str, int]:
    keys = {f"community:{community.pk}": community.access_version}
    if community.parent is not None:
        keys[f"community:{community.parent_id}"] = community.parent.access_version
    return keys


conversation = ConversationTopic()
community = CommunityTopic()
