"""One's own words that wait for their time."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coterie.core.verdict import Refused
from coterie.media import reads as media
from coterie.personas.requests import Request
from coterie.talk import clocks, forms, later, planning_rules, reads
from coterie.talk.actions import planning
from coterie.talk.models import Planned
from coterie.talk.views import late, plan_form
from coterie.talk.views.finding import (
    acting,
    allowed,
    find_community,
    find_conversation,
    find_planned,
    frame,
    speaking,
)


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
    found = find_planned(request, community, public_id)
    if found is None:
        return late.for_what_waited(request, community, public_id)
    zone, kept = clocks.zone_of(request.viewer), reads.draft(found.persona, found.public_id)
    shape = forms.LaterReply if found.conversation_id else forms.Topic
    standing = later.standing(found.due, zone) | (kept.words or _words(found))
    form, photos = plan_form.begin(request, community, standing, shape)
    if form.is_bound and form.is_valid() and not photos.trouble:
        try:
            planning.change(
                found, form.said(photos.ids), by=found.persona,
                title=form.cleaned_data.get("title", ""),
                opening=form.cleaned_data["client_key"],
                at=form.cleaned_data["at"],
            )  # fmt: skip
        except Refused as refused:
            form.refuse(refused.sentence)
        else:
            return _to_the_list(request, found, form.cleaned_data["zone"])
    names = kept.photos if kept.words else found.photos
    there = photos.shown or {"photos": media.waiting(names, found.persona, community)}
    # Until the change is sent nothing that waits with it is gone.
    there["photos"] = [row | {"kept": row["id"] in found.photos} for row in there["photos"]]
    answered = found.conversation
    context = {"planned": found, "draft": kept, "due": reads.due_in(found, zone), **there}
    context |= {"plan": found.client_key, "answers": answered.public_id if answered else ""}
    return plan_form.page(request, community, form, **context)


def _words(planned: Planned) -> dict[str, Any]:
    """What waits, as a form begins with it."""
    said = planned.said
    return {"title": planned.title, **vars(said), **(said.asked.written() if said.asked else {})}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: Request, public_id: str) -> HttpResponse:
    """An answer that goes out later, by those who keep order."""
    conversation = find_conversation(request, public_id)
    community = conversation.community
    allowed(planning_rules.may_answer_later(acting(request, community), conversation))
    standing = later.standing(None, clocks.zone_of(request.viewer))
    form, photos = plan_form.begin(request, community, standing, forms.LaterReply)
    if form.is_bound and form.is_valid() and not photos.trouble:
        try:
            waits = planning.plan_answer(
                conversation,
                form.said(photos.ids),
                by=speaking(request, community),
                client_key=form.cleaned_data["client_key"],
                at=form.cleaned_data["at"],
            )
        except Refused as refused:
            form.refuse(refused.sentence)
        else:
            return _to_the_list(request, waits, form.cleaned_data["zone"])
    # On this device alone: what is begun in the topic itself is another draft.
    draft = reads.draft(speaking(request, community), f"later {conversation.pk}", begun=False)
    context = {"answered": conversation, "draft": draft, "photos": [], **photos.shown}
    return plan_form.page(request, community, form, **context)


@require_POST
def sending(request: Request, handle: str, public_id: str) -> HttpResponse:
    """It goes out now."""
    community = find_community(request, handle)
    found = find_planned(request, community, public_id)
    if found is None:
        return late.for_what_waited(request, community, public_id)
    try:
        post = planning.say_now(found, by=found.persona)
    except Refused as refused:
        messages.warning(request, refused.sentence)
        return redirect(found.path)
    return redirect(f"{post.conversation.path}?at={post.public_id}#p-{post.public_id}")


@require_POST
def disposal(request: Request, handle: str, public_id: str) -> HttpResponse:
    """It is never said."""
    community = find_community(request, handle)
    found = find_planned(request, community, public_id)
    if found is None:
        return late.for_what_waited(request, community, public_id)
    try:
        planning.throw_away(found, by=found.persona)
    except Refused as refused:
        messages.warning(request, refused.sentence)
    else:
        messages.success(request, _("Thrown away. Nobody has read it."))
    return redirect(f"{community.path}planned/")


def _to_the_list(request: Request, planned: Planned, zone: str) -> HttpResponse:
    due = reads.due_in(planned, zone)
    if due:
        messages.success(request, _("It waits, and goes out on %(when)s.") % {"when": due["words"]})
    return redirect(f"{planned.community.path}planned/")
