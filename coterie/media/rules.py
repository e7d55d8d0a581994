"""Who may send pictures, say what is on them, and see them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from coterie.communities import rules as communities
from coterie.communities.models import Community
from coterie.core.verdict import YES, Verdict
from coterie.media.models import Picture
from coterie.personas.models import Persona
from coterie.personas.viewer import Viewer, ids_of

type Who = Viewer | Persona | None

NOTHING = communities.NOTHING
MOST_TOGETHER = 10
"""Pictures that fit on one thing."""
MOST_WAITING = 30
"""Pictures that one persona may have sent to one community without using them."""


def may_send(who: Who, community: Community) -> Verdict:
    """Send a picture to this community: whoever has a seat, while it is open."""
    if communities.seat(who, community) is None:
        return NOTHING
    if community.closed_at:
        return Verdict(_("This community is closed. What was said stays readable."))
    return YES


def may_change(who: Who, picture: Picture) -> Verdict:
    """Say what is on it or throw it away: its sender, as long as it belongs to nothing."""
    own = picture.persona_id is not None and picture.persona_id in ids_of(who)
    return YES if own and not picture.guard else NOTHING
