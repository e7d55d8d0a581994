"""The tags that a community offers."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from coterie.communities import rules as communities
from coterie.communities.parts import settings_tabs
from coterie.core.verdict import Refused, require
from coterie.personas.requests import Request
from coterie.talk import forms, reads
from coterie.talk.actions import tagging
from coterie.talk.views.finding import acting, find_community, speaking


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def tags(request: Request, handle: str) -> HttpResponse:
    """Which tags there are, and who may bring others."""
    community = find_community(request, handle)
    by = speaking(request, community)
    require(communities.may_shape(request.viewer, community))
    offered = [
        tag["word"] for tag in reads.tags(acting(request, community), community) if tag["by_hosts"]
    ]
    standing = {"words": "\n".join(offered), "tagged_by": community.tagged_by}
    form = forms.Offering(request.POST or None, initial=standing)
    if form.is_bound and form.is_valid():
        try:
            tagging.offer(community, by=by, **form.cleaned_data)
        except Refused as refused:
            form.add_error("words", refused.sentence)
        else:
            messages.success(request, _("Saved."))
            return redirect(f"{community.path}settings/tags/")
    seat = communities.seat(request.viewer, community)
    shown = {"community": community, "form": form}
    shown |= {"tabs": settings_tabs(seat, "tags") if seat else []}
    return render(request, "talk/settings_tags.html", shown, status=422 if form.errors else 200)
