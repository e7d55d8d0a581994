"""Asking every member to read something: the one post that may call on everybody."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from coterie.core.events import announce as tell_the_house
from coterie.core.verdict import require
from coterie.personas.models import Persona
from coterie.talk import events, rules
from coterie.talk.models import Conversation


@transaction.atomic
def announce(conversation: Conversation, *, by: Persona) -> None:
    """Every member is told of it, once however often it was asked for."""
    require(rules.may_announce(by, conversation))
    silent = Conversation.objects.filter(pk=conversation.pk, announced_at=None)
    if silent.update(announced_at=timezone.now()):
        tell_the_house(events.Announced(conversation.pk, by.pk))
