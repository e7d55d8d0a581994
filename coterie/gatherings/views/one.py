"""One gathering or one of its dates: changing it, calling it off, and whom with."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coterie.communities.models import Membership
from coterie.core.origin import public_origin
from coterie.core.verdict import Refused
from coterie.gatherings import forms, reads, rules
from coterie.gatherings.actions import arranging, convening
from coterie.gatherings.plans import Misplanned
from coterie.gatherings.views.finding import (
    acting,
    allowed,
    find_date,
    find_gathering,
    page,
    speaking,
)
from coterie.personas.requests import Request
from coterie.pure.calendar import zones
from coterie.talk.models import Post


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: Request, public_id: str) -> HttpResponse:
    """When and where it is, on all dates to come."""
    gathering = find_gathering(request, public_id)
    community = gathering.conversation.community
    allowed(rules.may_arrange(acting(request, community), gathering))
    initial = forms.standing(gathering, arranging.first_clock(gathering))
    form = forms.PlanningAll(request.POST or None, zone=gathering.zone, initial=initial)
    by = speaking(request, community)
    if form.is_bound and form.is_valid():
        title = form.cleaned_data["title"]
        if _kept(form, lambda: arranging.rearrange(gathering, by=by, title=title, plan=form.plan)):
            messages.success(request, _("Saved. Who comes is told of what has changed."))
            return redirect(gathering.path)
    return page(
        request,
        "plan",
        community,
        status=422 if form.is_bound else 200,
        form=form,
        gathering=gathering,
        zones=zones.names(),
        words=_first_post(gathering.conversation_id),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def date_plan(request: Request, public_id: str) -> HttpResponse:
    """When and where it is, on this date alone."""
    date = find_date(request, public_id)
    community = date.gathering.conversation.community
    allowed(rules.may_rearrange(acting(request, community), date))
    form = forms.Planning(
        request.POST or None, zone=date.gathering.zone, initial=forms.standing_of(date)
    )
    by = speaking(request, community)
    if form.is_bound and form.is_valid():
        done = _kept(form, lambda: arranging.rearrange_one(date, by=by, plan=form.plan))
        if done:
            messages.success(request, _("Saved. Who comes is told of what has changed."))
            return redirect(date.path)
    status = 422 if form.is_bound else 200
    return page(
        request, "date_plan", community, status=status, form=form, date=date,
        gathering=date.gathering, city=zones.city(date.gathering.zone),
    )  # fmt: skip


def _kept(form: forms.Planning, act: Callable[[], None]) -> bool:
    """Whether it was done; if not, the form says why."""
    try:
        act()
    except Misplanned as misplanned:
        form.wrong(misplanned)
    except Refused as refused:
        form.add_error(None, refused.sentence)
    else:
        return True
    return False


def _first_post(conversation_id: int) -> str:
    posts = Post.objects.filter(conversation=conversation_id).order_by("pk")
    public_id = posts.values_list("public_id", flat=True).first()
    return f"/p/{public_id}/words/" if public_id else ""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cancellation(request: Request, public_id: str) -> HttpResponse:
    """It does not take place any more, after asking."""
    gathering = find_gathering(request, public_id)
    community = gathering.conversation.community
    allowed(rules.may_arrange(acting(request, community), gathering))
    if request.method == "POST":
        arranging.call_off(gathering, by=speaking(request, community))
        messages.success(request, _("It is called off. Who would have come is told."))
        return redirect(gathering.path)
    return page(request, "cancellation", community, gathering=gathering, back=gathering.path)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def date_cancellation(request: Request, public_id: str) -> HttpResponse:
    """On this date it does not take place, after asking."""
    date = find_date(request, public_id)
    community = date.gathering.conversation.community
    allowed(rules.may_rearrange(acting(request, community), date))
    if request.method == "POST":
        arranging.call_off_one(date, by=speaking(request, community))
        messages.success(request, _("This date is called off. Who would have come is told."))
        return redirect(date.path)
    return page(
        request, "cancellation", community, gathering=date.gathering, date=date, back=date.path,
        tile=reads.tile(date.starts_at, date.ends_at, date.gathering.zone),
    )  # fmt: skip


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def conveners(request: Request, public_id: str) -> HttpResponse:
    """Who calls it together; one more of them."""
    gathering = find_gathering(request, public_id)
    community = gathering.conversation.community
    viewer = acting(request, community)
    allowed(rules.may_arrange(viewer, gathering))
    form = forms.Naming(request.POST or None)
    found: list[Membership] = []
    if form.is_bound and form.is_valid():
        found = reads.nameable(viewer, gathering, form.cleaned_data["name"])
        chosen = [seat for seat in found if seat.public_id == request.POST.get("seat")]
        if len(found) == 1 or chosen:
            seat, by = (chosen or found)[0], speaking(request, community)
            if _named(form, lambda: convening.name(gathering, seat, by=by)):
                return redirect(f"/gatherings/{public_id}/conveners/")
        elif not found:
            form.add_error("name", _("Nobody of this name is here, or they arrange it already."))
    return page(
        request,
        "conveners",
        community,
        status=422 if form.errors else 200,
        form=form,
        found=found,
        gathering=gathering,
        seats=reads.convener_seats(viewer, gathering),
    )


def _named(form: forms.Naming, act: Callable[[], None]) -> bool:
    try:
        act()
    except Refused as refused:
        form.add_error("name", refused.sentence)
        return False
    return True


@require_POST
def convener_end(request: Request, public_id: str, seat_id: str) -> HttpResponse:
    """This member does not arrange it any more."""
    gathering = find_gathering(request, public_id)
    community = gathering.conversation.community
    seats = Membership.objects.visible_to(acting(request, community)).filter(community=community)
    seat = get_object_or_404(seats, public_id=seat_id)
    convening.drop(gathering, seat, by=speaking(request, community))
    return redirect(f"/gatherings/{public_id}/conveners/")


@require_safe
def file(request: Request, public_id: str) -> HttpResponse:
    """The gathering as a file for a calendar."""
    gathering = find_gathering(request, public_id)
    if not gathering.conversation.last_seq:
        raise Http404
    viewer = acting(request, gathering.conversation.community)
    text = reads.file_text(viewer, gathering, origin=public_origin(request))
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="gathering.ics"'
    answer["Cache-Control"] = "private, no-store"
    return answer
