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
from coterie.talk import clocks, rules
from coterie.talk.actions import drafting
from coterie.talk.models import Conversation, Post, PostState
from coterie.talk.views.drafts import begun
from coterie.talk.views.finding import acting


def for_what_waited(request: Request, community: Community) -> HttpResponse:
    """It went out, or was thrown away; the answer is the same for what never was."""
    place = communities.seat(request.viewer, community)
    if place is None:
        raise Http404
    typed = begun(request) if request.method == "POST" else None
    if typed is None or not (_says(typed) or request.FILES.getlist("files")):
        messages.warning(request, _("This waits no more: it went out, or was thrown away."))
        return redirect(f"{community.path}planned/")
    by, key = place.persona, typed.pop("client_key")
    photos = bring(request, community, by=by)
    typed |= {"photos": photos.ids, "reply_to": None}
    if photos.trouble:
        messages.warning(request, photos.trouble)
    mine = Post.objects.filter(persona=by, client_key=key, conversation__community=community)
    out = mine.with_place().filter(state__in=Post.SAID).first() if key else None
    if out is not None and out.state == PostState.SCHEDULED:
        return _goes_out_now(request, out, by, typed)
    if out is not None and rules.may_edit(acting(request, community), out):
        return _went_out(request, out, by, typed)
    return _nowhere(request, community, by, typed)


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
    title = post.conversation.title
    if typed["title"].strip() not in ("", title):
        messages.info(request, _("The title that you typed: %(title)s") % {"title": typed["title"]})
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
