"""One topic: reading it, answering in it, keeping it in order."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import unquote

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coterie.communities import rules as communities
from coterie.core.origin import public_origin
from coterie.core.verdict import Refused
from coterie.media.bringing import bring
from coterie.personas.caching import open_to_strangers
from coterie.personas.requests import Request
from coterie.personas.viewer import Viewer
from coterie.talk import composing, details, forms, reads, rules
from coterie.talk.actions import keeping_order, pacing, reading, sending
from coterie.talk.models import Conversation, Kind, Post, PostState
from coterie.talk.paces import spoken_pace
from coterie.talk.views.finding import acting, allowed, find_conversation, frame, speaking
from coterie.talk.views.topics import offer_tags
from coterie.ui.facing import Facing


@open_to_strangers
@require_safe
def topic(request: Request, public_id: str, slug: str = "") -> HttpResponse:
    """A page of a topic, from where the reader left off; a room has a page of its own."""
    conversation = find_conversation(request, public_id)
    if conversation.kind == Kind.ROOM or conversation.public_id != public_id:
        return _over(request, conversation.path)
    if slug and request.path != unquote(conversation.open_path):
        return _over(request, conversation.open_path, for_good=True)
    viewer = acting(request, conversation.community)
    begun = composing.begin(viewer, conversation, request.GET)
    shown = _page(request, conversation, begun.form, begun.answered)
    if shown["lit"] and shown["lit"] not in {post["public_id"] for post in shown["page"].posts}:
        elsewhere = _where_it_is(request, conversation, shown["lit"])
        if elsewhere:
            return redirect(elsewhere)
    shown |= {"draft": begun.draft, "photos": begun.photos}
    if not request.viewer.signed_in:
        shown["facing"] = _facing(request, conversation, shown)
    response = render(request, shown["template"], shown)
    _note_reading(request, conversation, shown["page"])
    return response


def _over(request: Request, path: str, *, for_good: bool = False) -> HttpResponse:
    """To another address, with all that was asked for; a crawler forgets the old one for good."""
    return redirect(f"{path}?{request.GET.urlencode()}".rstrip("?"), permanent=for_good)


def _facing(request: Request, conversation: Conversation, shown: dict[str, Any]) -> Facing | None:
    page = shown["page"]
    later = request.GET.get("after", "") if page.before else ""
    asked = "" if later or not page.before else "around one"
    facing = reads.of_topic(public_origin(request), conversation, page, asked=asked, later=later)
    told = details.of(conversation).told
    if facing is None or told is None or not facing.listed or later:
        return facing
    more = told(facing, shown)
    return replace(facing, told=(more, *facing.told)) if more else facing


def _where_it_is(request: Request, conversation: Conversation, post: str) -> str:
    """The way to a post that was taken out of this topic into one of its own."""
    readable = Post.objects.visible_to(request.viewer).exclude(conversation=conversation)
    found = readable.select_related("conversation").filter(public_id=post).first()
    return found.in_context if found else ""


@never_cache
@require_POST
def posts(request: Request, public_id: str) -> HttpResponse:
    """An answer; sent twice it lands once."""
    conversation = find_conversation(request, public_id)
    by = speaking(request, conversation.community)
    photos = bring(request, conversation.community, by=by)
    viewer = acting(request, conversation.community)
    form = composing.reply(viewer, conversation, data=request.POST, pictured=bool(photos.ids))
    answered = None
    if form is not None and form.is_valid() and not photos.trouble:
        answered = composing.answered(viewer, conversation, form.cleaned_data["reply_to"])
        try:
            post = sending.reply(
                conversation, form.said(photos.ids), by=by, reply_to=answered,
                client_key=form.cleaned_data["client_key"],
            )  # fmt: skip
        except Refused as refused:
            form.refuse(refused.sentence)
        else:
            return redirect(post.in_context)
    shown = _page(request, conversation, form, answered, at_end=True)
    shown |= {"draft": composing.kept(viewer, conversation), **photos.shown}
    return render(request, shown["template"], shown, status=422)


def _page(
    request: Request,
    conversation: Conversation,
    form: composing.Reply | None,
    answered: Post | None,
    *,
    at_end: bool = False,
) -> dict[str, Any]:
    community = conversation.community
    viewer = acting(request, community)
    asked = {name: request.GET.get(name, "") for name in ("before", "after", "at")}
    if answered and request.GET.keys() & {"reply", "quote"} and not any(asked.values()):
        asked["at"] = answered.public_id
    may_reply = rules.may_reply(viewer, conversation)
    # Who never read anything here, nor ever will have, begins at the beginning.
    whole = ("start" in request.GET or not viewer.signed_in) and not at_end
    page = reads.topic(viewer, conversation, **asked, whole=whole)
    detail = details.of(conversation)
    return {
        **frame(request, community),
        **detail.read(viewer, conversation, request.GET),
        "template": detail.template,
        "topic": conversation,
        "page": page,
        "lit": asked["at"],
        "new_elsewhere": _new_elsewhere(conversation, page),
        "tags": reads.tag_links(community.path, conversation.tagged),
        "replies": max(conversation.last_seq - 1, 0),
        "not_out": any(post["waits"] == PostState.SCHEDULED for post in page.posts),
        "people": reads.speakers(page),
        "form": form,
        "answered": reads.one_post(viewer, answered) if answered else None,
        "may_reply": may_reply,
        # What was typed is kept in sight, also where it may not be said.
        "composer": form is not None and (bool(may_reply) or form.is_bound),
        "pacing": _pacing(viewer, conversation),
        "may_retitle": rules.may_retitle(viewer, conversation),
        "read_by": _read_by(viewer, conversation),
        "pace": spoken_pace(conversation.slow_seconds) if conversation.slow_seconds else "",
        "aside_only": rules.answers_aside(viewer, community),
    }


def _new_elsewhere(conversation: Conversation, page: reads.TopicPage) -> int:
    """How much is new that this page does not reach."""
    seen: int = conversation.seen  # type: ignore[attr-defined]
    return 0 if page.first_new or page.last_seq > seen else max(conversation.last_seq - seen, 0)


def _pacing(viewer: Viewer, conversation: Conversation) -> forms.Pace | None:
    """For those alone who see the hosts' sheet."""
    if not rules.keeps_order(viewer, conversation.community):
        return None
    return forms.Pace(initial={"seconds": conversation.slow_seconds})


def _read_by(viewer: Viewer, conversation: Conversation) -> str:
    """In words, who reads this topic."""
    if conversation.aside_with_id:
        return _("Read by its author and the hosts.")
    return reads.read_by(viewer, conversation.community, conversation.see)


def _note_reading(request: Request, conversation: Conversation, page: reads.TopicPage) -> None:
    """What was shown is read; a page that was only fetched ahead was not shown."""
    fetched_ahead = "prefetch" in request.headers.get("Sec-Purpose", "")
    place = communities.seat(request.viewer, conversation.community)
    if place is None or fetched_ahead or page.last_seq <= conversation.seen:  # type: ignore[attr-defined]
        return
    reading.read_up_to(conversation, by=place.persona, seq=page.last_seq, epoch=conversation.epoch)


@never_cache
@require_safe
def since(request: Request, public_id: str) -> HttpResponse:
    """What was said and changed after the point that a page knows, as this reader meets it."""
    conversation = find_conversation(request, public_id)
    point = reads.Point(*(_number(request.GET.get(name)) for name in reads.Point._fields))
    viewer = acting(request, conversation.community)
    if conversation.public_id != public_id:
        # These numbers are of a topic that is part of another now.
        lost = {"at": reads.point_of(conversation), "posts": [], "more": False, "lost": True}
        return JsonResponse(lost | {"waiting": []})
    news, waiting = reads.changes(conversation, point, viewer), reads.waiting(conversation, viewer)
    rows = [*news.rows, *(waiting or ())]
    posts = [row["body"] | {"own": row["own"], "mine": row["mine"]} for row in rows]
    waits = None if waiting is None else [row["body"]["id"] for row in waiting]
    return JsonResponse(
        {"at": news.point, "posts": posts, "more": news.more, "lost": news.lost, "waiting": waits}
    )


def _number(said: str | None) -> int:
    return int(said) if said and said.isdecimal() and len(said) < 10 else 0


@require_POST
def reading_position(request: Request, public_id: str) -> HttpResponse:
    """What came while the page was open was read too."""
    conversation = find_conversation(request, public_id)
    seq, epoch = (_number(request.POST.get(name)) for name in ("seq", "epoch"))
    by = speaking(request, conversation.community)
    if conversation.public_id == public_id:
        reading.read_up_to(conversation, by=by, seq=seq, epoch=epoch)
    return HttpResponse(status=204)


KEEPING = {
    "lock": keeping_order.lock,
    "unlock": keeping_order.unlock,
    "pin": keeping_order.pin,
    "unpin": keeping_order.unpin,
    "unlist": pacing.unlist,
    "list": pacing.relist,
    "archive": pacing.archive,
    "unarchive": pacing.unarchive,
    "share": keeping_order.share_history,
    "unshare": keeping_order.close_history,
}


@require_POST
def order(request: Request, public_id: str) -> HttpResponse:
    """Locked, pinned, listed, archived, shared with newcomers, or not any more."""
    conversation = find_conversation(request, public_id)
    act = KEEPING.get(request.POST.get("as", ""))
    if act is not None:
        act(conversation, by=speaking(request, conversation.community))
    return redirect(conversation.path)


@require_POST
def pace(request: Request, public_id: str) -> HttpResponse:
    """How long members wait between two posts."""
    conversation = find_conversation(request, public_id)
    by = speaking(request, conversation.community)
    form = forms.Pace(request.POST)
    if form.is_valid() and form.cleaned_data["seconds"]:
        pacing.slow_down(conversation, by=by, seconds=form.cleaned_data["seconds"])
    elif form.is_valid():
        pacing.end_slowness(conversation, by=by)
    return redirect(conversation.path)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def title(request: Request, public_id: str) -> HttpResponse:
    """Another title, and other tags."""
    conversation = find_conversation(request, public_id)
    allowed(rules.may_retitle(acting(request, conversation.community), conversation))
    standing = {"title": conversation.title, "tags": conversation.tagged}
    form = forms.Title(request.POST or None, initial=standing)
    viewer = acting(request, conversation.community)
    if conversation.kind == Kind.ROOM:
        form.offer([], free=False)
    else:
        offer_tags(form, viewer, conversation.community)
    if form.is_bound and form.is_valid():
        by = speaking(request, conversation.community)
        try:
            keeping_order.rename(
                conversation, by=by, title=form.cleaned_data["title"], tags=form.said_tags
            )
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            return redirect(conversation.path)
    context = {**frame(request, conversation.community), "topic": conversation, "form": form}
    if conversation.kind == Kind.ROOM:
        context["pacing"] = _pacing(viewer, conversation)
    return render(request, "talk/title.html", context, status=422 if form.is_bound else 200)
