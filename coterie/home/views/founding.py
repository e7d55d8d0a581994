"""The first run: four screens from nothing to a community with a link to share.

Each step is a page of its own, so that Back and reload do what they always do, and
whatever was typed is found again.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from coterie.communities import rules
from coterie.communities.models import Community
from coterie.core.origin import public_origin
from coterie.core.verdict import require
from coterie.home import drafts
from coterie.home.actions import opening
from coterie.home.drafts import Draft
from coterie.home.forms import NEW, LookForm, NameForm, ShapeForm
from coterie.home.reads import beings, home, links, shapes
from coterie.personas import bouquet
from coterie.personas.requests import Request

newcomers_sign_up = login_required(login_url="/sign-up/")
signed_in = (never_cache, newcomers_sign_up)


@method_decorator(signed_in, name="dispatch")
class Name(View):
    """Step 1, `/new/`: what it is called and what it is for."""

    def get(self, request: Request) -> HttpResponse:
        draft = drafts.unfinished(request.session)
        typed = {"name": draft.name, "purpose": draft.purpose}
        form = NameForm(typed) if "again" in request.GET else NameForm(initial=typed)
        parent = parent_of(request)
        parents = [] if parent else home.parents(request.viewer)
        return render(
            request, "home/new_name.html", {"form": form, "parent": parent, "parents": parents}
        )

    def post(self, request: Request) -> HttpResponse:
        parent_of(request)
        form = NameForm(request.POST)
        draft = drafts.with_typed(drafts.unfinished(request.session), request.POST)
        if not form.is_valid():
            drafts.keep(request.session, draft)
            return again(request)
        drafts.keep(request.session, replace(draft, **form.cleaned_data))
        return redirect(step(request, "/new/shape/"))


@method_decorator(signed_in, name="dispatch")
class Shape(View):
    """Step 2: one of the shapes that people know, its four settings spelled out."""

    def get(self, request: Request) -> HttpResponse:
        return _begun(request, lambda draft: self._page(request, draft))

    def post(self, request: Request) -> HttpResponse:
        return _begun(request, lambda draft: self._choose(request, draft))

    def _choose(self, request: Request, draft: Draft) -> HttpResponse:
        form = ShapeForm(request.POST)
        if not form.is_valid():
            return again(request)
        drafts.keep(request.session, replace(draft, shape=form.cleaned_data["shape"]))
        return redirect(step(request, "/new/look/"))

    def _page(self, request: Request, draft: Draft) -> HttpResponse:
        cards = shapes.cards(draft.shape, inside=parent_of(request) is not None)
        back = step(request, "/new/")
        return render(
            request, "home/new_shape.html", {"draft": draft, "shapes": cards, "back": back}
        )


@method_decorator(signed_in, name="dispatch")
class Look(View):
    """Step 3: its hue, and who its founder is in it. Then it stands."""

    def get(self, request: Request) -> HttpResponse:
        return _begun(request, lambda draft: self._page(request, draft))

    def post(self, request: Request) -> HttpResponse:
        return _begun(request, lambda draft: self._choose(request, draft))

    def _choose(self, request: Request, draft: Draft) -> HttpResponse:
        draft = drafts.keep(request.session, drafts.with_typed(draft, request.POST))
        if "roll" in request.POST:
            drafts.keep(request.session, draft.with_other_flowers())
            return redirect(step(request, "/new/look/") + "#who")
        form = LookForm(request.POST, personas=request.viewer.personas)
        return self._found(request, draft, form.cleaned_data) if form.is_valid() else again(request)

    def _found(self, request: Request, draft: Draft, wanted: dict[str, Any]) -> HttpResponse:
        seat = opening.open_home(
            draft.name, by=request.viewer, shape=draft.shape, purpose=draft.purpose,
            hue=wanted["hue"], parent=parent_of(request), persona=wanted["persona"],
            persona_name=wanted["persona_name"], persona_seed=wanted.get("seed"),
        )  # fmt: skip
        drafts.keep(request.session, Draft(made=seat.community.public_id))
        return redirect(f"/new/link/{seat.community.public_id}/")

    def _page(self, request: Request, draft: Draft) -> HttpResponse:
        picked = draft.seed if draft.seed in draft.seeds else draft.seeds[0]
        chosen = {
            "hue": draft.hue, "who": draft.who or NEW, "persona_name": draft.persona_name,
            "flower": bouquet.ticket(picked),
        }  # fmt: skip
        typed, mine = chosen if "again" in request.GET else None, request.viewer.personas
        return render(
            request,
            "home/new_look.html",
            {
                "form": LookForm(typed, initial=chosen, personas=mine),
                "draft": draft,
                "flowers": bouquet.spread(draft.seeds, picked),
                "beings": beings.beings(request.viewer),
                "who": chosen["who"],
                "back": step(request, "/new/shape/"),
            },
        )


@never_cache
@require_safe
@newcomers_sign_up
def link(request: Request, handle: str) -> HttpResponse:
    """Step 4: the invitation, to copy, to show, to send."""
    found = Community.objects.findable_by(request.viewer).at(handle)
    community = get_object_or_404(found)
    require(rules.may_invite(request.viewer, community))
    shown = links.shareable(community, public_origin(request))
    if shown is None:
        return redirect(f"{community.path}invitations/")
    seat = rules.seat(request.viewer, community)
    return render(
        request, "home/new_link.html", {"community": community, "seat": seat, "link": shown}
    )


@require_POST
@newcomers_sign_up
def draft(request: Request) -> HttpResponse:
    """Half-typed words are kept; nothing is checked and nothing is answered."""
    kept = drafts.unfinished(request.session)
    drafts.keep(request.session, drafts.with_typed(kept, request.POST))
    return HttpResponse(status=204)


def parent_of(request: Request) -> Community | None:
    """The community under which this one shall stand, if this person may found one there.

    It travels in the address of every step: a draft that another tab wrote over would
    put the community where nobody wanted it.
    """
    handle = request.GET.get("parent", "")
    if not handle:
        return None
    parent = get_object_or_404(Community.objects.findable_by(request.viewer).at(handle))
    require(rules.may_found(request.viewer, parent))
    return parent


def step(request: Request, path: str, **more: str) -> str:
    """The address of a step, with the parent when there is one."""
    handle = request.GET.get("parent", "")
    query = urlencode({"parent": handle, **more} if handle else more)
    return f"{path}?{query}" if query else path


def again(request: Request) -> HttpResponse:
    """The same step, which says what is wrong: a page of its own, so that Back works."""
    return redirect(step(request, request.path, again="1"))


def _begun(request: Request, then: Callable[[Draft], HttpResponse]) -> HttpResponse:
    """The step, for whoever has named something; the link, when it stands already."""
    kept = drafts.opened(request.session)
    if kept.made:
        return redirect(f"/new/link/{kept.made}/")
    return then(kept) if kept.name else redirect(step(request, "/new/"))
