"""A member's own calendar address."""

from __future__ import annotations

import hashlib

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coterie.communities import rules as communities
from coterie.communities.models import Community, Membership
from coterie.core.origin import public_origin
from coterie.gatherings import forms, reads
from coterie.gatherings.actions import feeding
from coterie.gatherings.views.finding import acting, find_community, page
from coterie.personas.requests import Request


def _seated(request: Request, handle: str) -> tuple[Community, Membership]:
    community = find_community(request, handle)
    seat = communities.seat(request.viewer, community)
    if seat is None:
        raise Http404
    return community, seat


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: Request, handle: str) -> HttpResponse:
    """One's own calendar address here: made, or made anew, and then shown once."""
    community, seat = _seated(request, handle)
    form = forms.Subscribing(request.POST or None)
    address = ""
    if form.is_bound and form.is_valid():
        only_mine = form.cleaned_data["only_mine"]
        token = feeding.renew(seat, by=seat.persona, only_mine=only_mine)
        address = f"{public_origin(request)}/calendar/{token}.ics"
    feed = reads.has_feed(acting(request, community), community)
    if feed and not form.is_bound:
        form = forms.Subscribing(initial={"only_mine": "mine" if feed.only_mine else "all"})
    return page(
        request, "feed", community, form=form, feed=feed, address=address,
        webcal=f"webcal:{address.partition(':')[2]}" if address else "",
        list_path=f"{community.path}gatherings/",
    )  # fmt: skip


@require_POST
def end(request: Request, handle: str) -> HttpResponse:
    """The address opens nothing any more."""
    community, seat = _seated(request, handle)
    feeding.end(seat, by=seat.persona)
    messages.success(request, _("The address opens nothing any more."))
    return redirect(f"{community.path}gatherings/calendar/")


@require_safe
def feed(request: Request, token: str) -> HttpResponse:
    """What calendars read: the gatherings that whoever has this address may see."""
    found = reads.feed_of(token)
    if found is None:
        raise Http404
    text = reads.feed_text(found, origin=public_origin(request))
    # Of the bytes alone: it says nothing of who asks, and changes with what is shown.
    tag = f'"{hashlib.sha256(text).hexdigest()[:32]}"'
    known = request.headers.get("If-None-Match", "").split(",")
    answer = (
        HttpResponseNotModified()
        if tag in (each.strip().removeprefix("W/") for each in known)
        else HttpResponse(text, content_type="text/calendar; charset=utf-8")
    )
    answer["ETag"] = tag
    answer["Cache-Control"] = "private, no-cache"
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer
