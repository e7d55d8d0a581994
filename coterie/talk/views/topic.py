"""One topic: reading it, answering in it, keeping it in order."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coterie.communities import rules as communities
from coterie.core.verdict import Refused
from coterie.media import reads as media
from coterie.media.bringing import bring
from coterie.personas.requests import Request
from coterie.personas.viewer import Viewer
from coterie.talk import forms, reads, rules
from coterie.talk.actions import keeping_order, reading, sending
from coterie.talk.models import Conversation, Kind, Post, PostState
from coterie.talk.views.finding import acting, allowed, find_conversation, frame, speaking


@never_cache
@require_safe
def topic(request: Request, public_id: str) -> HttpResponse:
    """A page of a topic, from where the reader left off; a room has a page of its own."""
    conversation = find_conversation(request, public_id)
    if conversation.kind != Kind.TOPIC:
        return redirect(f"{conversation.path}?{request.GET.urlencode()}".rstrip("?"))
    kept = _kept(request, conversation, begun=conversation.begun)  # type: ignore[attr-defined]
    # What was asked for in the address wins, also when it is an answer to nobody.
    wanted = request.GET.get("reply", kept.words.get("reply_to", ""))
    answered = _answered(request, conversation, wanted)
    form = _form(request, conversation, initial=kept.words | {"reply_to": wanted})
    shown = _page(request, conversation, form, answered)
    shown |= {"draft": kept, "photos": _photos(request, conversation, kept)}
    response = render(request, "talk/topic.html", shown)
    _note_reading(request, conversation, shown["page"])
    return response


@never_cache
@require_POST
def posts(request: Request, public_id: str) -> HttpResponse:
    """An answer; sent twice it lands once."""
    conversation = find_conversation(request, public_id)
    by = speaking(request, conversation.community)
    photos = bring(request, conversation.community, by=by)
    form = _form(request, conversation, data=request.POST, pictured=bool(photos.ids))
    answered = None
    if form is not None and form.is_valid() and not photos.trouble:
        said = {**form.cleaned_data, "photos": photos.ids}
        answered = _answered(request, conversation, said.pop("reply_to"))
        try:
            post = sending.reply(conversation, by=by, reply_to=answered, **said)
        except Refused as refused:
            form.refuse(refused.sentence)
        else:
            return redirect(f"{conversation.path}?at={post.public_id}#p-{post.public_id}")
    shown = _page(request, conversation, form, answered, at_end=True)
    shown |= {"draft": _kept(request, conversation, begun=True), **photos.shown}
    return render(request, "talk/topic.html", shown, status=422)


def _form(request: Request, conversation: Conversation, **more: Any) -> forms.Reply | None:
    """The composer, for whoever has a seat here."""
    who = reads.speaker(acting(request, conversation.community), conversation.community)
    return forms.Reply(voices=who["voices"], name=who["name"], **more) if who else None


def _kept(request: Request, conversation: Conversation, *, begun: bool) -> reads.Kept:
    """What whoever speaks here has begun to say."""
    place = communities.seat(request.viewer, conversation.community)
    if place is None:
        return reads.Kept("")
    return reads.draft(place.persona, conversation.public_id, begun=begun)


def _photos(request: Request, conversation: Conversation, kept: reads.Kept) -> list[Any]:
    """What waits in the tray with the draft."""
    if not kept.photos:
        return []
    by = speaking(request, conversation.community)
    return media.waiting(kept.photos, by, conversation.community)


def _answered(request: Request, conversation: Conversation, public_id: str) -> Post | None:
    """The post that is to be answered, if this viewer reads it."""
    if not public_id:
        return None
    readable = Post.objects.visible_to(request.viewer).filter(conversation=conversation)
    return (
        readable.select_related("conversation__community", "persona")
        .filter(public_id=public_id)
        .first()
    )


def _page(
    request: Request,
    conversation: Conversation,
    form: forms.Reply | None,
    answered: Post | None,
    *,
    at_end: bool = False,
) -> dict[str, Any]:
    community = conversation.community
    viewer = acting(request, community)
    asked = {name: request.GET.get(name, "") for name in ("before", "after", "at")}
    if answered and "reply" in request.GET and not any(asked.values()):
        asked["at"] = answered.public_id
    may_reply = rules.may_reply(viewer, conversation)
    page = reads.topic(viewer, conversation, **asked, whole="start" in request.GET and not at_end)
    return {
        **frame(request, community),
        "topic": conversation,
        "page": page,
        "lit": asked["at"],
        "replies": max(conversation.last_seq - 1, 0),
        "not_out": any(post["waits"] == PostState.SCHEDULED for post in page.posts),
        "people": reads.speakers(page),
        "form": form,
        "answered": reads.one_post(viewer, answered) if answered else None,
        "voices": form is not None and form.has_voices,
        "may_reply": may_reply,
        # What was typed is kept in sight, also where it may not be said.
        "composer": form is not None and (bool(may_reply) or form.is_bound),
        "may_retitle": rules.may_retitle(viewer, conversation),
        "read_by": _read_by(viewer, conversation),
        "aside_only": rules.answers_aside(viewer, community),
    }


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
    reading.read_up_to(conversation, by=by, seq=seq, epoch=epoch)
    return HttpResponse(status=204)


KEEPING = {
    "lock": keeping_order.lock,
    "unlock": keeping_order.unlock,
    "pin": keeping_order.pin,
    "unpin": keeping_order.unpin,
    "share": keeping_order.share_history,
    "unshare": keeping_order.close_history,
}


@require_POST
def order(request: Request, public_id: str) -> HttpResponse:
    """Locked, pinned, shared with newcomers, or not any more."""
    conversation = find_conversation(request, public_id)
    act = KEEPING.get(request.POST.get("as", ""))
    if act is not None:
        act(conversation, by=speaking(request, conversation.community))
    return redirect(conversation.path)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def title(request: Request, public_id: str) -> HttpResponse:
    """Another title."""
    conversation = find_conversation(request, public_id)
    allowed(rules.may_retitle(acting(request, conversation.community), conversation))
    form = forms.Title(request.POST or None, initial={"title": conversation.title})
    if form.is_bound and form.is_valid():
        by = speaking(request, conversation.community)
        keeping_order.retitle(conversation, by=by, title=form.cleaned_data["title"])
        return redirect(conversation.path)
    context = {**frame(request, conversation.community), "topic": conversation, "form": form}
    return render(request, "talk/title.html", context, status=422 if form.is_bound else 200)
