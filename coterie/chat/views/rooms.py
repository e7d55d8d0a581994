"""The rooms of a community."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from coterie.chat import forms, reads, rules
from coterie.chat.actions import opening
from coterie.chat.views.finding import acting, find_community, speaking
from coterie.communities import rules as communities
from coterie.core.verdict import Refused
from coterie.personas.requests import Request
from coterie.talk import reads as talk


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def rooms(request: Request, handle: str) -> HttpResponse:
    """Every room that this viewer may read; hosts open another."""
    community = find_community(request, handle)
    form = forms.Opening(request.POST or None)
    if request.method == "POST":
        by = speaking(request, community)
        if form.is_valid():
            said = form.cleaned_data
            verb = opening.open_hosts_room if said["hosts_only"] else opening.open_room
            try:
                return redirect(verb(community, by=by, name=said["name"]).path)
            except Refused as refused:
                form.add_error("name", refused.sentence)
    viewer = acting(request, community)
    parent = community.parent
    found = reads.rooms(viewer, community)
    context = {
        **talk.frame(viewer, community),
        "rooms": found,
        "live": reads.heard_through(community, found),
        "may_open": rules.may_open(viewer, community),
        "above": bool(parent and communities.may_find(viewer, parent)),
        "form": form,
    }
    return render(request, "chat/rooms.html", context, status=422 if form.errors else 200)
