"""A community's topics, and everything that is new anywhere."""

from __future__ import annotations

from typing import Any

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
from coterie.communities.models import PostedBy
from coterie.core.verdict import Refused
from coterie.media import reads as media
from coterie.media.bringing import bring
from coterie.personas.requests import Request
from coterie.talk import forms, reads, rules
from coterie.talk.actions import reading, sending
from coterie.talk.views.finding import acting, allowed, find_community, frame, speaking


@never_cache
@require_safe
def topics(request: Request, handle: str) -> HttpResponse:
    """A community's home: what is talked about here."""
    community = find_community(request, handle)
    if not communities.may_see(request.viewer, community):
        return redirect(f"{community.path}about/")
    viewer = acting(request, community)
    page = reads.topics(viewer, community, request.GET.get("after", ""))
    return render(
        request,
        "talk/topics.html",
        {
            **frame(request, community),
            "page": page,
            "rows": with_seam(page.rows),
            "may_start": rules.may_start(viewer, community),
            "below": communities_reads.tree(viewer, community),
            "above": bool(community.parent and communities.may_find(viewer, community.parent)),
            "new_path": f"{community.path}topics/new/",
            "older_path": f"{community.path}?after={page.after}",
        },
    )


def with_seam(rows: Any) -> list[dict[str, Any]]:
    """The row behind the last one with news knows that everything is read from there on."""
    loose = [row for row in rows if not row["pinned"]]
    last = max((at for at, row in enumerate(loose) if row["unread"]), default=-1)
    if -1 < last < len(loose) - 1:
        loose[last + 1]["seam"] = True
    return list(rows)


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
    photos = bring(request, community, by=who["persona"])
    form = forms.Topic(
        request.POST or None,
        voices=who["voices"],
        name=who["name"],
        initial=kept.words,
        pictured=bool(photos.ids),
    )
    if form.is_bound and form.is_valid() and not photos.trouble:
        by, said = speaking(request, community), {**form.cleaned_data, "photos": photos.ids}
        try:
            started = sending.start_topic(community, by=by, **said)
        except Refused as refused:
            form.refuse(refused.sentence)
        else:
            return redirect(started.path)
    context = {
        **frame(request, community),
        "form": form,
        "draft": kept,
        "draft_path": f"{community.path}topics/new/draft/",
        "looked_at": community.posted_by == PostedBy.APPROVED and not who["keeps_order"],
        "aside_only": rules.answers_aside(viewer, community),
        "photos": media.waiting(kept.photos, who["persona"], community),
        **photos.shown,
    }
    return render(request, "talk/new_topic.html", context, status=422 if form.is_bound else 200)


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
