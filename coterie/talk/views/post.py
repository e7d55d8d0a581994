"""One post: its own page carries every control, as plain forms."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coterie.communities import rules as communities
from coterie.communities.models import Membership
from coterie.core.origin import public_origin
from coterie.core.verdict import Refused
from coterie.personas.caching import open_to_strangers
from coterie.personas.requests import Request
from coterie.talk import forms, glimpse_rules, reads, rearranging_rules, rules
from coterie.talk.actions import (
    glimpsing,
    holding,
    keeping_order,
    posting,
    reacting,
    retracting,
    sending,
)
from coterie.talk.emoji import OFFERED
from coterie.talk.models import Post, PostState, Voice
from coterie.talk.views.finding import acting, allowed, find_post, frame, speaking


@open_to_strangers
@require_safe
def post(request: Request, public_id: str) -> HttpResponse:
    """The post, and all that this viewer may do with it."""
    found = find_post(request, public_id)
    return _page(request, found, forms.Emoji())


@never_cache
@require_safe
def context(request: Request, public_id: str) -> HttpResponse:
    """On to where it stands among the others."""
    return redirect(find_post(request, public_id).in_context)


def _page(request: Request, found: Post, form: forms.Emoji) -> HttpResponse:
    viewer = acting(request, found.conversation.community)
    row = reads.one_post(viewer, found)
    note = reads.note_on(viewer.acting, found) if viewer.acting else None
    context = {
        "saved": note is not None,
        "note_form": forms.Note(initial={"note": note or ""}),
        **frame(request, found.conversation.community),
        "topic": found.conversation,
        "post": row,
        "in_topic": found.in_context,
        "answer_path": f"{found.conversation.path}?reply={found.public_id}#say",
        "quote_path": f"{found.conversation.path}?quote={found.public_id}#say",
        "may": _may(viewer, found),
        "member": _member(viewer, found),
        "emoji": [(sign, sign in row["mine"]) for sign in _emoji(row)],
        "form": form,
    }
    if found.state == PostState.HELD:
        context["as_read"] = reads.as_read([found])[found.pk]
    if not request.viewer.signed_in:
        context["facing"] = reads.of_post(public_origin(request), found, row)
    return render(request, "talk/post.html", context, status=422 if form.errors else 200)


def _may(viewer: Any, found: Post) -> dict[str, bool]:
    """Which controls stand on the page."""
    asked = {
        "edit": rules.may_edit,
        "retract": rules.may_retract,
        "react": rules.may_react,
        "answer": rules.may_answer,
        "publish": rules.may_publish,
        "remove": rules.may_remove,
        "note": rules.may_note,
        "restore": rules.may_restore,
        "put_card_away": glimpse_rules.may_put_away,
        "split": rearranging_rules.may_split,
    }
    told = {name: bool(ask(viewer, found)) for name, ask in asked.items()}
    own = rules.is_author(viewer, found)
    report = viewer.acting is not None and not own and found.lives
    return told | {"report": report, "keep_away": report and not told["remove"]}


def _member(viewer: Any, found: Post) -> str:
    """The path of its author's page, where they spoke as themselves and this viewer meets them."""
    if found.voice != Voice.OWN or found.persona_id is None:
        return ""
    community = found.conversation.community
    seats = Membership.objects.living().filter(community=community, persona=found.persona_id)
    place = seats.select_related("community").first()
    meets = place is not None and communities.may_meet(viewer, place)
    return f"{community.path}members/{place.public_id}/" if place and meets else ""


def _emoji(row: dict[str, Any]) -> list[str]:
    """Those that stand there already, then those that are offered."""
    given = [one["emoji"] for one in row["reactions"]]
    return list(dict.fromkeys([*given, *OFFERED]))


@require_POST
def reactions(request: Request, public_id: str) -> HttpResponse:
    """An emoji more, or one taken back."""
    found = find_post(request, public_id)
    by = speaking(request, found.conversation.community)
    if "taken" in request.POST:
        reacting.take_back(found, by=by, emoji=request.POST["taken"])
        return redirect(f"{found.path}#reactions")
    form = forms.Emoji(request.POST)
    if form.is_valid():
        try:
            reacting.react(found, by=by, emoji=form.cleaned_data["emoji"])
        except Refused as refused:
            form.add_error("emoji", refused.sentence)
        else:
            return redirect(f"{found.path}#reactions")
    return _page(request, found, form)


@never_cache
@require_safe
def versions(request: Request, public_id: str) -> HttpResponse:
    """What it said before."""
    found = find_post(request, public_id)
    allowed(rules.may_read_versions(request.viewer, found))
    community = found.conversation.community
    context = {
        **frame(request, community),
        "topic": found.conversation,
        "post": reads.one_post(acting(request, community), found),
        "versions": reads.told_versions(found),
    }
    return render(request, "talk/versions.html", context)


@require_POST
def retraction(request: Request, public_id: str) -> HttpResponse:
    """One's own words are taken back, in seven seconds."""
    found = find_post(request, public_id)
    retracting.retract_soon(found, by=speaking(request, found.conversation.community))
    return redirect(found.in_context)


@require_POST
def undo(request: Request, public_id: str) -> HttpResponse:
    """What is not out never was, and is in the composer again; what was to go stays."""
    found = find_post(request, public_id)
    by = speaking(request, found.conversation.community)
    unsent = found.state == PostState.SCHEDULED
    try:
        (sending.undo if unsent else retracting.undo)(found, by=by)
    except holding.ChangedMeanwhile:
        messages.warning(request, _("It was too late to undo that."))
        return redirect(found.in_context)
    if not unsent:
        return redirect(found.in_context)
    opened = rules.may_see(acting(request, found.conversation.community), found.conversation)
    new_topic = f"{found.conversation.community.path}topics/new/"
    return redirect(f"{found.conversation.path}#say" if opened else new_topic)


@require_POST
def publication(request: Request, public_id: str) -> HttpResponse:
    """What waited is out."""
    found = find_post(request, public_id)
    by, as_read = speaking(request, found.conversation.community), request.POST.get("as_read", "")
    try:
        posting.publish(found, by=by, as_read=as_read)
    except holding.ChangedMeanwhile as changed:
        messages.warning(request, changed.sentence)
        return redirect(found.path)
    messages.success(request, _("It is published."))
    return redirect(found.in_context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def removal(request: Request, public_id: str) -> HttpResponse:
    """The hosts take it away, and say why."""
    found = find_post(request, public_id)
    community = found.conversation.community
    allowed(rules.may_remove(acting(request, community), found))
    form = forms.Removing(community, request.POST or None)
    if form.is_bound and form.is_valid():
        keeping_order.remove_post(found, by=speaking(request, community), **form.cleaned_data)
        messages.success(request, _("It is removed. Its author is told why, not by whom."))
        return redirect(found.conversation.path)
    context = {
        **frame(request, community),
        "topic": found.conversation,
        "post": reads.one_post(acting(request, community), found),
        "form": form,
    }
    return render(request, "talk/removal.html", context, status=422 if form.is_bound else 200)


@require_POST
def preview_removal(request: Request, public_id: str) -> HttpResponse:
    """The link stays, and what it leads to is not shown with it."""
    found = find_post(request, public_id)
    glimpsing.put_away(found, by=speaking(request, found.conversation.community))
    messages.success(request, _("The preview is gone."))
    return redirect(found.path)


@require_POST
def restoration(request: Request, public_id: str) -> HttpResponse:
    """A removed post is back."""
    found = find_post(request, public_id)
    keeping_order.restore_post(found, by=speaking(request, found.conversation.community))
    messages.success(request, _("It is back."))
    return redirect(found.in_context)
