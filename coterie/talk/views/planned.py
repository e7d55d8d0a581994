"""One's own words that wait for their time."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coterie.communities.models import Community
from coterie.core.verdict import Refused
from coterie.media import reads as media
from coterie.media.bringing import bring
from coterie.personas.requests import Request
from coterie.talk import clocks, forms, later, planning_rules, reads
from coterie.talk.actions import planning
from coterie.talk.models import Planned
from coterie.talk.views.finding import (
    acting,
    allowed,
    find_community,
    find_conversation,
    frame,
    speaking,
)
from coterie.talk.views.topics import offer_tags

SAID = ("source", "note", "voice", "asked", "at")


@never_cache
@require_safe
def planned(request: Request, handle: str) -> HttpResponse:
    """What goes out later; seen by nobody else."""
    community = find_community(request, handle)
    by = speaking(request, community)
    rows = reads.planned(acting(request, community), by, community)
    context = {**frame(request, community), "rows": rows, "most": planning_rules.MOST}
    return render(request, "talk/planned.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: Request, handle: str, public_id: str) -> HttpResponse:
    """Other words, or another time."""
    community = find_community(request, handle)
    found = _find(request, community, public_id)
    zone = clocks.zone_of(request.viewer)
    opens = found.conversation_id is None
    standing = {
        "title": found.title, "source": found.source, "note": found.note, "voice": found.voice,
        "tags": found.tags,
        **(found.asked.written() if found.asked else {}),
        **later.standing(found.due, zone),
    }  # fmt: skip
    form, photos = _form(request, community, standing, forms.Topic if opens else forms.LaterReply)
    if form.is_bound and form.is_valid() and not photos.trouble:
        said = _said(form) | {"photos": photos.ids}
        try:
            planning.change(found, by=found.persona, **said | {"at": later.required(said["at"])})
        except Refused as refused:
            form.refuse(refused.sentence)
        else:
            return _to_the_list(request, found, form.cleaned_data["zone"])
    waiting = [
        row | {"kept": True} for row in media.waiting(found.photos, found.persona, community)
    ]
    context = {
        "planned": found,
        "due": reads.due_in(found, zone),
        "photos": waiting,
        **photos.shown,
    }
    return _page(request, community, form, **context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: Request, public_id: str) -> HttpResponse:
    """An answer that goes out later, by those who keep order."""
    conversation = find_conversation(request, public_id)
    community = conversation.community
    allowed(planning_rules.may_answer_later(acting(request, community), conversation))
    standing = later.standing(None, clocks.zone_of(request.viewer))
    form, photos = _form(request, community, standing, forms.LaterReply)
    if form.is_bound and form.is_valid() and not photos.trouble:
        said = _said(form) | {"photos": photos.ids}
        try:
            waits = planning.plan_answer(
                conversation,
                by=speaking(request, community),
                client_key=form.cleaned_data["client_key"],
                **said | {"at": later.required(said["at"])},
            )
        except Refused as refused:
            form.refuse(refused.sentence)
        else:
            return _to_the_list(request, waits, form.cleaned_data["zone"])
    context = {"answered": conversation, "photos": [], **photos.shown}
    return _page(request, community, form, **context)


@require_POST
def sending(request: Request, handle: str, public_id: str) -> HttpResponse:
    """It goes out now."""
    community = find_community(request, handle)
    found = _find(request, community, public_id)
    post = planning.say_now(found, by=found.persona)
    return redirect(f"{post.conversation.path}?at={post.public_id}#p-{post.public_id}")


@require_POST
def disposal(request: Request, handle: str, public_id: str) -> HttpResponse:
    """It is never said."""
    community = find_community(request, handle)
    found = _find(request, community, public_id)
    planning.throw_away(found, by=found.persona)
    messages.success(request, _("Thrown away. Nobody has read it."))
    return redirect(f"{community.path}planned/")


def _find(request: Request, community: Community, public_id: str) -> Planned:
    mine = Planned.objects.of(request.viewer).filter(community=community).with_due()
    places = mine.select_related("persona", "community__parent", "conversation")
    return get_object_or_404(places, public_id=public_id)


def _form(
    request: Request, community: Community, standing: dict[str, Any], shape: Any
) -> tuple[Any, Any]:
    viewer = acting(request, community)
    who = reads.speaker(viewer, community)
    if who is None:
        raise Http404
    photos = bring(request, community, by=who["persona"])
    form = shape(
        request.POST or None, voices=who["voices"], name=who["name"], initial=standing,
        pictured=bool(photos.ids),
    )  # fmt: skip
    if isinstance(form, forms.Tags):
        offer_tags(form, viewer, community)
    return form, photos


def _said(form: Any) -> dict[str, Any]:
    said = {name: form.cleaned_data[name] for name in SAID}
    if isinstance(form, forms.Topic):
        said |= {"title": form.cleaned_data["title"], "tags": form.said_tags}
    return said


def _to_the_list(request: Request, planned: Planned, zone: str) -> HttpResponse:
    due = reads.due_in(planned, zone)
    if due:
        messages.success(request, _("It waits, and goes out on %(when)s.") % {"when": due["words"]})
    return redirect(f"{planned.community.path}planned/")


def _page(request: Request, community: Community, form: Any, **more: Any) -> HttpResponse:
    context = {**frame(request, community), "form": form, **more}
    status = 422 if form.is_bound else 200
    return render(request, "talk/planned_one.html", context, status=status)
