"""How fast a conversation goes, whether lists show it, and when it is done."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from coterie.core.events import announce
from coterie.core.verdict import Refused, require
from coterie.personas.models import Persona
from coterie.talk import events, rules
from coterie.talk.actions import marking, reading
from coterie.talk.models import Conversation
from coterie.talk.paces import PACES


@transaction.atomic
def slow_down(conversation: Conversation, *, by: Persona, seconds: int) -> None:
    """A member waits so long between two posts; hosts do not."""
    if seconds not in PACES:
        raise Refused(rules.NOTHING.sentence)
    faster = Conversation.objects.exclude(slow_seconds=seconds)
    _turn(conversation, by, faster, events.Slowed, slow_seconds=seconds)


@transaction.atomic
def end_slowness(conversation: Conversation, *, by: Persona) -> None:
    """Nobody waits any more."""
    slow = Conversation.objects.filter(slow_seconds__gt=0)
    _turn(conversation, by, slow, events.SlowEnded, slow_seconds=0)


@transaction.atomic
def unlist(conversation: Conversation, *, by: Persona) -> None:
    """No list shows it; who may read it finds it by its address."""
    listed = Conversation.objects.filter(unlisted_at=None)
    _turn(conversation, by, listed, events.Unlisted, unlisted_at=timezone.now())


@transaction.atomic
def relist(conversation: Conversation, *, by: Persona) -> None:
    """Lists show it again."""
    kept_out = Conversation.objects.filter(unlisted_at__isnull=False)
    _turn(conversation, by, kept_out, events.Relisted, unlisted_at=None)


@transaction.atomic
def archive(conversation: Conversation, *, by: Persona) -> None:
    """It can be read and nothing else, by hosts too; it is listed among the archived."""
    alive = Conversation.objects.filter(archived_at=None)
    _turn(conversation, by, alive, events.Archived, archived_at=timezone.now())


@transaction.atomic
def unarchive(conversation: Conversation, *, by: Persona) -> None:
    """It goes on."""
    archived = Conversation.objects.filter(archived_at__isnull=False)
    _turn(conversation, by, archived, events.Unarchived, archived_at=None)


BACK_IN_LISTS = (events.Relisted, events.Unarchived)


def _turn(
    conversation: Conversation, by: Persona, before: Any, event: type[Any], **now: Any
) -> None:
    """It is so from now on; two hosts who click at once are heard once."""
    require(rules.may_keep(by, conversation))
    if not before.filter(pk=conversation.pk).update(**now):
        return
    marking.conversation(conversation.pk)
    if event in BACK_IN_LISTS:
        reading.look_again(conversation.community_id, conversation.last_post_at)
    announce(event(conversation.pk, by.pk))
