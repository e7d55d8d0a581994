"""Writing a letter from what it is about, with the words and the permissions of this moment."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from coterie.inbox import desks, letterboxes, letters, reads
from coterie.inbox.kinds import KINDS
from coterie.inbox.letterboxes import Opened
from coterie.inbox.models import Letterbox, Notification
from coterie.personas import sealed
from coterie.personas.models import Persona
from coterie.pure.attention import Span, Urgency


def write(about: Mapping[str, Any]) -> bool:
    """The letter is with the mail server; False when by now there is nothing to write.

    Written again it has the same Message-ID, so that a reader's mail program shows it once.
    """
    return _one(about["thing"]) if "thing" in about else _digest(about)


def letterbox(persona: Persona) -> Opened:
    """The persona's letterbox, made when it is first asked for."""
    tag = letterboxes.tag_of(persona.pk)
    row = Letterbox.objects.filter(tag=tag).first()
    if row:
        return letterboxes.opened(row)
    known = letterboxes.fresh(persona.pk)
    try:
        with transaction.atomic():
            Letterbox.objects.create(tag=tag, **letterboxes.columns(known))
    except IntegrityError:
        return letterboxes.opened(Letterbox.objects.get(tag=tag))
    return known


def _one(notification_id: int) -> bool:
    row = Notification.objects.select_related("persona").filter(pk=notification_id).first()
    if row is None:
        return False
    with sealed.in_language_of(row.persona):
        places, kind = reads.of_one(row.persona, row.pk), KINDS[row.kind]
        box = letterbox(row.persona)
        if not places or not (box.is_open or kind.urgency is Urgency.URGENT):
            return False
        mark = f"{row.pk}:{row.told_at.isoformat()}"
        return sealed.mail(row.persona, letters.one(box, places, str(kind.subject), mark))


def _digest(about: Mapping[str, Any]) -> bool:
    persona = Persona.objects.filter(pk=about["persona"]).first()
    owner = sealed.owner_of(persona) if persona else None
    if persona is None or owner is None:
        return False
    span = Span(*(datetime.fromisoformat(about[end]) for end in ("since", "until")))
    with sealed.in_language_of(persona):
        places, box = reads.of_span(persona, desks.of(owner), span), letterbox(persona)
        if not places or not box.is_open:
            return False
        return sealed.mail(persona, letters.digest(box, places, about["until"]))
