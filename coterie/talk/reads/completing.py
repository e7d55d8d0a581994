"""What a word may become that somebody has begun to write: a member's name, a tag."""

from __future__ import annotations

import re
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import BooleanField, Exists, Func, OuterRef, Q, Value
from django.db.models.functions import Lower

from coterie.communities.models import Community, Membership
from coterie.core.prepared import prepared
from coterie.personas.viewer import Viewer
from coterie.talk import rules
from coterie.talk.mentions import call
from coterie.talk.models import Conversation, Post, PostState, Voice, key_of
from coterie.talk.reads.finding import conversation
from coterie.talk.reads.reader import hidden_ids
from coterie.talk.reads.tags import tags

MOST = 8


class Like(Func):
    """A pattern that is given whole, so that a prepared query finds it again."""

    template = "%(expressions)s ESCAPE '!'"
    arg_joiner = " LIKE "
    output_field = BooleanField()


def people(
    viewer: Viewer, community: Community, begun: str, public_id: str = ""
) -> list[dict[str, Any]]:
    """Members whom this one meets and who can be called, who spoke in the conversation first.

    Who keeps out of the directory is offered to nobody, the hosts included; nor is anybody put
    first for what they said without their name, or where this member does not read it.
    """
    ids = tuple(sorted(viewer.ids))
    hidden = tuple(sorted(hidden_ids(viewer, community)))
    here = _readable(viewer, community, public_id)
    since = rules.reads_from(viewer, here) if here else None
    patterns = _patterns(begun)
    rows = _people(ids, hidden, community.pk, here.pk if here else 0, since, patterns)
    found = [{"name": name, "seed": seed, "put": call(name)} for name, seed in rows]
    return [one for one in found if one["put"]][:MOST]


@prepared
def _people(
    ids: tuple[int, ...],
    hidden: tuple[int, ...],
    community_id: int,
    conversation_id: int,
    since: datetime | None,
    patterns: tuple[str, ...],
) -> Any:
    name = Lower("persona__name")
    begins = reduce(or_, (Q(Like(name, Value(pattern))) for pattern in patterns))
    listed = Q(role=Membership.Role.HOST) | Q(hidden=False)
    met = Membership.objects.visible_to(ids).filter(listed, begins, community=community_id)
    heard = Post.objects.said_since(since).filter(
        conversation=conversation_id,
        persona=OuterRef("persona"),
        voice=Voice.OWN,
        seq__isnull=False,
        state=PostState.PUBLISHED,
    )
    others = met.exclude(persona__in=ids + hidden)
    ordered = others.order_by(Exists(heard).desc(), "persona__name", "pk")
    return ordered.values_list("persona__name", "persona__seed")[: 2 * MOST]


def words(viewer: Viewer, community: Community, begun: str) -> list[dict[str, Any]]:
    """The tags that this member meets; those first that begin so."""
    key = key_of(begun)
    found = [tag for tag in tags(viewer, community) if key in tag["key"]]
    found.sort(key=lambda tag: (not tag["key"].startswith(key), tag["key"]))
    return [{"word": tag["word"], "put": f"#{tag['word']}"} for tag in found[:MOST]]


def _patterns(begun: str) -> tuple[str, ...]:
    """The beginning of a name, or of a later word of it, in the ways that it may be capitalised.

    Six whatever was typed: SQLite folds the case of plain letters only.
    """
    typed = re.sub(r"([!%_])", r"!\1", begun)
    ways = (typed.lower(), typed, typed.capitalize())
    return tuple(f"{gap}{way}%" for way in ways for gap in ("", "% "))


def _readable(viewer: Viewer, community: Community, public_id: str) -> Conversation | None:
    """Nothing where this member does not read it, or it is not here."""
    found = conversation(viewer, public_id) if public_id else None
    return found if found and found.community_id == community.pk else None
