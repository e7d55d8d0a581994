"""What somebody sees before they are in: by finding it, or by an invitation."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from coterie.communities import reads, rules
from coterie.communities.models import Community, Invitation, JoinRequest
from coterie.communities.views.finding import found
from coterie.core.origin import public_origin
from coterie.personas.caching import open_to_strangers
from coterie.personas.requests import Request
from coterie.ui.facing import Facing


@open_to_strangers
@require_safe
def about(request: Request, handle: str) -> HttpResponse:
    """What this community is, for members too."""
    return preview(request, found(request, handle))


def preview(request: Request, community: Community) -> HttpResponse:
    """The page of a community that this viewer may find; also talk's door calls it."""
    return _page(request, community, None)


@never_cache
@require_safe
def invited(request: Request, token: str) -> HttpResponse:
    """What an invitation leads to, explained before anybody signs up."""
    invitation = get_object_or_404(
        Invitation.objects.at(token).select_related("community__parent", "made_by")
    )
    community = invitation.community
    if rules.is_member(request.viewer, community.pk):
        return redirect(community.path)
    if not Invitation.objects.usable().filter(pk=invitation.pk).exists():
        return _run_out(request, community)
    return _page(request, community, invitation)


def _run_out(request: Request, community: Community) -> HttpResponse:
    # Whoever has only a dead link to a secret community is told nothing about it.
    known = community if rules.may_find(request.viewer, community) else None
    return render(request, "communities/run_out.html", {"community": known}, status=410)


def _page(request: Request, community: Community, invitation: Invitation | None) -> HttpResponse:
    context = about_page(request, community) | {
        "facing": _facing(request, community, invitation),
        "invitation": invitation,
        "host": invitation.made_by if invitation else None,
        "door": door(request, community, invitation),
        "join_path": f"{invitation.path if invitation else community.path}join/",
    }
    return render(request, "communities/preview.html", context)


def _facing(request: Request, community: Community, invitation: Invitation | None) -> Facing | None:
    """A card for an invitation says what its page says first, and nothing else; no index has it."""
    origin, name, text = public_origin(request), community.name, community.purpose
    if invitation:
        return Facing(origin, "", name, text, f"{invitation.path}card.jpg", listed=False)
    if not community.is_public:
        return None
    path, listed = f"{community.path}about/", community.in_the_open
    return Facing(origin, path, name, text, community.card_path, listed, teaches=community.teaches)


def about_page(request: Request, community: Community) -> dict[str, Any]:
    """What everybody who may find a community may know of it."""
    viewer = request.viewer
    return {
        "community": community,
        "seat": rules.seat(viewer, community),
        "hosts": reads.hosts(viewer, community),
        "rules": reads.rules_of(community),
        "interests": reads.interests(community),
        "questions": reads.questions(community),
        "above": reads.above(viewer, community),
        "name_above": reads.name_above(viewer, community),
        "below": reads.tree(viewer, community),
        "related": reads.related(viewer, community),
    }


def door(request: Request, community: Community, invitation: Invitation | None) -> dict[str, Any]:
    """What the foot of the page offers: to come in, to ask, to see one's request, or why not."""
    viewer = request.viewer
    waiting = JoinRequest.objects.pending().filter(community=community, persona__in=viewer.ids)
    shown: dict[str, Any] = {"waiting": waiting.first()}
    if not viewer.signed_in:
        return shown | {"open": _opens_to_strangers(community, invitation), "straight": None}
    verdict = rules.may_ask(viewer, community, invitation)
    straight = rules.goes_straight_in(viewer, community, invitation)
    return shown | {"open": bool(verdict), "why": verdict.sentence, "straight": straight}


def _opens_to_strangers(community: Community, invitation: Invitation | None) -> bool:
    if community.closed_at or community.orphaned_at:
        return False
    return invitation is not None or community.joined_by not in ("invitation", "parent")
