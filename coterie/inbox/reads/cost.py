"""What an announcement costs those who would be called, in words too coarse to tell of anybody."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from coterie.communities.models import Membership
from coterie.core.keys import keyed
from coterie.inbox import desks
from coterie.inbox.models import Attention
from coterie.inbox.reads.levels import levels_of
from coterie.personas import sealed
from coterie.personas.models import Persona
from coterie.pure import attention
from coterie.pure.attention import Desk, Level, Urgency, Way
from coterie.talk.models import Conversation

FEWEST = 20
"""Of fewer people a share would tell of one of them."""
SAMPLE = 500
NOISE = 3
SHARES = (10, 25, 50, 75, 90)


@dataclass(frozen=True)
class Cost:
    """About how many of a hundred would be called at once, and how many read it in a digest."""

    people: int
    now: int | None = None
    digest: int | None = None


def asked_to_read(topic: Conversation, *, by_id: int) -> QuerySet[Any, int]:
    """The members whom an announcement of this topic reaches, as persona ids."""
    seats = Membership.objects.living().filter(community=topic.community_id)
    if not topic.history_shared:
        seats = seats.filter(Q(history_from=None) | Q(history_from__lte=topic.started_at))
    return seats.exclude(persona=by_id).order_by("pk").values_list("persona_id", flat=True)


def cost_of(topic: Conversation, *, by_id: int, at: datetime) -> Cost:
    """What it would cost at that moment. The same for an hour, whoever asks and however often.

    Which members are looked at, and by how much the count is blurred, follows from a key: so
    nobody learns more by asking again, or by one account of their own more or less.
    """
    members = list(asked_to_read(topic, by_id=by_id))
    if len(members) < FEWEST:
        return Cost(len(members))
    seed = keyed("announcement", topic.community_id, at.strftime("%Y-%m-%d %H"))
    dice = random.Random(seed)  # noqa: S311
    hour = at.replace(minute=0, second=0, microsecond=0)
    looked_at = sorted(members, key=lambda pk: keyed("announcement", seed, pk))[:SAMPLE]
    ways = Counter(_way(desk, level, hour) for desk, level in _wishes(looked_at, topic))
    blurred = {way: ways[way] + dice.randint(-NOISE, NOISE) for way in (Way.NOW, Way.DIGEST)}
    shares = {way: _banded(count * 100 / len(looked_at)) for way, count in blurred.items()}
    return Cost(len(members), shares[Way.NOW], shares[Way.DIGEST])


def _way(desk: Desk, level: Level, at: datetime) -> Way:
    way = attention.decide(desk, Urgency.NORMAL, level, at)
    return Way.DIGEST if way is Way.LATER else way


def _wishes(persona_ids: list[int], topic: Conversation) -> list[tuple[Desk, Level]]:
    told = {pk: (pk, topic.community_id, topic.pk) for pk in persona_ids}
    levels = levels_of(told.values())
    owners = {
        each.pk: owner
        for each in Persona.objects.filter(pk__in=persona_ids)
        if (owner := sealed.owner_of(each))
    }
    tags = {pk: desks.tag_of(owner) for pk, owner in owners.items()}
    boxes = dict(Attention.objects.filter(tag__in=tags.values()).values_list("tag", "box"))
    fresh = desks.fresh()
    return [
        (desks.opened(boxes[tag])[1] if tag in boxes else fresh, levels[told[pk]])
        for pk, tag in tags.items()
    ]


def _banded(share: float) -> int:
    """The nearest of a few shares."""
    return min((0, *SHARES, 100), key=lambda band: abs(band - share))
