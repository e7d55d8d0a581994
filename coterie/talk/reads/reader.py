"""What a reader does not meet, and as whom they speak."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Q, QuerySet

from coterie.communities import reads as communities
from coterie.communities import rules as communities_rules
from coterie.communities.models import Community
from coterie.personas.viewer import Viewer, ids_of
from coterie.talk import rules
from coterie.talk.models import HiddenPost, Voice

NOBODY = Q(pk__in=())


def hidden_ids(viewer: Viewer, community: Community) -> Collection[int]:
    """The personas that this reader does not meet here."""
    return communities.hidden_personas(viewer, community)


def hidden_voices(hidden: Collection[int]) -> Q:
    """What those whom this reader does not meet said under their own name.

    And nothing else: if an anonymous post, or one of the hosts, went with it, a
    block would betray who wrote that.
    """
    return Q(voice=Voice.OWN, persona__in=hidden) if hidden else NOBODY


def put_away(who: Viewer | tuple[int, ...]) -> QuerySet[HiddenPost, int]:
    """The single posts that this reader put out of sight."""
    return HiddenPost.objects.filter(persona__in=ids_of(who)).values_list("post_id", flat=True)


def speaker(viewer: Viewer, community: Community) -> dict[str, Any] | None:
    """Who speaks here for this reader and in which voices, or None without a seat."""
    place = communities_rules.seat(viewer, community)
    if place is None:
        return None
    voices = [voice for voice in Voice if rules.may_speak_as(viewer, community, voice)]
    return {
        "persona": place.persona,
        "name": place.persona.name,
        "seed": place.persona.seed,
        "voices": voices,
        "keeps_order": place.may(place.Duty.TALK),
    }
