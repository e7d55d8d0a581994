"""Doors to saying that something is wrong."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from coterie.communities import rules as communities
from coterie.communities.models import Membership
from coterie.core.verdict import require
from coterie.personas.requests import Request
from coterie.safety import rules
from coterie.safety.actions import reporting
from coterie.safety.forms import ReportForm
from coterie.safety.models import Desk
from coterie.safety.rules import Thing
from coterie.safety.views.finding import find_member, find_place, find_post


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def post_report(request: Request, public_id: str) -> HttpResponse:
    """Say what is wrong with a post, to the hosts or past them."""
    post, place = find_post(request, public_id)
    shown = {"html": post.html, "back": post.path, "what": _("Report a post")}
    return _report(request, post, place, f"/p/{public_id}/report/", shown)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def member_report(request: Request, handle: str, public_id: str) -> HttpResponse:
    """Say what is wrong with a member."""
    place = find_place(request, handle)
    member = find_member(request, place, public_id)
    path = f"{place.community.path}members/{public_id}/"
    back = _way_back(request, member, path)
    shown = {"member": member.persona, "back": back, "what": _("Report a member")}
    return _report(request, member, place, f"{path}report/", shown)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def community_report(request: Request, handle: str) -> HttpResponse:
    """Say what is wrong with the community itself, always to the operator."""
    place = find_place(request, handle)
    community = place.community
    shown = {
        "about": community,
        "back": community.path,
        "what": _("Report this community"),
        "to_operator": True,
    }
    return _report(request, community, place, f"{community.path}report/", shown)


@never_cache
@login_required
@require_safe
def post_thanks(request: Request, public_id: str) -> HttpResponse:
    """What happens now, and what else helps."""
    post, place = find_post(request, public_id)
    more = {"back": post.conversation.path, "away": f"/p/{public_id}/away/"}
    return _thanks(request, place, more)


@never_cache
@login_required
@require_safe
def member_thanks(request: Request, handle: str, public_id: str) -> HttpResponse:
    """What happens now, and what else helps."""
    place = find_place(request, handle)
    member = find_member(request, place, public_id)
    path = f"{place.community.path}members/{member.public_id}/"
    away = _way_back(request, member, path)
    return _thanks(request, place, {"back": place.community.path, "away": away})


@never_cache
@login_required
@require_safe
def community_thanks(request: Request, handle: str) -> HttpResponse:
    """What happens now."""
    place = find_place(request, handle)
    return _thanks(request, place, {"back": place.community.path})


def _way_back(request: Request, member: Membership, path: str) -> str:
    """Their page, or across a block the list on which they stand."""
    apart = communities.has_blocked(request.viewer, member)
    return f"{member.community.path}kept-away/" if apart else path


def _report(
    request: Request, thing: Thing, place: Membership, path: str, shown: dict[str, Any]
) -> HttpResponse:
    require(rules.may_report(place.persona, thing))
    form = ReportForm(request.POST or None)
    if form.is_valid():
        typed = form.cleaned_data
        reporting.report(
            thing,
            by=place.persona,
            reason=typed["reason"],
            words=typed["words"],
            desk=Desk.OPERATOR if typed["past_hosts"] else Desk.HOSTS,
        )
        return redirect(f"{path}thanks/")
    context = {"form": form, "place": place, "community": place.community, "path": path} | shown
    return render(request, "safety/report.html", context)


def _thanks(request: Request, place: Membership, more: dict[str, Any]) -> HttpResponse:
    return render(request, "safety/thanks.html", {"community": place.community} | more)
