"""A poll: voting in it, adding to it, closing it. A script asks for the poll alone."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from coterie.communities import rules as communities
from coterie.core.verdict import Refused
from coterie.personas.requests import Request
from coterie.talk import forms, poll_rules, reads
from coterie.talk.actions import polling
from coterie.talk.models import Poll
from coterie.talk.views.finding import acting, find_post, frame, speaking


@never_cache
@require_safe
def poll(request: Request, public_id: str) -> HttpResponse:
    """The poll, its result and whatever this viewer may do there."""
    return _page(request, _find(request, public_id))


@require_POST
def ballot(request: Request, public_id: str) -> HttpResponse:
    """A vote: the first, or another in its place."""
    found = _find(request, public_id)
    by = speaking(request, found.post.conversation.community)
    form = forms.Ballot(found, request.POST)
    if form.is_valid():
        try:
            polling.vote(found, by=by, places=form.cleaned_data["places"])
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            return _done(request, found)
    return _page(request, found, ranks=form.ranks(), wrong=_why(form))


@require_POST
def options(request: Request, public_id: str) -> HttpResponse:
    """One option more, or one that is struck out."""
    found = _find(request, public_id)
    by = speaking(request, found.post.conversation.community)
    struck = request.POST.get("struck", "")
    if struck.isdecimal() and len(struck) < 4:
        polling.strike(found, by=by, place=int(struck))
        return redirect(f"{found.post.path}poll/")
    form = forms.Option(request.POST)
    if form.is_valid():
        try:
            polling.add_option(found, by=by, option=form.cleaned_data["option"])
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            return _done(request, found)
    return _page(request, found, typed=request.POST.get("option", ""), lacking=_why(form))


@require_POST
def closing(request: Request, public_id: str) -> HttpResponse:
    """Nobody votes any more, and the result is everybody's."""
    found = _find(request, public_id)
    polling.close(found, by=speaking(request, found.post.conversation.community))
    return redirect(f"{found.post.path}poll/")


def _find(request: Request, public_id: str) -> Poll:
    """The poll of a post that this viewer reads."""
    post = find_post(request, public_id)
    found = Poll.objects.filter(post=post).first() if post.polled and post.lives else None
    if found is None:
        raise Http404
    found.post = post
    return found


def _done(request: Request, found: Poll) -> HttpResponse:
    if _is_script(request):
        return _page(request, found)
    return redirect(found.post.in_context)


def _page(
    request: Request, found: Poll, *, ranks: dict[int, int] | None = None, **more: Any
) -> HttpResponse:
    """The whole page, or the poll alone; with what was chosen and why that cannot be."""
    community = found.post.conversation.community
    viewer = acting(request, community)
    row = reads.one_post(viewer, found.post)
    told, own = row["poll"], row["ballot"]
    if own and ranks is not None:
        own |= {"options": reads.with_ranks(told, ranks)}
    context = {"post": row, "poll": told, "own": own, **more}
    status = 422 if more else 200
    if own and _is_script(request):
        return render(request, "talk/_ballot.html", context, status=status)
    context |= frame(request, community) | {
        "topic": found.post.conversation,
        "may_end": poll_rules.may_end_poll(viewer, found),
        "in_topic": found.post.in_context,
        "result": own["result"] if own else told["result"],
    }
    if told["named"] and context["result"] and communities.may_browse(viewer, community):
        context["voters"] = reads.voters(viewer, found.post, told)
    return render(request, "talk/poll.html", context, status=status)


def _is_script(request: Request) -> bool:
    return "X-Part" in request.headers


def _why(form: Any) -> str:
    return str(next(iter(form.errors.values()))[0])
