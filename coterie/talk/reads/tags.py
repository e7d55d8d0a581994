"""The tags of a community, as one reader meets them."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q

from coterie.communities.models import Community
from coterie.core.prepared import prepared
from coterie.personas.viewer import Viewer
from coterie.talk.models import MOST_TAGS, Tag, Tagging, tag_path
from coterie.talk.reads.here import Standing, standing
from coterie.talk.reads.reader import hidden_ids
from coterie.talk.reads.topics import listed


def tags(viewer: Viewer, community: Community) -> list[dict[str, Any]]:
    """What the hosts offer, and what stands on topics that this reader may read; one query.

    A word that a member brought is part of what was said: whoever may not read it there does
    not meet it here.
    """
    hidden = tuple(sorted(hidden_ids(viewer, community)))
    at = standing(viewer, community.pk, community.parent_id)
    # What somebody has read is not asked: a prepared query uses all that it is given.
    asked = at._replace(me=None if at.me is None else True, joined_at=None)
    rows = _tags(hidden, *asked)
    return [row | {"path": tag_path(community.path, row["word"])} for row in rows]


@prepared
def _tags(hidden: tuple[int, ...], *at: Any) -> Any:
    place = Standing(*at)
    met = listed(hidden, place).filter(pk=OuterRef("conversation"))
    bears = Tagging.objects.filter(Exists(met), tag=OuterRef("pk"))
    found = Tag.objects.filter(Q(by_hosts=True) | Exists(bears), community=place.community_id)
    return found.order_by("key").values("pk", "word", "key", "by_hosts")[:MOST_TAGS]
