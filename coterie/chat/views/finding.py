"""What a request is about. Whatever this viewer may not learn of answers 404, like nothing."""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import get_object_or_404

from coterie.communities import rules as communities
from coterie.communities.models import Community
from coterie.core.verdict import Refused
from coterie.personas.models import Persona
from coterie.personas.requests import Request
from coterie.personas.viewer import Viewer
from coterie.talk import reads as talk
from coterie.talk.models import Conversation, Kind


def find_community(request: Request, handle: str) -> Community:
    """The community, if this viewer may see inside and there are rooms."""
    visible = Community.objects.visible_to(request.viewer).at(handle).select_related("parent")
    community = get_object_or_404(visible)
    rooms = Conversation.objects.visible_to(request.viewer)
    if not community.chat and not rooms.filter(community=community, kind=Kind.ROOM).exists():
        raise Http404
    return community


def find_room(request: Request, public_id: str) -> Conversation:
    """The room, if this viewer may read it; knows what is new to them."""
    found = talk.conversation(request.viewer, public_id)
    if found is None or found.kind != Kind.ROOM:
        raise Http404
    return found


def acting(request: Request, community: Community) -> Viewer:
    """The viewer as whoever they are here."""
    place = communities.seat(request.viewer, community)
    return request.viewer.speaking_as(place.persona if place else None)


def speaking(request: Request, community: Community) -> Persona:
    """Who speaks here; raises `Refused` with the reason if nobody does."""
    place = communities.seat(request.viewer, community)
    if place is None:
        raise Refused(communities.may_post(request.viewer, community).sentence)
    return place.persona
