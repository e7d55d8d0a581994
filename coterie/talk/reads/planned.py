"""What a persona has waiting for its time, in one community."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.db.models.functions import Substr

from coterie.communities.models import Community
from coterie.personas.models import Persona
from coterie.personas.viewer import Viewer
from coterie.pure.markup import render
from coterie.talk import clocks
from coterie.talk.models import Conversation, Planned
from coterie.talk.reads.rows import BEGINNING, beginning


def planned(viewer: Viewer, persona: Persona, community: Community) -> list[dict[str, Any]]:
    """What goes out first stands first, before it what did not go out; two queries.

    Of each only the beginning is read: however much waits, the page costs the same.
    """
    rows = Planned.objects.filter(persona=persona, community=community).with_due()
    begun = rows.defer("source").annotate(begun=Substr("source", 1, BEGINNING))
    mine = list(begun.order_by(F("due").asc(nulls_first=True), "pk"))
    readable = Conversation.objects.visible_to(viewer).filter(
        pk__in=[each.conversation_id for each in mine if each.conversation_id]
    )
    titles = dict(readable.values_list("pk", "title")) if mine else {}
    zone = clocks.zone_of(viewer)
    return [
        {
            "path": f"{community.path}planned/{each.public_id}/",
            "title": titles.get(each.conversation_id or 0, "") or each.title,
            "answers": each.conversation_id is not None,
            "excerpt": beginning(render(each.begun), 200),  # type: ignore[attr-defined]
            "photos": len(each.photos),
            "polled": bool(each.poll),
            "voice": each.voice,
            "due": due_in(each, zone),
            "refusal": each.refusal,
        }
        for each in mine
    ]


def due_in(planned: Planned, zone: str) -> dict[str, str] | None:
    """When it goes out, for a page; None where it did not."""
    due = planned.due
    if due is None:
        return None
    return {"at": due.isoformat(), "words": clocks.spoken(due, zone), "zone": zone}
