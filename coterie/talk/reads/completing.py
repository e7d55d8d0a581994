"""What a word may become that somebody has begun to write: a member's name, a tag."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q

from coterie.communities.models import Community, Membership
from coterie.personas.viewer import Viewer
from coterie.talk.mentions import call
from coterie.talk.models import Conversation, Post, Voice, key_of
from coterie.talk.reads.reader import hidden_ids
from coterie.talk.reads.tags import tags

MOST = 8


def people(
    viewer: Viewer, community: Community, begun: str, conversation: str = ""
) -> list[dict[str, Any]]:
    """Members whom this one meets and who can be called, who spoke in the conversation first.

    Who keeps out of the directory is offered to nobody, the hosts included; nor is anybody put
    first for what they said without their name, or where this member does not read it.
    """
    listed = Q(role=Membership.Role.HOST) | Q(hidden=False)
    met = Membership.objects.visible_to(viewer).filter(listed, _begins(begun), community=community)
    others = met.exclude(persona__in=[*viewer.ids, *hidden_ids(viewer, community)])
    heard = Post.objects.filter(
        conversation=_readable(viewer, community, conversation),
        persona=OuterRef("persona"),
        voice=Voice.OWN,
        seq__isnull=False,
    )
    ordered = others.order_by(Exists(heard).desc(), "persona__name", "pk")
    rows = ordered.values_list("persona__name", "persona__seed")[: 2 * MOST]
    callable_rows = [(name, seed, call(name)) for name, seed in rows]
    found = [{"name": name, "seed": seed, "put": put} for name, seed, put in callable_rows if put]
    return found[:MOST]


def words(viewer: Viewer, community: Community, begun: str) -> list[dict[str, Any]]:
    """The tags that this member meets; those first that begin so."""
    key = key_of(begun)
    found = [tag for tag in tags(viewer, community) if key in tag["key"]]
    found.sort(key=lambda tag: (not tag["key"].startswith(key), tag["key"]))
    return [{"word": tag["word"], "put": f"#{tag['word']}"} for tag in found[:MOST]]


def _begins(begun: str) -> Q:
    """The name, or a later word of it. SQLite folds the case of plain letters only."""
    if not begun:
        return Q()
    either = Q(persona__name__startswith=begun.capitalize())
    for start in (begun, begun.lower()):
        either |= Q(persona__name__istartswith=start) | Q(persona__name__icontains=f" {start}")
    return either


def _readable(viewer: Viewer, community: Community, conversation: str) -> int:
    """Its key; of what this member does not read, that of nothing."""
    if not conversation:
        return 0
    readable = Conversation.objects.visible_to(viewer).filter(community=community)
    return readable.filter(public_id=conversation).values_list("pk", flat=True).first() or 0
