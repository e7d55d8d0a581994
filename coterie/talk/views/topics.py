"""A community's topics, and everything that is new anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coterie.communities import reads as communities_reads
from coterie.communities import rules as communities
from coterie.communities.models import Community, JoinedBy, PostedBy
from coterie.core.origin import public_origin
from coterie.core.verdict import Refused
from coterie.media import reads as media
from coterie.media.bringing import bring
from coterie.personas.caching import open_to_strangers
from coterie.personas.requests import Request
from coterie.personas.viewer import Viewer
from coterie.talk import clocks, details, forms, later, reads, rules
from coterie.talk.actions import planning, reading, sending
from coterie.talk.models import key_of
from coterie.talk.views.finding import acting, allowed, find_community, frame, speaking


@open_to_strangers
@require_safe
def topics(request: Request, handle: str) -> HttpResponse:
    """A community's home: what is talked about here."""
    community = find_community(request, handle)
    if not communities.may_see(request.viewer, community):
        return redirect(f"{community.path}about/")
    viewer = acting(request, community)
    listing = _listing(request, viewer, community)
    return render(
        request,
        "talk/topics.html",
        {
            **listing,
            "may_start": rules.may_start(viewer, community),
            "shelves": details.shelves(viewer, community),
            "below": communities_reads.tree(viewer, community),
            "above": bool(community.parent and communities.may_find(viewer, community.parent)),
            "new_path": f"{community.path}topics/new/",
            "starters": [] if listing["rows"] else starters(community),
            "joinable": community.joined_by in ASKED
            and not (community.closed_at or community.orphaned_at),
            "faces": communities_reads.faces(viewer, community),
        },
    )


ASKED = (JoinedBy.OPEN, JoinedBy.REQUEST)
"""Where whoever comes by may come in, or ask to."""


def starters(community: Community) -> list[tuple[str, str]]:
    """Questions with which a first topic is easier, and the way to each."""
    asked = (
        _("Who is here, and what brought you?"),
        _("What are you working on this week?"),
        _("What do you wish somebody had told you at the beginning?"),
    )
    return [(one, f"{community.path}topics/new/?{urlencode({'title': one})}") for one in asked]


@open_to_strangers
@require_safe
def tag(request: Request, handle: str, tag: str) -> HttpResponse:
    """The topics that bear a tag."""
    community = find_community(request, handle)
    if not communities.may_see(request.viewer, community):
        raise Http404
    viewer = acting(request, community)
    return render(request, "talk/tag.html", _listing(request, viewer, community, tag))


WISHES = {
    "new": reads.Wish(newest=True),
    "unanswered": reads.Wish(unanswered=True),
    "archived": reads.Wish(archived=True),
    "unlisted": reads.Wish(unlisted=True),
}
"""What `?sort=` may ask for; anything else is the list by activity."""


def _listing(
    request: Request, viewer: Viewer, community: Community, key: str = ""
) -> dict[str, Any]:
    """A page of topics, and the ways to other orders of them."""
    tags = reads.tags(viewer, community)
    tag = next((each for each in tags if each["key"] == key_of(key)), None) if key else None
    if key and tag is None:
        raise Http404
    asked = request.GET.get("sort", "")
    sort = asked if asked in WISHES else ""
    if sort == "unlisted" and not rules.keeps_order(viewer, community):
        sort = ""
    wish, after = WISHES.get(sort, reads.Wish()), request.GET.get("after", "")
    page = reads.topics(viewer, community, after, wish=wish, tag=tag["pk"] if tag else None)
    here = tag["path"] if tag else community.path
    return {
        **frame(request, community),
        "page": page,
        "rows": list(page.rows) if wish.newest else with_seam(page.rows),
        "tags": tags,
        "tag": tag,
        "sort": sort,
        "list_path": here,
        "facing": None
        if request.viewer.signed_in
        else reads.of_list(public_origin(request), community, tag=tag, asked=bool(request.GET)),
        "older_path": f"{here}?{urlencode({'sort': sort, 'after': page.after})}",
    }


def with_seam(rows: Any) -> list[dict[str, Any]]:
    """The row behind the last one with news knows that everything is read from there on."""
    loose = [row for row in rows if not row["pinned"]]
    last = max((at for at, row in enumerate(loose) if row["unread"]), default=-1)
    if -1 < last < len(loose) - 1:
        loose[last + 1]["seam"] = True
    return list(rows)


def offer_tags(form: forms.Tags, viewer: Viewer, community: Community) -> None:
    """The form offers the community's tags; what a draft or topic bears is ticked or written."""
    words = {tag["key"]: tag["word"] for tag in reads.tags(viewer, community)}
    free = bool(rules.may_bring_tags(viewer, community))
    born = form.initial.get("tags", ())
    form.initial = dict(form.initial) | {
        "tags": [words[key_of(word)] for word in born if key_of(word) in words],
        "more_tags": ", ".join(word for word in born if key_of(word) not in words),
    }
    form.offer(list(words.values()), free=free)


def _begun(kept: reads.Kept) -> dict[str, Any]:
    """A draft, less a title that was never written: that an address may suggest."""
    return {name: word for name, word in kept.words.items() if word or name != "title"}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_topic(request: Request, handle: str) -> HttpResponse:
    """Starting a topic."""
    community = find_community(request, handle)
    viewer = acting(request, community)
    allowed(rules.may_start(viewer, community))
    who = reads.speaker(viewer, community)
    if who is None:
        raise Http404
    kept = reads.draft(who["persona"], community.public_id)
    frames = [] if kept.words else reads.frames(community)
    wanted = request.GET.get("template", "")
    chosen = next((each for each in frames if each["public_id"] == wanted), None)
    photos = bring(request, community, by=who["persona"])
    form = forms.Topic(
        request.POST or None,
        voices=who["voices"],
        name=who["name"],
        initial=_suggested(request) | (chosen or {}) | _begun(kept),
        pictured=bool(photos.ids),
    )
    offer_tags(form, viewer, community)
    if chosen and chosen["hint"]:
        form.fields["title"].help_text = chosen["hint"]
    if form.is_bound and form.is_valid() and not photos.trouble:
        try:
            return redirect(_start(request, community, form, photos.ids))
        except Refused as refused:
            form.refuse(refused.sentence)
    context = {
        **frame(request, community),
        "form": form,
        "draft": kept,
        "frames": frames,
        "chosen": chosen,
        "draft_path": f"{community.path}topics/new/draft/",
        "looked_at": community.posted_by == PostedBy.APPROVED and not who["keeps_order"],
        "aside_only": rules.answers_aside(viewer, community),
        "photos": media.waiting(kept.photos, who["persona"], community),
        **photos.shown,
    }
    return render(request, "talk/new_topic.html", context, status=422 if form.is_bound else 200)


def _suggested(request: Request) -> dict[str, Any]:
    """What the form begins with where there is no draft."""
    zone = clocks.zone_of(request.viewer)
    return {"title": request.GET.get("title", "")[:120], **later.standing(None, zone)}


def _start(request: Request, community: Community, form: forms.Topic, photos: Sequence[str]) -> str:
    """The topic goes out in seven seconds, or waits for its time; where it is seen."""
    by = speaking(request, community)
    said, at = form.said(photos), form.cleaned_data["at"]
    named = {name: form.cleaned_data[name] for name in ("title", "client_key")}
    if at is None:
        return sending.start_topic(community, said, by=by, **named).path
    waits = planning.plan_topic(community, said, by=by, at=at, **named)
    due = reads.due_in(waits, form.cleaned_data["zone"])
    if due:
        messages.success(request, _("It waits, and goes out on %(when)s.") % {"when": due["words"]})
    return f"{community.path}planned/"


@require_POST
@login_required
def community_read(request: Request, handle: str) -> HttpResponse:
    """Nothing here is new any more."""
    community = find_community(request, handle)
    count = reading.mark_all_read(community, by=speaking(request, community))
    messages.success(request, said_read(count))
    return redirect(community.path)


def said_read(count: int) -> str:
    """How many topics were marked as read."""
    if not count:
        return _("There was nothing new.")
    return ngettext("%(n)d topic is read.", "%(n)d topics are read.", count) % {"n": count}


@never_cache
@require_safe
@login_required
def news(request: Request) -> HttpResponse:
    """Everything that is new, in all of one's communities; seen by nobody else."""
    page = reads.unread_topics(request.viewer, request.GET.get("after", ""))
    context = {"page": page, "older_path": f"/talk/?after={page.after}"}
    return render(request, "talk/news.html", context)
