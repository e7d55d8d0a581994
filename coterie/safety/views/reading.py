"""Doors to what hosts did: the log for members, the statement for whom it concerns."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from coterie.communities import rules as communities
from coterie.personas.requests import Request
from coterie.safety import audit, reads, rules
from coterie.safety.models import Decision
from coterie.safety.views.finding import find_place


@never_cache
@login_required
@require_safe
def log(request: Request, handle: str) -> HttpResponse:
    """What the hosts did here, and whether anybody touched the record of it."""
    place = find_place(request, handle)
    page = reads.log(place, request.GET.get("before", ""))
    return render(
        request,
        "safety/log.html",
        {
            "community": place.community,
            "entries": page.rows,
            "after": page.after,
            "broken": audit.verify(place.community),
            "mark": audit.mark(place.community),
            "keeps_order": bool(rules.may_keep_order(request.viewer, place.community)),
        },
    )


@never_cache
@login_required
@require_safe
def statement(request: Request, public_id: str) -> HttpResponse:
    """What was decided about something of mine, and why; also after I am gone from there."""
    mine = Decision.objects.about(request.viewer).select_related("community", "rule", "post")
    made = get_object_or_404(mine, public_id=public_id)
    known = communities.may_find(request.viewer, made.community)
    return render(request, "safety/statement.html", {"made": made, "known": bool(known)})
