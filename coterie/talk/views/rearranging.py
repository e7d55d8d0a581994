"""Taking topics apart, putting them together, and to another community."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from coterie.communities import rules as communities
from coterie.communities.models import Community, Membership
from coterie.core.verdict import Refused
from coterie.personas.models import Persona
from coterie.personas.requests import Request
from coterie.talk import forms, reads, rearranging_rules, rules
from coterie.talk.actions import moving, rearranging
from coterie.talk.models import Conversation
from coterie.talk.views.finding import (
    acting,
    allowed,
    find_conversation,
    find_post,
    frame,
    speaking,
)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def merging(request: Request, public_id: str) -> HttpResponse:
    """One topic of two."""
    topic = find_conversation(request, public_id)
    viewer = acting(request, topic.community)
    allowed(rules.may_keep(viewer, topic))
    rows = reads.topics(viewer, topic.community).rows
    others = [(row["public_id"], row["title"]) for row in rows if row["title"]]
    form = forms.Merging(request.POST or None)
    form.offer([each for each in others if each[0] != topic.public_id])
    if form.is_bound and form.is_valid():
        into = reads.conversation(viewer, form.cleaned_data["into"])
        by = speaking(request, topic.community)
        try:
            if into is None:
                raise Refused(_("There is no topic at this address that you may read."))
            rearranging.merge(topic, into=into, by=by)
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, _("It is one topic now. The old address leads here."))
            return redirect(into.path)
    return _page(request, "merging", topic, form)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def moving_out(request: Request, public_id: str) -> HttpResponse:
    """A topic goes to another community."""
    topic = find_conversation(request, public_id)
    allowed(rules.may_keep(acting(request, topic.community), topic))
    by = speaking(request, topic.community)
    places = {each.public_id: each for each in _kept_by(by, topic.community)}
    form = forms.Moving(request.POST or None)
    form.offer([(key, each.name) for key, each in places.items()])
    if form.is_bound and form.is_valid():
        try:
            moving.move(topic, to=places[form.cleaned_data["to"]], by=by)
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, _("It stands here now."))
            return redirect(topic.path)
    return _page(request, "moving", topic, form, places=places)


def _kept_by(by: Persona, here: Community) -> list[Community]:
    """Where this very persona keeps order: another self's places must not show here."""
    duty = Membership.Duty.TALK
    kept = [pk for pk, seat in communities.seats(by).items() if seat.may(duty) and pk != here.pk]
    return list(Community.objects.filter(pk__in=kept, closed_at=None).order_by("name"))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def splitting(request: Request, public_id: str) -> HttpResponse:
    """A topic of its own from a post on."""
    found = find_post(request, public_id)
    viewer = acting(request, found.conversation.community)
    allowed(rearranging_rules.may_split(viewer, found))
    form = forms.Splitting(request.POST or None)
    if form.is_bound and form.is_valid():
        act = SPLITS[form.cleaned_data["which"]]
        by, title = speaking(request, found.conversation.community), form.cleaned_data["title"]
        try:
            new = act(found, by=by, title=title)
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, _("It is a topic of its own now."))
            return redirect(new.path)
    row = reads.one_post(viewer, found)
    return _page(request, "splitting", found.conversation, form, post=row)


SPLITS = {
    forms.Splitting.ONWARD: rearranging.split_onward,
    forms.Splitting.ANSWERS: rearranging.split_answers,
}


def _page(request: Request, name: str, topic: Conversation, form: Any, **more: Any) -> HttpResponse:
    context = {**frame(request, topic.community), "topic": topic, "form": form, **more}
    status = 422 if form.is_bound else 200
    return render(request, f"talk/{name}.html", context, status=status)
