"""Doors to not having to meet somebody."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from coterie.communities.actions import keeping_away
from coterie.communities.models import Membership
from coterie.personas.requests import Request
from coterie.safety import reads
from coterie.safety.views.finding import find_place, find_post
from coterie.talk.actions import hiding
from coterie.talk.models import Post, Voice


@never_cache
@login_required
@require_safe
def post_away(request: Request, public_id: str) -> HttpResponse:
    """Report, mute, block or hide: all that helps against a post, on one page."""
    post, place = find_post(request, public_id)
    author = _author(post, place)
    return render(
        request,
        "safety/away.html",
        {
            "community": place.community,
            "back": post.path,
            "path": f"/p/{public_id}/",
            "member": author and author.persona,
            "nameless": author is None,
            "own": post.persona_id == place.persona_id,
        },
    )


@login_required
@require_POST
def post_block(request: Request, public_id: str) -> HttpResponse:
    """Neither meets the other any more."""
    post, place = find_post(request, public_id)
    return _block(request, place, _named(post, place))


@login_required
@require_POST
def post_mute(request: Request, public_id: str) -> HttpResponse:
    """Their words are out of sight."""
    post, place = find_post(request, public_id)
    return _mute(request, place, _named(post, place))


@login_required
@require_POST
def post_hiding(request: Request, public_id: str) -> HttpResponse:
    """This one post is out of sight: whoever wrote it may speak again."""
    post, place = find_post(request, public_id)
    hiding.hide(post, by=place.persona)
    messages.success(request, _("You will not see this post any more."))
    return redirect(post.conversation.path)


@never_cache
@login_required
@require_safe
def kept_away(request: Request, handle: str) -> HttpResponse:
    """Whom I do not meet here, and how to meet them again."""
    place = find_place(request, handle)
    context = {"community": place.community} | reads.kept_away(place)
    return render(request, "safety/kept_away.html", context)


@login_required
@require_POST
def unblocking(request: Request, handle: str, public_id: str) -> HttpResponse:
    """They meet again."""
    place = find_place(request, handle)
    keeping_away.unblock(_kept(place, public_id), by=place.persona)
    return redirect(f"{place.community.path}kept-away/")


@login_required
@require_POST
def unmuting(request: Request, handle: str, public_id: str) -> HttpResponse:
    """Their words are in sight again."""
    place = find_place(request, handle)
    keeping_away.unmute(_kept(place, public_id), by=place.persona)
    return redirect(f"{place.community.path}kept-away/")


def _block(request: Request, place: Membership, member: Membership) -> HttpResponse:
    keeping_away.block(member, by=place.persona)
    messages.success(request, _("You will not meet each other here any more."))
    return redirect(f"{place.community.path}kept-away/")


def _mute(request: Request, place: Membership, member: Membership) -> HttpResponse:
    keeping_away.mute(member, by=place.persona)
    messages.success(request, _("You will not read them here any more."))
    return redirect(f"{place.community.path}kept-away/")


def _author(post: Post, place: Membership) -> Membership | None:
    """The seat of whoever wrote it, if they wrote it under their own name."""
    if post.voice != Voice.OWN or post.persona is None:
        return None
    seats = Membership.objects.filter(community=place.community, persona=post.persona)
    return seats.select_related("persona", "community").first()


def _named(post: Post, place: Membership) -> Membership:
    author = _author(post, place)
    if author is None:
        raise Http404
    return author


def _kept(place: Membership, public_id: str) -> Membership:
    """A member that this one keeps away, living or gone."""
    me = {"community": place.community, "nullifier": place.nullifier}
    blocked = Membership.objects.filter(
        **{f"blocked_by__blocker__{name}": value for name, value in me.items()}
    )
    muted = Membership.objects.filter(
        **{f"muted_by__muter__{name}": value for name, value in me.items()}
    )
    found = (blocked | muted).distinct().select_related("community", "persona")
    return get_object_or_404(found, public_id=public_id)
