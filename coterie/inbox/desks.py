"""A person's attention as it lies in its box."""

from __future__ import annotations

import json
from dataclasses import asdict

from django.conf import settings

from coterie.inbox.models import Attention
from coterie.personas import sealed
from coterie.personas.sealed import Owner
from coterie.pure.attention import Desk, Wishes

PURPOSE = "attention"


def tag_of(owner: Owner) -> str:
    """Where this person's attention hangs."""
    return sealed.tag(owner, PURPOSE)


def box_of(owner: Owner, desk: Desk) -> str:
    """The same desk is never the same box twice."""
    return sealed.box_for(owner, json.dumps(asdict(desk), separators=(",", ":")), PURPOSE)


def opened(box: str) -> tuple[Owner, Desk]:
    """Whose it is, and what lies on it."""
    owner, text = sealed.in_box(box, PURPOSE)
    known = json.loads(text)
    return owner, Desk(**known | {"wishes": Wishes(**known["wishes"])})


def of(owner: Owner) -> Desk:
    """What is known of this person's attention; nothing yet is what everybody begins with."""
    box = Attention.objects.filter(tag=tag_of(owner)).values_list("box", flat=True).first()
    return opened(box)[1] if box else fresh()


def fresh() -> Desk:
    """The desk of somebody who never said what they want."""
    return Desk(Wishes(zone=settings.HOME_ZONE))
