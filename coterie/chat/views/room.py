"""One room: reading it, and saying something in it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from coterie.chat import reads
from coterie.chat.views.finding import acting, find_room, speaking
from coterie.communities import rules as communities
from coterie.core.verdict import Refused
from coterie.media.bringing import bring
from coterie.personas.requests import Request
from coterie.talk import composing, rules
from coterie.talk import reads as talk
from coterie.talk.actions import posting, reading
from coterie.talk.emoji import OFFERED
from coterie.talk.models import Conversation, Post


@never_cache
@require_safe
def room(request: Request, public_id: str) -> HttpResponse:
    """A page of a room: the first new words, the newest, or those around a place."""
    found = find_room(request, public_id)
    viewer = acting(request, found.community)
    begun = composing.begin(viewer, found, request.GET)
    shown = _page(request, found, begun.form, begun.answered)
    shown |= {"draft": begun.draft, "photos": begun.photos}
    response = render(request, "chat/room.html", shown)
    _note_reading(request, found, shown["page"])
    return response


@never_cache
@require_POST
def posts(request: Request, public_id: str) -> HttpResponse:
    """Something is said; sent twice it lands once. A script is told what became of it."""
    found = find_room(request, public_id)
    try:
        by = speaking(request, found.community)
    except Refused as refused:
        if _is_script(request):
            return JsonResponse({"sentence": refused.sentence}, status=403)
        raise
    photos = bring(request, found.community, by=by)
    viewer = acting(request, found.community)
    form = composing.reply(viewer, found, data=request.POST, pictured=bool(photos.ids))
    answered = None
    if form is not None and form.is_valid() and not photos.trouble:
        answered = composing.answered(viewer, found, form.cleaned_data["reply_to"])
        try:
            post = posting.reply(
                found, form.said(photos.ids), by=by, reply_to=answered,
                client_key=form.cleaned_data["client_key"],
            )  # fmt: skip
        except Refused as refused:
            form.refuse(refused.sentence)
        else:
            return _said(request, found, post)
    if _is_script(request):
        return JsonResponse({"sentence": photos.trouble or _why(form)}, status=422)
    shown = _page(request, found, form, answered)
    shown |= {"draft": composing.kept(viewer, found), **photos.shown}
    return render(request, "chat/room.html", shown, status=422)


def _said(request: Request, found: Conversation, post: Post) -> HttpResponse:
    if not _is_script(request):
        return redirect(f"{found.path}?newest#p-{post.public_id}")
    post.conversation = found
    html = talk.drawn(talk.one_post(acting(request, found.community), post), found.kind)
    return JsonResponse({"id": post.public_id, "seq": post.seq, "html": html})


@never_cache
@require_POST
def retraction(request: Request, public_id: str, post_id: str) -> HttpResponse:
    """What was just said is taken back at once; a script is told what is left in its place."""
    found = find_room(request, public_id)
    readable = Post.objects.visible_to(request.viewer).filter(conversation=found)
    post = get_object_or_404(readable.with_place(), public_id=post_id)
    posting.retract(post, by=speaking(request, found.community))
    if not _is_script(request):
        return redirect(f"{found.path}?newest#now")
    left = talk.one_post(acting(request, found.community), post) if post.seq else None
    return JsonResponse({"html": talk.drawn(left, found.kind) if left else ""})


def _is_script(request: Request) -> bool:
    return bool(request.headers.get("Accept") == "application/json")


def _why(form: composing.Reply | None) -> str:
    return str(next(iter(form.errors.values()))[0]) if form is not None else ""


def _page(
    request: Request, found: Conversation, form: composing.Reply | None, answered: Post | None
) -> dict[str, Any]:
    viewer = acting(request, found.community)
    asked = {name: request.GET.get(name, "") for name in ("before", "after", "at")}
    may_reply = rules.may_reply(viewer, found)
    newest = "newest" in request.GET or request.method == "POST"
    return {
        **talk.frame(viewer, found.community),
        "room": found,
        "page": reads.room(viewer, found, **asked, newest=newest),
        "point": talk.point_of(found),
        "lit": asked["at"],
        "people": talk.people(viewer, found),
        "readers": reads.readers(viewer, found),
        "form": form,
        "answered": talk.one_post(viewer, answered) if answered else None,
        "may_reply": may_reply,
        # What was typed is kept in sight, also where it may not be said.
        "composer": form is not None and (bool(may_reply) or form.is_bound),
        "may_react": may_reply or found.locked_at,
        "quick": OFFERED[:3],
        "aside_only": rules.answers_aside(viewer, found.community),
    }


def _note_reading(request: Request, found: Conversation, page: reads.RoomPage) -> None:
    """What was shown is read; a page that was only fetched ahead was not shown."""
    purposes = (request.headers.get(name, "") for name in ("Sec-Purpose", "Purpose"))
    fetched_ahead = any("prefetch" in purpose for purpose in purposes)
    place = communities.seat(request.viewer, found.community)
    if place is None or fetched_ahead or page.read_seq <= found.seen:  # type: ignore[attr-defined]
        return
    reading.read_up_to(found, by=place.persona, seq=page.read_seq, epoch=found.epoch)
