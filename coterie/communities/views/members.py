"""Members: who is here, one member's page, and what may be done about it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from coterie.communities import reads, rules
from coterie.communities.actions import hosting, keeping_away
from coterie.communities.forms.members import BanForm, RoleForm
from coterie.communities.models import Ban, Membership
from coterie.communities.views.finding import Seated, page, permitted, seated
from coterie.personas.requests import Request

Role = Membership.Role


@never_cache
@require_safe
def directory(request: Request, handle: str) -> HttpResponse:
    """Everybody here whom this member may meet; where members do not meet, the hosts."""
    here = seated(request, handle)
    search, after = request.GET.get("search", "")[:100], request.GET.get("after", "")
    meets = bool(rules.may_browse(request.viewer, here.community))
    found = reads.directory(request.viewer, here.community, search=search, after=after)
    return page(
        request,
        "members",
        here,
        members=found if meets else None,
        hosts=reads.hosts(request.viewer, here.community),
        search=search,
        base=f"{here.community.path}members/",
    )


def _met(request: Request, handle: str, public_id: str) -> tuple[Seated, Membership]:
    here = seated(request, handle)
    met = Membership.objects.visible_to(request.viewer).filter(community=here.community)
    return here, get_object_or_404(met.select_related("persona", "community"), public_id=public_id)


def _kept(request: Request, handle: str, public_id: str) -> tuple[Seated, Membership]:
    here = seated(request, handle)
    kept = reads.kept_away(here.seat)
    # Also those who have left meanwhile, or are not met any more.
    rows = Membership.objects.filter(pk__in=kept["blocked"] | kept["muted"], public_id=public_id)
    member = rows.select_related("persona", "community").first()
    return (here, member) if member else _met(request, handle, public_id)


@never_cache
@require_safe
def member(request: Request, handle: str, public_id: str) -> HttpResponse:
    """One member, as they are met here."""
    return _page(request, *_met(request, handle, public_id))


def _page(
    request: Request, here: Seated, member: Membership, *, status: int = 200, **forms: Any
) -> HttpResponse:
    viewer, own = request.viewer, member.pk == here.seat.pk
    kept = reads.kept_away(here.seat)
    known = {
        "member": member,
        "own": own,
        "base": f"{here.community.path}members/{member.public_id}/",
        "members_path": f"{here.community.path}members/",
        "me_path": f"{here.community.path}me/",
        "blocked": member.pk in kept["blocked"],
        "muted": member.pk in kept["muted"],
        "role_form": RoleForm(initial={"role": member.role, "duties": member.duties}),
        "ban_form": BanForm(),
        "appoints": bool(rules.is_host(viewer, here.community)) and not own,
        "removes": bool(rules.may_remove(viewer, member)),
    }
    return page(request, "member", here, status=status, **known | forms)


@require_POST
def role(request: Request, handle: str, public_id: str) -> HttpResponse:
    """The member has another role."""
    here, member = _met(request, handle, public_id)
    form = RoleForm(request.POST)
    if not form.is_valid():
        return _page(request, here, member, status=422, role_form=form)
    wanted = form.cleaned_data
    if wanted["role"] == Role.HOST:
        hosting.make_host(member, by=here.persona)
    elif wanted["role"] == Role.MODERATOR:
        hosting.make_moderator(member, by=here.persona, duties=wanted["duties"])
    else:
        hosting.make_member(member, by=here.persona)
    messages.success(request, _("Saved."))
    return redirect(f"{here.community.path}members/{member.public_id}/")


@require_POST
def removal(request: Request, handle: str, public_id: str) -> HttpResponse:
    """The member is out and may ask to come back."""
    here, member = _met(request, handle, public_id)
    hosting.remove(member, by=here.persona)
    messages.success(request, _("%(name)s is out.") % {"name": member.persona.name})
    return redirect(f"{here.community.path}members/")


@require_POST
def ban(request: Request, handle: str, public_id: str) -> HttpResponse:
    """The member is out and cannot come back until the ban ends."""
    here, member = _met(request, handle, public_id)
    form = BanForm(request.POST)
    if not form.is_valid():
        return _page(request, here, member, status=422, ban_form=form)
    days = form.cleaned_data["days"]
    until = timezone.now() + timedelta(days=int(days)) if days else None
    hosting.ban(member, by=here.persona, sentence=form.cleaned_data["sentence"], until=until)
    said = _("%(name)s is out and cannot come back under any persona.")
    messages.success(request, said % {"name": member.persona.name})
    return redirect(f"{here.community.path}members/")


@require_POST
def lifting(request: Request, handle: str, public_id: str) -> HttpResponse:
    """The ban is over."""
    here = seated(request, handle)
    permitted(rules.has_duty(request.viewer, here.community, Membership.Duty.PEOPLE))
    rows = Ban.objects.filter(community=here.community).select_related("community")
    hosting.lift(get_object_or_404(rows, public_id=public_id), by=here.persona)
    messages.success(request, _("Lifted. They may come back."))
    return redirect(f"{here.community.path}settings/people/")


@require_POST
def blocking(request: Request, handle: str, public_id: str) -> HttpResponse:
    """Neither meets the other here any more."""
    met = _met(request, handle, public_id)
    return _kept_apart(request, met, keeping_away.block, _("You and %(name)s no longer meet here."))


@require_POST
def muting(request: Request, handle: str, public_id: str) -> HttpResponse:
    """Their words are not shown any more."""
    met, said = _met(request, handle, public_id), _("You no longer read %(name)s here.")
    return _kept_apart(request, met, keeping_away.mute, said)


@require_POST
def unblocking(request: Request, handle: str, public_id: str) -> HttpResponse:
    """They meet again."""
    kept = _kept(request, handle, public_id)
    return _kept_apart(request, kept, keeping_away.unblock, _("%(name)s is no longer blocked."))


@require_POST
def unmuting(request: Request, handle: str, public_id: str) -> HttpResponse:
    """Their words are shown again."""
    kept = _kept(request, handle, public_id)
    return _kept_apart(request, kept, keeping_away.unmute, _("%(name)s is no longer muted."))


def _kept_apart(
    request: Request, pair: tuple[Seated, Membership], act: Callable[..., None], said: str
) -> HttpResponse:
    here, member = pair
    act(member, by=here.persona)
    messages.success(request, said % {"name": member.persona.name})
    # Where it can be taken back: across a block there is no page.
    return redirect(f"{here.community.path}kept-away/")
