"""Saving what is being written, as it is written; only scripts call these."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_POST

from coterie.media import bringing
from coterie.personas.requests import Request
from coterie.talk import asking, forms, later, reads, rules
from coterie.talk.actions import drafting
from coterie.talk.models import MOST_TAGS, Conversation, Planned, Post, tidy_tags
from coterie.talk.views.finding import (
    acting,
    allowed,
    find_community,
    find_planned,
    find_post,
    find_said,
    speaking,
)

LONGEST_ID = 22
"""Of a picture's public id."""


@require_POST
def new_topic(request: Request, handle: str) -> HttpResponse:
    """A topic that is being written."""
    community = find_community(request, handle)
    allowed(rules.may_draft(request.viewer, community))
    return _kept(request, community)


@require_POST
def reply(request: Request, public_id: str) -> HttpResponse:
    """An answer that is being written."""
    readable = Conversation.objects.visible_to(request.viewer).select_related("community")
    found = readable.filter(public_id=public_id).first()
    # Who has the page of a topic open that is part of another now writes on.
    found = found or reads.successor(request.viewer, public_id)
    if found is None:
        raise Http404
    return _kept(request, found)


@require_POST
def words(request: Request, public_id: str) -> HttpResponse:
    """Other words for one's own post that are being written."""
    found = find_post(request, public_id)
    allowed(rules.may_edit(acting(request, found.conversation.community), found))
    return _kept(request, found)


@require_POST
def planned(request: Request, handle: str, public_id: str) -> HttpResponse:
    """Other words for what waits for its time that are being written."""
    community = find_community(request, handle)
    found: Planned | Post | None = find_planned(request, community, public_id)
    # While it was written it may have gone out: these are other words for that post.
    found = found or find_said(request, community, request.POST.get("plan", ""))
    if found is None:
        raise Http404
    return _kept(request, found)


def begun(request: Request) -> dict[str, Any] | None:
    """What a form holds that is not finished; None where it is none of ours."""
    form = forms.Draft(request.POST)
    if not form.is_valid():
        return None
    photos = request.POST.getlist("photo")[: rules.MOST_PHOTOS]
    words = {**form.cleaned_data, "photos": [each for each in photos if len(each) <= LONGEST_ID]}
    words["tags"] = tidy_tags(request.POST.getlist("tags"), words.pop("more_tags"))[:MOST_TAGS]
    words |= {"poll": asking.begun(request.POST), "later": later.begun(request.POST)}
    words["opening"] = words.pop("client_key")
    return words


def _kept(request: Request, place: drafting.Place) -> HttpResponse:
    """204 when it is kept; 205, start afresh, when it has been sent meanwhile."""
    by = speaking(request, drafting.community_of(place))
    words = begun(request)
    if words is None:
        return HttpResponse(status=422)
    answered = words.pop("reply_to")
    if answered and isinstance(place, Conversation):
        readable = Post.objects.visible_to(request.viewer).filter(conversation=place)
        words["reply_to"] = readable.filter(public_id=answered).first()
    kept = drafting.keep(place, by=by, **words)
    if kept:
        bringing.describe(request.POST, words["photos"], by=by)
    return HttpResponse(status=204 if kept else 205)
