"""The first run: four screens from nothing to a community with a link to share.

Each step is a page of its own, so that Back and reload do what they always do, and
whatever was typed is found again.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from coterie.communities import rules
from coterie.communities.models import Community
from coterie.core.verdict import require
from coterie.home import drafts
from coterie.home.actions import opening
from coterie.home.drafts import Draft
from coterie.home.forms import NEW, LookForm, NameForm, ShapeForm
from coterie.home.reads import beings, links, shapes
from coterie.personas import bouquet
from coterie.personas.requests import Request

newcomers_sign_up = login_required(login_url="/sign-up/")
signed_in = (never_cache, newcomers_sign_up)


@method_decorator(signed_in, name="dispatch")
class Name(View):
    """Step 1, `/new/`: what it is called and what it is for."""

    def get(self, request: Request) -> HttpResponse:
        draft = drafts.unfinished(request.session)
        return self._page(request, NameForm(initial={"name": draft.name, "purpose": draft.purpose}))

    def post(self, request: Request) -> HttpResponse:
        parent = parent_of(request)
        form = NameForm(request.POST)
        if not form.is_valid():
            return self._page(request, form)
        draft = drafts.unfinished(request.session)
        drafts.keep(request.session, replace(draft, **form.cleaned_data))
        return redirect(under("/new/shape/", parent))

    def _page(self, request: Request, form: NameForm) -> HttpResponse:
        return render(
            request, "home/new_name.html", {"form": form, "parent": parent_of(request)}
        )


@method_decorator(signed_in, name="dispatch")
class Shape(View):
    """Step 2: one of the shapes that people know, its four settings spelled out."""

    def get(self, request: Request) -> HttpResponse:
        return _begun(request, lambda draft: self._page(request, draft, ShapeForm()))

    def post(self, request: Request) -> HttpResponse:
        return _begun(request, lambda draft: self._choose(request, draft))

    def _choose(self, request: Request, draft: Draft) -> HttpResponse:
        form = ShapeForm(request.POST)
        if not form.is_valid():
            return self._page(request, draft, form)
        drafts.keep(request.session, replace(draft, shape=form.cleaned_data["shape"]))
        return redirect(under("/new/look/", parent_of(request)))

    def _page(self, request: Request, draft: Draft, form: ShapeForm) -> HttpResponse:
        parent = parent_of(request)
        cards = shapes.cards(draft.shape, inside=parent is not None)
        return render(
            request,
            "home/new_shape.html",
            {"form": form, "draft": draft, "shapes": cards, "back": under("/new/", parent)},
        )


@method_decorator(signed_in, name="dispatch")
class Look(View):
    """Step 3: its hue, and who its founder is in it. Then it stands."""

    def get(self, request: Request) -> HttpResponse:
        return _begun(request, lambda draft: self._page(request, draft, self._form(request, draft)))

    def post(self, request: Request) -> HttpResponse:
        return _begun(request, lambda draft: self._choose(request, draft))

    def _choose(self, request: Request, draft: Draft) -> HttpResponse:
        draft = drafts.keep(request.session, drafts.with_typed(draft, request.POST))
        if "roll" in request.POST:
            drafts.keep(request.session, draft.with_other_flowers())
            return redirect(under("/new/look/", parent_of(request)) + "#who")
        form = self._form(request, draft, request.POST)
        if not form.is_valid():
            return self._page(request, draft, form)
        return self._found(request, draft, form.cleaned_data)

    def _found(self, request: Request, draft: Draft, wanted: dict[str, Any]) -> HttpResponse:
        seat = opening.open_home(
            draft.name, by=request.viewer, shape=draft.shape, purpose=draft.purpose,
            hue=wanted["hue"], parent=parent_of(request), persona=wanted["persona"],
            persona_name=wanted["persona_name"], persona_seed=wanted.get("seed"),
        )
        drafts.keep(request.session, Draft(made=seat.community.public_id))
        return redirect(f"/new/link/{seat.community.public_id}/")

    def _form(self, request: Request, draft: Draft, typed: Any = None) -> LookForm:
        seeds = draft.seeds
        first = {
            "hue": draft.hue, "who": draft.who or NEW, "persona_name": draft.persona_name,
            "flower": bouquet.ticket(draft.seed if draft.seed in seeds else seeds[0]),
        }
        return LookForm(typed, initial=first, personas=request.viewer.personas)

    def _page(self, request: Request, draft: Draft, form: LookForm) -> HttpResponse:
        picked = form["flower"].value()
        tickets = [(seed, bouquet.ticket(seed)) for seed in draft.seeds]
        flowers = [
            {"seed": seed, "ticket": each, "checked": each == picked} for seed, each in tickets
        ]
        mine = beings.beings(request.viewer)
        for each in mine:
            each["checked"] = each["public_id"] == form["who"].value()
        return render(
            request,
            "home/new_look.html",
            {
                "form": form,
                "draft": draft,
                "flowers": flowers,
                "beings": mine,
                "back": under("/new/shape/", parent_of(request)),
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
    shown = links.shareable(community, links.origin(request.build_absolute_uri("/")))
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


def under(path: str, parent: Community | None) -> str:
    """The step's address, with the parent when there is one."""
    return f"{path}?parent={parent.public_id}" if parent else path


def _begun(request: Request, step: Callable[[Draft], HttpResponse]) -> HttpResponse:
    """The step, for whoever has named something; the link, when it stands already."""
    kept = drafts.opened(request.session)
    if kept.made:
        return redirect(f"/new/link/{kept.made}/")
    return step(kept) if kept.name else redirect(under("/new/", parent_of(request)))
