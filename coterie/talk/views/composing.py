"""What a composer asks for while somebody writes; only scripts call these, nothing is kept."""

from __future__ import annotations

from typing import Any, cast

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from coterie.communities import rules as communities
from coterie.communities.models import Community, Membership
from coterie.core.often import too_often
from coterie.core.verdict import Refused, require
from coterie.media import bringing
from coterie.media import reads as media
from coterie.personas.requests import Request
from coterie.personas.viewer import Viewer
from coterie.pure.markup import fold, tidy_note
from coterie.talk import composing, reads, rules
from coterie.talk.actions import wording
from coterie.talk.asking import Asking
from coterie.talk.models import (
    MOST_ON_A_TOPIC,
    Asked,
    Conversation,
    Kind,
    Post,
    Voice,
    tidy_tags,
)
from coterie.talk.reads import completing
from coterie.talk.views.finding import acting, find_community

PREVIEWS = 90
COMPLETIONS = 300
"""In a minute: more than anybody types."""
LONGEST_BEGUN, LONGEST_TITLE = 40, 120
ENOUGH = 429


@never_cache
@require_POST
def preview(request: Request, handle: str) -> HttpResponse:
    """A post as it would stand there once it is said, for a member who writes it."""
    place = _place(request, handle)
    if too_often("preview", place.persona_id, most=PREVIEWS):
        return HttpResponse(status=ENOUGH)
    try:
        shown = _shown(request, place)
    except Refused as refused:
        shown = {"sentence": refused.sentence}
    return render(request, "talk/_preview.html", shown, status=422 if "sentence" in shown else 200)


def _shown(request: Request, place: Membership) -> dict[str, Any]:
    community, said = place.community, request.POST
    viewer = acting(request, community)
    photos = _photos(said, place)
    changed = _own(viewer, place, said.get("of", ""))
    post = _written(viewer, said, place, changed, photos=len(photos))
    home = _home(viewer, community, said.get("in", ""))
    answered = home and composing.answered(viewer, home, said.get("reply_to", ""))
    row = reads.unsaid(
        viewer,
        post,
        place,
        photos=photos,
        asked=_asked(said),
        answered=reads.one_post(viewer, answered) if answered else None,
    )
    if changed is not None:
        row["poll"] = reads.one_post(viewer, changed)["poll"]
    title = " ".join(said.get("title", "").split())[:LONGEST_TITLE]
    tags = tidy_tags(said.getlist("tags"), said.get("more_tags", ""))[:MOST_ON_A_TOPIC]
    is_bubble = home is not None and home.kind == Kind.ROOM
    links = reads.tag_links(community.path, tags)
    return {"post": row, "title": title, "tags": links, "is_bubble": is_bubble}


def _written(
    viewer: Viewer, said: QueryDict, place: Membership, changed: Post | None, *, photos: int
) -> Post:
    """With the links that tags and names will be; whom a name means is found as for a post."""
    community = place.community
    source = said.get("source", "").strip()
    voice = changed.voice if changed else said.get("voice", Voice.OWN)
    require(rules.can_be_said(source, photos))
    if not changed and not (voice in Voice and rules.may_speak_as(viewer, community, voice)):
        raise Refused(_("Choose who is speaking."))
    home = Conversation(community=community)
    note = tidy_note(said.get("note", ""))
    post = Post(conversation=home, persona=place.persona, voice=voice, source=source, note=note)
    post.hosts_note = changed.hosts_note if changed else ""
    post.html = fold(wording.unfolded(source, community, at=community.path), post.noted)
    return post


def _own(viewer: Viewer, place: Membership, public_id: str) -> Post | None:
    """What this member said and is changing."""
    if not public_id:
        return None
    mine = Post.objects.visible_to(viewer).filter(persona=place.persona, public_id=public_id)
    mine = mine.filter(conversation__community=place.community_id)
    return mine.with_place().first()


def _home(viewer: Viewer, community: Community, public_id: str) -> Conversation | None:
    """The conversation in which it is to be said, if this member reads it."""
    if not public_id:
        return None
    readable = Conversation.objects.visible_to(viewer).select_related("community__parent")
    return readable.filter(community=community, public_id=public_id).first()


def _photos(said: QueryDict, place: Membership) -> list[dict[str, Any]]:
    found = media.own(bringing.named(said), place.persona, place.community)
    return [photo | {"alt": bringing.words_of(said, photo)} for photo in found]


def _asked(said: QueryDict) -> Asked | None:
    form = Asking(said)
    if not form.is_valid():
        raise Refused(str(next(iter(form.errors.values()))[0]))
    return cast("Asked | None", form.cleaned_data["asked"])


@never_cache
@require_safe
def completions(request: Request, handle: str) -> HttpResponse:
    """Members who can be called by name, or tags, that begin like what a member has typed."""
    place = _place(request, handle)
    community = place.community
    if too_often("completions", place.persona_id, most=COMPLETIONS):
        return HttpResponse(status=ENOUGH)
    viewer, shown = acting(request, community), {}
    if "at" in request.GET:
        begun, here = request.GET["at"][:LONGEST_BEGUN], request.GET.get("in", "")
        shown["people"] = completing.people(viewer, community, begun, here)
    if "tag" in request.GET:
        shown["words"] = completing.words(viewer, community, request.GET["tag"][:LONGEST_BEGUN])
    return render(request, "talk/_completions.html", shown)


def _place(request: Request, handle: str) -> Membership:
    """Where a member writes and as whom; to everybody else there is nothing here."""
    community = find_community(request, handle)
    place = communities.seat(request.viewer, community)
    if place is None:
        raise Http404
    place.community = community
    return place
