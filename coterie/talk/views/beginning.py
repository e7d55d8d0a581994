"""What hosts lay ready, and what a newcomer meets."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from coterie.communities import rules as communities
from coterie.communities.models import Community
from coterie.communities.parts import settings_tabs
from coterie.core.verdict import Refused, require
from coterie.personas.requests import Request
from coterie.talk import forms, reads
from coterie.talk.actions import welcoming
from coterie.talk.models import MOST_FRAMES, Conversation, Frame
from coterie.talk.views.finding import acting, find_community, frame, speaking


@never_cache
@require_safe
def welcome(request: Request, handle: str) -> HttpResponse:
    """What a member meets who has come in, and finds again later."""
    community = find_community(request, handle)
    viewer = acting(request, community)
    if communities.seat(viewer, community) is None:
        raise Http404
    shown = frame(request, community) | reads.greeting(viewer, community)
    return render(request, "talk/welcome.html", shown)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def greeting(request: Request, handle: str) -> HttpResponse:
    """What whoever comes in reads first."""
    community = _shaped(request, handle)
    by, viewer = speaking(request, community), acting(request, community)
    written = reads.written_greeting(viewer, community)
    form = forms.Greeting(request.POST or None, initial=written)
    form.offer(written["topics"])
    if form.is_bound and form.is_valid():
        there = Conversation.objects.visible_to(viewer).filter(community=community)
        hello = there.filter(public_id=form.cleaned_data["hello"]).first()
        welcoming.greet(community, by=by, source=form.cleaned_data["source"], hello=hello)
        messages.success(request, _("Saved."))
        return redirect(f"{community.path}settings/welcome/")
    return _settings(request, community, "welcome", form)


@never_cache
@login_required
@require_safe
def frames(request: Request, handle: str) -> HttpResponse:
    """The templates that members choose from when they start a topic."""
    community = _shaped(request, handle)
    found = reads.frames(community)
    more = {"frames": found, "most": MOST_FRAMES, "full": len(found) >= MOST_FRAMES}
    named = {each["name"] for each in found}
    offered = [each for each in reads.offered_frames() if each["name"] not in named]
    return _settings(request, community, "templates", None, offered=offered, **more)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_frame(request: Request, handle: str) -> HttpResponse:
    """One more template, empty or from one that works well elsewhere."""
    community = _shaped(request, handle)
    wanted = {each["key"]: each for each in reads.offered_frames()}
    form = forms.Frame(request.POST or None, initial=wanted.get(request.GET.get("from", ""), {}))
    if form.is_bound and form.is_valid():
        try:
            welcoming.add_frame(community, by=speaking(request, community), **form.cleaned_data)
        except Refused as refused:
            form.add_error("name", refused.sentence)
        else:
            return _saved(request, community)
    return _settings(request, community, "template", form)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def one_frame(request: Request, handle: str, public_id: str) -> HttpResponse:
    """Another wording of a template, or its end."""
    community = _shaped(request, handle)
    rows = Frame.objects.filter(community=community).select_related("community")
    found, by = get_object_or_404(rows, public_id=public_id), speaking(request, community)
    if "gone" in request.POST:
        welcoming.drop_frame(found, by=by)
        return _saved(request, community)
    names = ("name", "hint", "source", "tags")
    standing = {name: getattr(found, name) for name in names}
    form = forms.Frame(request.POST or None, initial=standing)
    if form.is_bound and form.is_valid():
        try:
            welcoming.change_frame(found, by=by, **form.cleaned_data)
        except Refused as refused:
            form.add_error("name", refused.sentence)
        else:
            return _saved(request, community)
    return _settings(request, community, "template", form, standing=found)


def _shaped(request: Request, handle: str) -> Community:
    community = find_community(request, handle)
    speaking(request, community)
    require(communities.may_shape(request.viewer, community))
    return community


def _saved(request: Request, community: Community) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect(f"{community.path}settings/templates/")


def _settings(
    request: Request, community: Community, page: str, form: Any, **more: Any
) -> HttpResponse:
    seat = communities.seat(request.viewer, community)
    current = "templates" if page == "template" else page
    shown = {"community": community, "form": form, **more}
    shown |= {"tabs": settings_tabs(seat, current) if seat else []}
    status = 422 if form is not None and form.errors else 200
    return render(request, f"talk/settings_{page}.html", shown, status=status)
