"""The gatherings of a community, and calling another."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from coterie.communities import rules as communities
from coterie.communities.models import Community, PostedBy
from coterie.core.origin import public_origin
from coterie.core.verdict import Refused
from coterie.gatherings import forms, reads, rules
from coterie.gatherings.actions import convening
from coterie.gatherings.plans import Misplanned
from coterie.gatherings.views.finding import acting, allowed, find_community, page, speaking
from coterie.personas.caching import open_to_strangers
from coterie.personas.models import Persona
from coterie.personas.requests import Request
from coterie.pure.calendar import zones
from coterie.talk import rules as talk
from coterie.talk.models import Conversation, Said
from coterie.ui.facing import Facing


@open_to_strangers
@require_safe
def upcoming(request: Request, handle: str) -> HttpResponse:
    """What people meet for here, the soonest first."""
    community = find_community(request, handle)
    viewer = acting(request, community)
    parent = community.parent
    return page(
        request,
        "gatherings",
        community,
        page=reads.upcoming(viewer, community, request.GET.get("after", "")),
        may_convene=rules.may_convene(viewer, community),
        above=bool(parent and communities.may_find(viewer, parent)),
        list_path=f"{community.path}gatherings/",
        new_path=f"{community.path}gatherings/new/",
        facing=_facing(request, community),
    )


@open_to_strangers
@require_safe
def past(request: Request, handle: str) -> HttpResponse:
    """What people met for here, the latest first."""
    community = find_community(request, handle)
    found = reads.past(acting(request, community), community, request.GET.get("before", ""))
    return page(
        request, "past", community, page=found, list_path=f"{community.path}gatherings/",
        facing=_facing(request, community),
    )  # fmt: skip


def _facing(request: Request, community: Community) -> Facing | None:
    """The list as the world may know it, where the community is public."""
    if not community.is_public:
        return None
    title = _("Gatherings of %(name)s") % {"name": community.name}
    origin, listed = public_origin(request), community.in_the_open and not request.GET
    return Facing(
        origin,
        request.path,
        title,
        community.purpose,
        community.card_path,
        listed,
        teaches=community.teaches,
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request, handle: str) -> HttpResponse:
    """Calling people together."""
    community = find_community(request, handle)
    viewer = acting(request, community)
    allowed(rules.may_convene(viewer, community))
    by = speaking(request, community)
    form = forms.Calling(
        request.POST or None,
        zone="",
        initial={"zone": reads.last_zone(community)},
        voices=reads.voices(viewer, community),
        name=by.name,
    )
    if form.is_bound and form.is_valid():
        try:
            return redirect(_convened(community, form, by).path)
        except Misplanned as misplanned:
            form.wrong(misplanned)
        except Refused as refused:
            form.add_error(None, refused.sentence)
    return page(
        request,
        "new",
        community,
        status=422 if form.is_bound else 200,
        form=form,
        zones=zones.names(),
        looked_at=community.posted_by == PostedBy.APPROVED
        and not talk.keeps_order(viewer, community),
        list_path=f"{community.path}gatherings/",
    )


def _convened(community: Community, form: forms.Calling, by: Persona) -> Conversation:
    words = form.cleaned_data
    return convening.convene(
        community,
        Said(words["source"], voice=words["voice"]),
        by=by,
        title=words["title"],
        plan=form.plan,
        client_key=words["client_key"],
    )
