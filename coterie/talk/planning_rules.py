"""Who may have words wait for a time of their own; beside `rules`, which is long."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from coterie.communities import rules as communities
from coterie.core.verdict import YES, Verdict
from coterie.personas.models import Persona
from coterie.personas.viewer import ids_of
from coterie.talk import rules
from coterie.talk.models import Conversation, Kind, Planned
from coterie.talk.rules import Who

MOST = 20
"""How much one persona may have waiting."""
FARTHEST = timedelta(days=366)
SOONEST = timedelta(minutes=1)


def may_plan_more(persona: Persona) -> Verdict:
    """Have something else wait."""
    if Planned.objects.filter(persona=persona).count() >= MOST:
        return Verdict(
            _("You have %(n)d posts waiting. Let one go out, or throw one away, first.")
            % {"n": MOST}
        )
    return YES


def can_be_due(at: datetime) -> Verdict:
    """It is still to come, and within a year."""
    now = timezone.now()
    if at < now + SOONEST:
        return Verdict(_("This is in the past. Choose a time that is still to come."))
    if at > now + FARTHEST:
        return Verdict(_("It can wait for up to a year."))
    return YES


def may_answer_later(who: Who, conversation: Conversation) -> Verdict:
    """Have an answer wait: those who keep order, who may have to speak at a time."""
    if conversation.kind != Kind.TOPIC:
        return rules.NOTHING
    return rules.may_keep(who, conversation) and rules.may_reply(who, conversation)


def may_change(who: Who, planned: Planned) -> Verdict:
    """Read it, word it anew, let it go out now, or throw it away: its author with a seat there."""
    own = planned.persona_id in ids_of(who)
    seated = own and communities.is_member(who, planned.community_id)
    return YES if seated else rules.NOTHING
