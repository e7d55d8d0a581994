"""What somebody wanted to change of their own that was not to be changed any more: told kindly,
with the words that they had typed.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from coterie.communities import rules as communities
from coterie.communities.models import Community
from coterie.media.bringing import bring
from coterie.personas.models import Persona
from coterie.personas.requests import Request
from coterie.talk import clocks, forms, reads, rules
from coterie.talk.actions import drafting
from coterie.talk.models import Conversation, Post, PostState
from coterie.talk.views import plan_form
from coterie.talk.views.drafts import begun
from coterie.talk.views.finding import acting, find_said


def for_what_waited(request: Request, community: Community, public_id: str) -> HttpResponse:
    """It went out, or was thrown away; the answer is the same for what never was."""
    place = communities.seat(request.viewer, community)
    if place is None:
        raise Http404
    typed = begun(request)
    if typed is None:
        return _does_not_fit(request, community, place.persona, public_id)
    if not (_says(typed) or request.FILES.getlist("files")):
        messages.warning(request, _("This waits no more: it went out, or was thrown away."))
        return redirect(f"{community.path}planned/")
    by = place.persona
    photos = bring(request, community, by=by)
    typed |= {"photos": photos.ids, "reply_to": None}
    if photos.trouble:
        messages.warning(request, photos.trouble)
    out = find_said(request, community, request.POST.get("plan", ""))
    if out is not None and out.state == PostState.SCHEDULED:
        return _goes_out_now(request, out, by, typed)
    if out is not None and rules.may_edit(acting(request, community), out):
        return _went_out(request, out, by, typed)
    return _nowhere(request, community, by, typed)


def _does_not_fit(
    request: Request, community: Community, by: Persona, public_id: str
) -> HttpResponse:
    """They stand in the form again, where it is marked what is too long."""
    answers = request.POST.get("answers", "")
    shape = forms.LaterReply if answers else forms.Topic
    form, photos = plan_form.begin(request, community, {}, shape)
    form.refuse(
        _("This waits no more, and your words are too long to be kept. Shorten them first.")
    )
    # On this device alone: there is nothing any more that a draft could be of.
    draft = reads.draft(by, public_id, begun=False)
    plan = request.POST.get("plan", "")
    again = {"draft": draft, "plan": plan, "answers": answers, **photos.shown}
    return plan_form.page(request, community, form, **again)


def _says(typed: dict[str, Any]) -> bool:
    return any(typed[name] for name in ("source", "title", "note", "photos", "tags", "poll"))


def _goes_out_now(request: Request, post: Post, by: Persona, typed: dict[str, Any]) -> HttpResponse:
    drafting.keep(post, by=by, **typed)
    messages.warning(
        request, _("This goes out just now. Your words are kept for when you change it.")
    )
    return redirect(post.in_context)


def _went_out(request: Request, post: Post, by: Persona, typed: dict[str, Any]) -> HttpResponse:
    drafting.keep(post, by=by, **typed)
    when = clocks.spoken(post.said_at, clocks.zone_of(request.viewer))
    messages.warning(
        request,
        _("This went out on %(when)s. Here are your words: save them if it is to say them.")
        % {"when": when},
    )
    return redirect(f"{post.path}words/")


def _nowhere(
    request: Request, community: Community, by: Persona, typed: dict[str, Any]
) -> HttpResponse:
    readable = Conversation.objects.visible_to(request.viewer).filter(community=community)
    answered = readable.filter(public_id=request.POST.get("answers", "")).first()
    drafting.rescue(answered or community, by=by, **typed)
    if answered is not None:
        way = f"{answered.path}#say"
    elif rules.may_start(acting(request, community), community):
        way = f"{community.path}topics/new/"
    else:
        way = f"{community.path}planned/"
    messages.warning(request, _("This waits no more. Your words are kept as a draft."))
    return redirect(way)
