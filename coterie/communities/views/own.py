"""One's own place here: how one appears, agreeing, leaving, handing over, stepping up."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from coterie.communities import reads, rules
from coterie.communities.actions import agreeing, appearing, hosting, leaving
from coterie.communities.forms.members import HandOverForm, LeaveForm, OwnSeatForm
from coterie.communities.models import Membership
from coterie.communities.views.finding import page, permitted, seated
from coterie.core.verdict import Refused
from coterie.personas.requests import Request
from coterie.ui import undoing


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def me(request: Request, handle: str) -> HttpResponse:
    """Who one is here, and whether one stands in the list of members."""
    here = seated(request, handle)
    if request.method == "POST":
        form = OwnSeatForm(request.POST)
        hides = form.is_valid() and form.cleaned_data["hidden"]
        (appearing.hide if hides else appearing.show)(here.seat, by=here.persona)
        messages.success(request, _("Saved."))
        return redirect(f"{here.community.path}me/")
    known = reads.own_past(request.viewer).get(here.persona.pk, [])
    elsewhere = [name for name in known if name != here.community.name]
    form = OwnSeatForm(initial={"hidden": here.seat.hidden})
    paths: dict[str, Any] = {
        "edit_path": f"/me/{here.persona.public_id}/",
        "apart_path": f"{here.community.path}kept-away/",
        "agreement_path": f"{here.community.path}agreement/",
        "handing_path": f"{here.community.path}handing-over/",
        "leaving_path": f"{here.community.path}leaving/",
    }
    return page(request, "me", here, form=form, elsewhere=elsewhere, **paths)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def agreement(request: Request, handle: str) -> HttpResponse:
    """The rules, and that one will keep to them."""
    here = seated(request, handle)
    if request.method == "POST":
        try:
            version = int(request.POST.get("version") or 0)
            agreeing.agree(here.seat, version, by=here.persona)
        except (Refused, ValueError):
            messages.warning(
                request, _("The rules have changed meanwhile. Please read them again.")
            )
            return redirect(f"{here.community.path}agreement/")
        messages.success(request, _("Thank you. You can post again."))
        return redirect(here.community.path)
    standing = reads.rules_of(here.community)
    agreed = rules.has_agreed(request.viewer, here.community)
    return page(request, "agreement", here, rules=standing, agreed=agreed)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: Request, handle: str) -> HttpResponse:
    """Going, quietly, with or without what one said."""
    here = seated(request, handle)
    form = LeaveForm(request.POST or None)
    if form.is_bound and form.is_valid():
        takes = form.cleaned_data["posts"] == "go"
        verb = leaving.leave_soon_and_take_posts if takes else leaving.leave_soon
        due_at = verb(here.seat, by=here.persona)
        said = _("You are leaving %(name)s. Nobody is told.") % {"name": here.community.name}
        undoing.say(request, said, path=f"{here.community.path}leaving/undo/", due_at=due_at)
        return redirect("/")
    return page(request, "leave", here, form=form, last_host=reads.is_last_host(here.seat))


@require_POST
def stay(request: Request, handle: str) -> HttpResponse:
    """One does not leave after all."""
    here = seated(request, handle)
    leaving.stay(here.seat, by=here.persona)
    messages.success(request, _("You stay."))
    return redirect(here.community.path)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def handing_over(request: Request, handle: str) -> HttpResponse:
    """Somebody else is host, and one is a member like others."""
    here = seated(request, handle)
    permitted(rules.is_host(request.viewer, here.community))
    form = HandOverForm(request.POST or None)
    if form.is_bound and form.is_valid():
        rows = Membership.objects.living().filter(community=here.community)
        member = get_object_or_404(rows, public_id=form.cleaned_data["member"])
        hosting.hand_over(member, by=here.persona)
        messages.success(request, _("Handed over. You are a member like others now."))
        return redirect(here.community.path)
    search = request.GET.get("search", "")[:100]
    found = reads.directory(
        request.viewer, here.community, search=search, after=request.GET.get("after", "")
    )
    others = [row for row in found.rows if row["public_id"] != here.seat.public_id]
    return page(
        request, "handing_over", here, status=422 if form.errors else 200,
        form=form, others=others, search=search, after=found.after,
    )  # fmt: skip


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stepping_up(request: Request, handle: str) -> HttpResponse:
    """A community without a host has one again, if this member wants to be it."""
    here = seated(request, handle)
    if request.method != "POST":
        verdict = rules.may_step_up(request.viewer, here.community)
        return page(request, "stepping_up", here, verdict=verdict)
    hosting.step_up(here.community, by=here.persona)
    messages.success(request, _("You are the host now. Thank you."))
    return redirect(here.community.path)
