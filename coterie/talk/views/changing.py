"""Changing what one said, without overwriting what one has not seen."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from coterie.core.verdict import Refused
from coterie.media import reads as media
from coterie.media.bringing import Brought, bring
from coterie.personas.requests import Request
from coterie.talk import forms, reads, rules
from coterie.talk.actions import posting
from coterie.talk.models import Post
from coterie.talk.views.finding import acting, allowed, find_post, frame, speaking


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def words(request: Request, public_id: str) -> HttpResponse:
    """Changing what one said."""
    found = find_post(request, public_id)
    community = found.conversation.community
    allowed(rules.may_edit(acting(request, community), found))
    by = speaking(request, community)
    kept, hung = reads.draft(by, found.public_id), reads.hung_on(found)
    photos = bring(request, community, by=by, hung=hung)
    form = _form(found, request.POST or None, kept, photos)
    now = reads.fingerprint(found.source, found.note, {row["id"]: row["alt"] for row in hung})
    context = {**frame(request, community), "post": found, "draft": kept, "as_drawn": now}
    if form.is_bound and form.is_valid() and not photos.trouble:
        if now not in (request.POST.get("as_drawn"), _sent(form, found, photos)):
            context["changed"] = True
        elif _change(form, found, by, photos):
            return redirect(found.in_context)
    waiting = hung + media.waiting(kept.photos, by, community)
    context |= {"notes": reads.notes(request.viewer, community), "photos": waiting, "form": form}
    context |= photos.shown if form.is_bound else {}
    return render(request, "talk/edit.html", context, status=422 if form.is_bound else 200)


def _form(post: Post, data: Any, kept: reads.Kept, photos: Brought) -> forms.Edit:
    """The form as it opens; over a note of the hosts its author has no say."""
    said = {"source": post.source, "note": post.note}
    form = forms.Edit(data, initial=said | kept.words)
    form.fields["source"].required = not photos.ids
    # What was drawn without the box says nothing of it, though the hosts' note is gone by now.
    if post.hosts_note or (data and "note" not in data):
        del form.fields["note"]
    return form


def _sent(form: forms.Edit, post: Post, photos: Brought) -> str:
    """The fingerprint that the post will have: sent twice, nothing was changed meanwhile."""
    said = {"note": post.note} | form.cleaned_data
    return reads.fingerprint(said["source"], said["note"], photos.words)


def _change(form: forms.Edit, post: Post, by: Any, photos: Brought) -> bool:
    try:
        posting.edit(
            post, by=by, photos=photos.words, taken_off=photos.taken_off, **form.cleaned_data
        )
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return False
    return True
