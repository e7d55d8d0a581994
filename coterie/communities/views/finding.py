"""How every door here finds its community: what a viewer may not find answers 404."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from coterie.communities import rules
from coterie.communities.models import Community, Membership
from coterie.core.verdict import Verdict, require
from coterie.personas.models import Persona
from coterie.personas.requests import Request


@dataclass(frozen=True)
class Seated:
    """A member at a door: the community, their seat, and the persona that speaks."""

    community: Community
    seat: Membership

    @property
    def persona(self) -> Persona:
        return self.seat.persona


def found(request: Request, handle: str) -> Community:
    """The community, if this viewer may know of it."""
    rows = Community.objects.findable_by(request.viewer).select_related("parent", "join_requires")
    return get_object_or_404(rows.at(handle))


def seated(request: Request, handle: str) -> Seated:
    """A member's own place; for everybody else there is no such page."""
    community = found(request, handle)
    seat = rules.seat(request.viewer, community)
    if seat is None:
        raise Http404
    request.viewer = request.viewer.speaking_as(seat.persona)
    return Seated(community, seat)


def permitted(verdict: Verdict) -> None:
    """404 where there is nothing to know, the rule's sentence where there is."""
    if verdict == rules.NOTHING:
        raise Http404
    require(verdict)


def page(
    request: Request, template: str, here: Seated, *, status: int = 200, **context: Any
) -> HttpResponse:
    """A page inside a community."""
    known = {"community": here.community, "seat": here.seat, "here": here}
    return render(request, f"communities/{template}.html", known | context, status=status)
