"""What a composer asks for while somebody writes; only scripts call these, nothing is kept."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from coterie.communities import rules as communities
from coterie.communities.models import Community
from coterie.core.often import too_often
from coterie.core.verdict import Refused, require
from coterie.personas.models import Persona
from coterie.personas.requests import Request
from coterie.talk import rules
from coterie.talk.actions import wording
from coterie.talk.models import Conversation, Post, Voice
from coterie.talk.reads import completing
from coterie.talk.views.finding import acting, find_community

PREVIEWS = 90
COMPLETIONS = 300
"""In a minute: more than anybody types."""
LONGEST_BEGUN = 40
ENOUGH = 429


@never_cache
@require_POST
def preview(request: Request, handle: str) -> HttpResponse:
    """Words as they would stand there once they are said, for a member who writes them."""
    community, by = _seat(request, handle)
    if too_often("preview", by.pk, most=PREVIEWS):
        return HttpResponse(status=ENOUGH)
    source = request.POST.get("source", "").strip()
    try:
        require(rules.can_be_said(source))
        shown = {"html": _rendered(source, community, by), "sentence": ""}
    except Refused as refused:
        shown = {"html": "", "sentence": refused.sentence}
    return render(request, "talk/_preview.html", shown, status=422 if shown["sentence"] else 200)


def _rendered(source: str, community: Community, by: Persona) -> str:
    """With the links that tags and names will be; whom a name means is found as for a post."""
    home = Conversation(community=community)
    said = Post(conversation=home, persona=by, voice=Voice.OWN, source=source)
    return wording.unfolded(said, at=community.path)


@never_cache
@require_safe
def completions(request: Request, handle: str) -> HttpResponse:
    """Members who can be called by name, or tags, that begin like what a member has typed."""
    community, by = _seat(request, handle)
    if too_often("completions", by.pk, most=COMPLETIONS):
        return HttpResponse(status=ENOUGH)
    viewer, shown = acting(request, community), {}
    if "at" in request.GET:
        begun, here = request.GET["at"][:LONGEST_BEGUN], request.GET.get("in", "")
        shown["people"] = completing.people(viewer, community, begun, here)
    if "tag" in request.GET:
        shown["words"] = completing.words(viewer, community, request.GET["tag"][:LONGEST_BEGUN])
    return render(request, "talk/_completions.html", shown)


def _seat(request: Request, handle: str) -> tuple[Community, Persona]:
    """Where a member writes and as whom; to everybody else there is nothing here."""
    community = find_community(request, handle)
    place = communities.seat(request.viewer, community)
    if place is None:
        raise Http404
    return community, place.persona
