"""Doors to one's own selves. Nothing here is ever shown to anybody else."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coterie.home.actions import retiring
from coterie.home.forms import PersonaForm, ThemeForm
from coterie.home.reads import beings
from coterie.personas import bouquet
from coterie.personas.actions import being
from coterie.personas.requests import Request

A_YEAR = 365 * 24 * 3600


@never_cache
@require_safe
@login_required
def me(request: Request) -> HttpResponse:
    """All my personas, where each is known, and how I like this place."""
    return render(
        request,
        "home/me.html",
        {
            "beings": beings.beings(request.viewer),
            "theme": request.COOKIES.get("theme", ""),
            "is_operator": request.viewer.is_operator,
        },
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def persona(request: Request, public_id: str) -> HttpResponse:
    """One of my personas, to change its name, words or flower."""
    mine = _mine(request, public_id)
    if "roll" in request.POST:
        typed = {field: request.POST.get(field, "") for field in ("name", "bio")}
        return _persona_page(request, mine, PersonaForm(initial=typed), picked=None)
    others = [each for each in request.viewer.personas if each != mine["persona"]]
    form = PersonaForm(request.POST or None, others=others, initial=mine)
    if form.is_bound and form.is_valid():
        _restyle(request, mine["persona"], form.cleaned_data)
        return redirect("/me/")
    return _persona_page(request, mine, form, picked=bouquet.redeem(request.POST.get("flower")))


@require_POST
@login_required
def retirement(request: Request, public_id: str) -> HttpResponse:
    """A persona that sits nowhere is put away for ever."""
    retiring.retire(_mine(request, public_id)["persona"], by=request.viewer)
    messages.success(request, gettext("Put away. What it said stays, as said by a former member."))
    return redirect("/me/")


@require_POST
def theme(request: Request) -> HttpResponse:
    """This browser shows the pages in this light."""
    form = ThemeForm(request.POST)
    answer = redirect("/me/")
    if form.is_valid() and form.cleaned_data["theme"]:
        answer.set_cookie("theme", form.cleaned_data["theme"], max_age=A_YEAR, samesite="Lax")
    elif form.is_valid():
        answer.delete_cookie("theme", samesite="Lax")
    return answer


def _mine(request: Request, public_id: str) -> dict[str, Any]:
    found = beings.being(request.viewer, public_id)
    if found is None:
        raise Http404
    return found


def _persona_page(
    request: Request, mine: dict[str, Any], form: PersonaForm, *, picked: int | None
) -> HttpResponse:
    # A flower that was picked a moment ago must not vanish because a name is missing.
    worn = picked or mine["seed"]
    seeds = list(dict.fromkeys([mine["seed"], worn]))
    flowers = bouquet.spread([*seeds, *bouquet.offer(5 - len(seeds))], worn)
    return render(request, "home/persona.html", {"mine": mine, "form": form, "flowers": flowers})


def _restyle(request: Request, persona: Any, wanted: dict[str, Any]) -> None:
    being.rename(persona, name=wanted["name"], by=request.viewer)
    being.describe(persona, bio=wanted["bio"], by=request.viewer)
    if wanted["seed"] is not None:
        being.replant(persona, seed=wanted["seed"], by=request.viewer)
    messages.success(request, gettext("Saved."))
