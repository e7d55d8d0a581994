"""Content notes: those that were used before, and what the hosts put before somebody's words."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from coterie.core.verdict import Refused
from coterie.personas.requests import Request
from coterie.talk import forms, reads, rules
from coterie.talk.actions import noting
from coterie.talk.views.finding import (
    acting,
    allowed,
    find_community,
    find_post,
    frame,
    speaking,
)


@never_cache
@require_safe
def notes(request: Request, handle: str) -> HttpResponse:
    """The notes that stand before what this member reads here; only scripts call it."""
    community = find_community(request, handle)
    allowed(rules.may_draft(request.viewer, community))
    used = reads.notes(request.viewer, community)
    return render(request, "talk/_notes.html", {"notes": used})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def note(request: Request, public_id: str) -> HttpResponse:
    """A host puts a content note before a post, or takes it away."""
    found = find_post(request, public_id)
    community = found.conversation.community
    allowed(rules.may_note(acting(request, community), found))
    form = forms.Noting(request.POST or None, initial={"note": found.hosts_note})
    if form.is_bound and form.is_valid():
        by, words = speaking(request, community), form.cleaned_data["note"]
        try:
            if words:
                noting.put(found, by=by, note=words)
            else:
                noting.take_away(found, by=by)
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, _("Done. The log tells of it."))
            return redirect(found.in_context)
    context = {
        **frame(request, community),
        "topic": found.conversation,
        "post": reads.one_post(acting(request, community), found),
        "notes": reads.notes(request.viewer, community),
        "form": form,
    }
    return render(request, "talk/noting.html", context, status=422 if form.is_bound else 200)
