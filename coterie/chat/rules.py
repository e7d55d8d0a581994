"""Who may open rooms. Who reads and writes in one is for talk to say."""

from __future__ import annotations

from django.utils.translation import gettext as _

from coterie.communities.models import Community
from coterie.core.verdict import YES, Verdict
from coterie.talk import rules as talk
from coterie.talk.models import Conversation, Kind

MOST_ROOMS = 50
"""A list that can be read on one page."""


def may_open(who: talk.Who, community: Community) -> Verdict:
    """Open another room here."""
    verdict = talk.keeps_order(who, community)
    if not verdict:
        return verdict
    if community.closed_at:
        return Verdict(_("This community is closed. What was said stays readable."))
    if not community.chat:
        return Verdict(_("Rooms are switched off here. What was said stays readable."))
    if Conversation.objects.filter(community=community, kind=Kind.ROOM).count() >= MOST_ROOMS:
        return Verdict(_("There are enough rooms here. Use one of them again."))
    return YES
