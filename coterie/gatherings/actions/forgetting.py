"""What somebody wrote into their gatherings goes with their other words."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from coterie.gatherings.models import Convener, Gathering, Occurrence
from coterie.talk.actions import holding
from coterie.talk.models import Conversation

EMPTY = {"place": "", "map_link": "", "online_link": ""}


@transaction.atomic
def empty_places(persona_id: int, *, community_id: int | None = None) -> int:
    """Where this persona alone called people to stands nowhere any more; how many there were."""
    others = Convener.objects.filter(gathering=OuterRef("gathering")).exclude(persona=persona_id)
    mine = Convener.objects.filter(~Exists(others), persona=persona_id)
    here: dict[str, Any] = {}
    if community_id is not None:
        here = {"conversation__community": community_id}
    gatherings = Gathering.objects.filter(pk__in=mine.values("gathering"), **here)
    holding.conversations(Conversation.objects.filter(gathering__in=gatherings.values("pk")))
    emptied = gatherings.update(**EMPTY)
    Occurrence.objects.filter(gathering__in=gatherings.values("pk")).update(**EMPTY)
    return emptied


@transaction.atomic
def step_back(persona_id: int) -> int:
    """This persona convenes nothing any more; how often it did."""
    empty_places(persona_id)
    return Convener.objects.filter(persona=persona_id).delete()[0]
