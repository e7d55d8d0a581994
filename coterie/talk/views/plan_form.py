"""The form of what waits for its time, for the pages that show it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from coterie.communities.models import Community
from coterie.media.bringing import bring
from coterie.personas.requests import Request
from coterie.talk import forms, reads
from coterie.talk.views.finding import acting, frame
from coterie.talk.views.topics import offer_tags


def begin(
    request: Request, community: Community, standing: dict[str, Any], shape: Any
) -> tuple[Any, Any]:
    """The form of this shape, as it opens or as it was sent, and its photos."""
    viewer = acting(request, community)
    who = reads.speaker(viewer, community)
    if who is None:
        raise Http404
    photos = bring(request, community, by=who["persona"])
    form = shape(
        request.POST or None, voices=who["voices"], name=who["name"], initial=standing,
        pictured=bool(photos.ids),
    )  # fmt: skip
    for name in ("later_day", "later_time"):
        form.fields[name].required = True
    if isinstance(form, forms.Tags):
        offer_tags(form, viewer, community)
    return form, photos


def page(request: Request, community: Community, form: Any, **more: Any) -> HttpResponse:
    """It stands there; what it sends along names the `plan` and the topic that it `answers`."""
    context = {**frame(request, community), "form": form, **more}
    status = 422 if form.is_bound else 200
    return render(request, "talk/planned_one.html", context, status=status)
