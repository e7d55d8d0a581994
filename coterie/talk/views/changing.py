"""Changing what one said, without overwriting what one has not seen."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from coterie.core.verdict import Refused
from coterie.media import reads as media
from coterie.media.bringing import Brought, bring
from coterie.personas.requests import Request
from coterie.talk import asking, forms, reads, rules
from coterie.talk.actions import posting
from coterie.talk.models import Post, key_of
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
    beside = _beside(found, kept)
    context = {**frame(request, community), "post": found, "draft": kept, "as_drawn": now}
    context |= {"beside": beside, "carried": _carried(kept) if beside else []}
    context["may_retitle"] = rules.may_retitle(acting(request, community), found.conversation)
    if form.is_bound and form.is_valid() and not photos.trouble:
        if now not in (request.POST.get("as_drawn"), _sent(form, found, photos)):
            context["changed"] = True
        elif _change(form, found, by, photos):
            if beside:
                messages.info(request, " · ".join(beside))
            return redirect(found.in_context)
    waiting = hung + media.waiting(kept.photos, by, community)
    context |= {"notes": reads.notes(request.viewer, community), "photos": waiting, "form": form}
    context |= photos.shown if form.is_bound else {}
    return render(request, "talk/edit.html", context, status=422 if form.is_bound else 200)


def _beside(post: Post, kept: reads.Kept) -> list[str]:
    """What was typed for it while it waited and is no part of this form, told in words."""
    topic, words = post.conversation, kept.words
    title, tags = words.get("title", ""), words.get("tags", [])
    poll = {name: words.get(name, "") for name in asking.POLL}
    asked = post.poll.asked.written() if post.polled else {}
    told = []
    if title not in ("", topic.title):
        told.append(_("The title that you typed: %(title)s") % {"title": title})
    if tags and {*map(key_of, tags)} != {*map(key_of, topic.tagged)}:
        told.append(_("The tags that you typed: %(tags)s") % {"tags": ", ".join(tags)})
    if poll["poll_options"] and poll != asked:
        options = ", ".join(poll["poll_options"].splitlines())
        told.append(_("The poll that you typed: %(options)s") % {"options": options})
    return told


def _carried(kept: reads.Kept) -> list[tuple[str, str]]:
    """The same for the form to send along, so that its draft does not lose them."""
    words = kept.words
    one_each = [(name, words.get(name, "")) for name in ("title", *asking.POLL)]
    return [*one_each, *(("tags", tag) for tag in words["tags"])]


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
        said = dict(form.cleaned_data)
        opening = said.pop("client_key")
        about = {"photos": photos.words, "taken_off": photos.taken_off, "opening": opening}
        posting.edit(post, by=by, **about, **said)
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return False
    return True
