"""Opening a room: for everybody who reads the community, or for those who keep order in it."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from coterie.chat import rules
from coterie.communities import seating
from coterie.communities.models import Community, Membership, SeenBy
from coterie.core.events import announce
from coterie.core.verdict import Refused, require
from coterie.personas.models import Persona
from coterie.talk.actions import indexing
from coterie.talk.events import Started
from coterie.talk.models import Conversation, Kind, Voice

LONGEST_NAME = 60


@transaction.atomic
def open_room(community: Community, *, by: Persona, name: str) -> Conversation:
    """A room stands open to all who see the community."""
    held = Community.objects.hold(community.pk)
    return _open(held, by, name, see=held.seen_by)


@transaction.atomic
def open_hosts_room(community: Community, *, by: Persona, name: str) -> Conversation:
    """A room that only those see who keep order here, whoever that is at the time."""
    held = Community.objects.hold(community.pk)
    circle = seating.circle_of(held, Membership.Duty.TALK)
    return _open(held, by, name, see=SeenBy.MEMBERS, circle=circle)


def open_first(community_id: int) -> None:
    """A community with rooms has one to begin with; called as chat is switched on."""
    community = Community.objects.get(pk=community_id)
    rooms = Conversation.objects.filter(community=community, kind=Kind.ROOM)
    if community.chat and not community.closed_at and not rooms.exists():
        _begin(community, _("General"), see=community.seen_by)


def _open(community: Community, by: Persona, name: str, **more: object) -> Conversation:
    require(rules.may_open(by, community))
    name = " ".join(name.split())[:LONGEST_NAME]
    if not name:
        raise Refused(_("Give the room a name."))
    rooms = Conversation.objects.filter(community=community, kind=Kind.ROOM)
    if rooms.filter(title__iexact=name).exists():
        raise Refused(_("There is a room of this name already."))
    return _begin(community, name, **more)


def _begin(community: Community, name: str, **more: object) -> Conversation:
    # It names no starter: a room stays what it is called when the host who opened it goes.
    room = Conversation.objects.create(
        community=community, kind=Kind.ROOM, title=name, voice=Voice.HOSTS, **more
    )
    indexing.title(room)
    announce(Started(room.pk))
    return room
