"""What a request is about. Whatever this viewer may not learn of answers 404, like nothing."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from coterie.communities import rules as communities
from coterie.communities.models import Community
from coterie.core.verdict import Refused, Verdict
from coterie.gatherings import reads, rules
from coterie.gatherings.models import Gathering, Occurrence
from coterie.personas.models import Persona
from coterie.personas.requests import Request
from coterie.personas.viewer import Viewer
from coterie.talk import reads as talk
from coterie.talk.models import Conversation, Kind


def find_community(request: Request, handle: str) -> Community:
    """The community, if this viewer may see inside and there are gatherings."""
    visible = Community.objects.visible_to(request.viewer).at(handle).select_related("parent")
    community = get_object_or_404(visible)
    called = Conversation.objects.visible_to(request.viewer).filter(kind=Kind.GATHERING)
    if not community.gatherings and not called.filter(community=community).exists():
        raise Http404
    return community


def find_gathering(request: Request, public_id: str) -> Gathering:
    """The gathering, if this viewer may see it."""
    found = reads.gathering(request.viewer, public_id)
    if found is None:
        raise Http404
    return found


def find_date(request: Request, public_id: str) -> Occurrence:
    """The date, if this viewer may see it."""
    found = reads.date(request.viewer, public_id)
    if found is None:
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


def allowed(verdict: Verdict) -> None:
    """Raise 404 for what is nothing to this viewer, `Refused` where a rule has a reason."""
    if verdict == rules.NOTHING:
        raise Http404
    if not verdict:
        raise Refused(verdict.sentence)


def page(
    request: Request, template: str, community: Community, *, status: int = 200, **context: Any
) -> HttpResponse:
    """A page inside a community."""
    known = talk.frame(acting(request, community), community)
    return render(request, f"gatherings/{template}.html", known | context, status=status)
