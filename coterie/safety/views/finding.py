"""Finding things in scope: what a viewer may not find answers as what does not exist."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from coterie.communities import rules as communities
from coterie.communities.models import Community, Membership
from coterie.core.verdict import require
from coterie.personas.requests import Request
from coterie.safety import reads, rules
from coterie.safety.models import Case
from coterie.talk.models import Post


def find_place(request: Request, handle: str) -> Membership:
    """The viewer's own seat in a community, which knows its community."""
    community = get_object_or_404(Community.objects.findable_by(request.viewer).at(handle))
    place = communities.seat(request.viewer, community)
    if place is None:
        raise Http404
    place.community = community
    return place


def find_desk(request: Request, handle: str) -> Membership:
    """The same, for those who keep order there."""
    place = find_place(request, handle)
    require(rules.may_keep_order(request.viewer, place.community))
    return place


def find_member(request: Request, place: Membership, public_id: str) -> Membership:
    """A member whose page this viewer may open, or whom they blocked."""
    members = Membership.objects.living().filter(community=place.community)
    found = get_object_or_404(members.select_related("persona"), public_id=public_id)
    found.community = place.community
    met = communities.may_meet(request.viewer, found)
    if not met and not communities.has_blocked(request.viewer, found):
        raise Http404
    return found


def shown_photo(case: Case, place: int) -> HttpResponse:
    """One photo of the case's evidence."""
    content = reads.photo(case, place)
    if content is None:
        raise Http404
    return HttpResponse(content, content_type="image/webp")


def find_post(request: Request, public_id: str) -> tuple[Post, Membership]:
    """A post that this viewer reads, and their seat in its community."""
    posts = Post.objects.visible_to(request.viewer)
    found = posts.select_related("conversation__community", "persona")
    post = get_object_or_404(found, public_id=public_id)
    place = communities.seat(request.viewer, post.conversation.community)
    if place is None:
        raise Http404
    place.community = post.conversation.community
    return post, place
