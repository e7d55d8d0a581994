"""What one keeps for oneself."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from coterie.personas.requests import Request
from coterie.talk import forms, reads
from coterie.talk.actions import saving
from coterie.talk.views.finding import acting, find_community, find_post, frame, speaking


@never_cache
@require_safe
def saved(request: Request, handle: str) -> HttpResponse:
    """The posts that one keeps here; seen by nobody else."""
    community = find_community(request, handle)
    by = speaking(request, community)
    viewer = acting(request, community)
    page = reads.saved(viewer, by, community, request.GET.get("after", "")[:18])
    older = f"{community.path}saved/?after={page.after}"
    context = {**frame(request, community), "page": page, "older_path": older}
    return render(request, "talk/saved.html", context)


@require_POST
def saving_of(request: Request, public_id: str) -> HttpResponse:
    """A post is kept with a note, or not any more."""
    found = find_post(request, public_id)
    by = speaking(request, found.conversation.community)
    if "gone" in request.POST:
        saving.let_go(found, by=by)
        messages.success(request, _("It is not saved any more."))
        return redirect(f"{found.path}#save")
    form = forms.Note(request.POST)
    if form.is_valid():
        saving.keep(found, by=by, note=form.cleaned_data["note"])
        messages.success(request, _("Saved. Nobody but you knows."))
    return redirect(f"{found.path}#save")
