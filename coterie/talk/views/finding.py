"""What a request is about. Whatever this viewer may not learn of answers 404, like nothing."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from coterie.communities import reads as communities_reads
from coterie.communities import rules as communities
from coterie.communities.models import Community
from coterie.core.verdict import Refused, Verdict
from coterie.personas.models import Persona
from coterie.personas.requests import Request
from coterie.personas.viewer import Viewer
from coterie.talk import reads, rules
from coterie.talk.models import Conversation, Planned, Post


def find_community(request: Request, handle: str) -> Community:
    """The community, if this viewer may learn of it."""
    found = communities_reads.community(request.viewer, handle)
    if found is None:
        raise Http404
    return found


def find_conversation(request: Request, public_id: str) -> Conversation:
    """The conversation, if this viewer may read it; knows what is new to them.

    Of one that became part of another it is that other: its `public_id` tells.
    """
    found = reads.conversation(request.viewer, public_id)
    found = found or reads.successor(request.viewer, public_id)
    if found is None:
        raise Http404
    return found


def find_post(request: Request, public_id: str) -> Post:
    """The post, if this viewer may read it, and meets its author here."""
    found = Post.objects.visible_to(request.viewer)
    found = found.with_place().select_related("removal__rule")
    post = get_object_or_404(found, public_id=public_id)
    if rules.are_apart(request.viewer, post):
        raise Http404
    return post


def find_planned(request: Request, community: Community, public_id: str) -> Planned | None:
    """What this person has waiting here, if it still does."""
    mine = Planned.objects.of(request.viewer).filter(community=community).with_due()
    places = mine.select_related("persona", "community__parent", "conversation")
    return places.filter(public_id=public_id).first()


def find_said(request: Request, community: Community, plan: str) -> Post | None:
    """What this person's plan of this key is by now, where it is still to be read."""
    place = communities.seat(request.viewer, community)
    if not plan or place is None:
        return None
    mine = Post.objects.filter(persona=place.persona, conversation__community=community)
    return mine.with_place().filter(client_key=plan, state__in=Post.SAID).first()


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
    if not verdict and verdict is rules.NOTHING:
        raise Http404
    if not verdict:
        raise Refused(verdict.sentence)


def frame(request: Request, community: Community) -> dict[str, Any]:
    """What every page inside a community shows around it."""
    return reads.frame(acting(request, community), community)
