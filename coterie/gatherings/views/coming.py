"""Coming to a date, and who else does."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from coterie.core.verdict import Refused
from coterie.gatherings import forms, reads, rules
from coterie.gatherings.actions import answering
from coterie.gatherings.models import Reply
from coterie.gatherings.views.finding import acting, allowed, find_date, page, speaking
from coterie.personas.requests import Request


@require_POST
def attendance(request: Request, public_id: str) -> HttpResponse:
    """Whether one comes; said twice it is said once."""
    date = find_date(request, public_id)
    by = speaking(request, date.gathering.conversation.community)
    form = forms.Answering(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say whether you come."))
        return redirect(date.path)
    said = form.cleaned_data
    before = said["before"] if said["before"] != "" else None
    try:
        answering.answer(
            date, by=by, answer=said["answer"], guests=said["guests"] or 0, before=before
        )
    except Refused as refused:
        messages.error(request, refused.sentence)
    return redirect(f"{date.path}#coming")


@never_cache
@require_safe
def goers(request: Request, public_id: str) -> HttpResponse:
    """Who comes, as far as this member meets them."""
    date = find_date(request, public_id)
    community = date.gathering.conversation.community
    viewer = acting(request, community)
    allowed(rules.may_know_goers(viewer, community))
    arranges = rules.may_arrange(viewer, date.gathering)
    waiting = reads.goers(viewer, date, Reply.WAITING).rows if arranges else []
    return page(
        request,
        "goers",
        community,
        date=date,
        gathering=date.gathering,
        tile=reads.tile(date.starts_at, date.ends_at, date.gathering.zone),
        going=reads.goers(viewer, date, Reply.GOING, request.GET.get("after", "")),
        maybe=reads.goers(viewer, date, Reply.MAYBE).rows,
        waiting=waiting,
        here=f"{date.own_path}goers/",
    )
