"""Settings, a page each: look, privacy, rules, questions, people, place."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coterie.communities import presets, reads, rules
from coterie.communities.actions import agreeing, describing, founding, relating, shaping
from coterie.communities.forms.shaping import (
    CHOSEN,
    ON_OR_OFF,
    LookForm,
    NeighbourForm,
    PlaceForm,
    PrivacyForm,
    QuestionForms,
    RulesForm,
)
from coterie.communities.models import Community
from coterie.communities.models.belonging import Duty
from coterie.communities.parts import settings_tabs
from coterie.communities.views.finding import Seated, page, permitted, seated
from coterie.core.verdict import Refused
from coterie.personas.requests import Request

SHOWN = (*CHOSEN, *ON_OR_OFF)


def _shaping(request: Request, handle: str) -> Seated:
    here = seated(request, handle)
    permitted(rules.may_shape(request.viewer, here.community))
    return here


def _page(
    request: Request, here: Seated, current: str, *, wrong: object = False, **context: Any
) -> HttpResponse:
    shown = {"base": f"{here.community.path}settings/", "tabs": settings_tabs(here.seat, current)}
    status = 422 if wrong else 200
    return page(request, f"settings_{current}", here, status=status, **shown, **context)


def _saved(request: Request, here: Seated, current: str) -> HttpResponse:
    messages.success(request, _("Saved."))
    # Afresh: the change may have given the community another address.
    path = Community.objects.get(pk=here.community.pk).path
    return redirect(f"{path}settings/{current}/")


@require_safe
def index(request: Request, handle: str) -> HttpResponse:
    """The first of the pages."""
    here = _shaping(request, handle)
    return redirect(f"{here.community.path}settings/look/")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def look(request: Request, handle: str) -> HttpResponse:
    """Name, words, colour, interests, address."""
    here = _shaping(request, handle)
    community = here.community
    standing = {name: getattr(community, name) for name in ("name", "purpose", "welcome", "hue")}
    standing |= {"slug": community.slug, "interests": ", ".join(reads.interests(community))}
    form = LookForm(request.POST or None, initial=standing, community=community)
    if form.is_bound and form.is_valid() and _look(here, form):
        return _saved(request, here, "look")
    return _page(request, here, "look", form=form, wrong=form.errors)


def _look(here: Seated, form: LookForm) -> bool:
    said = dict(form.cleaned_data)
    slug, interests = said.pop("slug", None), said.pop("interests")
    try:
        if slug and slug != here.community.slug:
            describing.give_address(here.community, slug, by=here.persona)
    except Refused as refusal:
        form.add_error("slug", refusal.sentence)
        return False
    describing.describe(here.community, by=here.persona, **said)
    describing.name_interests(here.community, interests, by=here.persona)
    return True


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def privacy(request: Request, handle: str) -> HttpResponse:
    """Who finds, reads, joins, posts; said in sentences before it is done."""
    here = _shaping(request, handle)
    community = here.community
    others = Community.objects.of(here.persona).exclude(pk=community.pk).order_by("name")
    parts: dict[str, Any] = {
        "above": reads.name_above(request.viewer, community),
        "others": _with_current(request, others, community.join_requires),
    }
    form = PrivacyForm(request.POST or None, initial=_standing(request, community), **parts)
    if not form.is_bound or not form.is_valid():
        return _privacy_page(request, here, form)
    wanted = form.cleaned_data
    meaning = reads.meaning(community, wanted)
    if meaning and "sure" not in request.POST:
        return _privacy_page(request, here, form, meaning=meaning)
    try:
        shaping.reshape(community, by=here.persona, **wanted)
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
        return _privacy_page(request, here, form)
    return _saved(request, here, "privacy")


def _with_current(
    request: Request, others: Any, current: Community | None
) -> list[tuple[Community, str]]:
    """What may be chosen, and what stands: that without its name for who may not find it."""
    named = [(each, each.name) for each in others]
    if current is None or current in others:
        return named
    return [*named, (current, reads.called(request.viewer, current) or _("another community"))]


def _standing(request: Request, community: Community) -> dict[str, Any]:
    standing = {name: getattr(community, name) for name in SHOWN}
    required = community.join_requires
    standing["join_requires"] = required.public_id if required else ""
    preset = presets.BY_KEY.get(request.GET.get("shape", ""))
    return standing | (preset.settings if preset else {})


def _privacy_page(
    request: Request, here: Seated, form: PrivacyForm, *, meaning: list[str] | None = None
) -> HttpResponse:
    shape = request.GET.get("shape") or presets.matching(here.community)
    context = {"form": form, "meaning": meaning, "presets": presets.PRESETS, "shape": shape}
    return _page(request, here, "privacy", wrong=form.errors, **context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def rules_page(request: Request, handle: str) -> HttpResponse:
    """The rules, a line each."""
    here = _shaping(request, handle)
    standing = {f"rule-{rule['place']}": rule["text"] for rule in reads.rules_of(here.community)}
    form = RulesForm(request.POST or None, initial=standing)
    if form.is_bound and form.is_valid():
        anew = form.cleaned_data["asking"] == RulesForm.ANEW or not here.community.rules_version
        verb = agreeing.set_rules if anew else agreeing.correct_rules
        verb(here.community, form.texts, by=here.persona)
        return _saved(request, here, "rules")
    return _page(request, here, "rules", form=form, wrong=form.errors)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def questions(request: Request, handle: str) -> HttpResponse:
    """What is asked at the door."""
    here = _shaping(request, handle)
    standing = [
        {
            "text": each.text, "kind": each.kind, "required": each.required,
            "choices": "\n".join(each.choices),
        }
        for each in reads.questions(here.community)
    ]  # fmt: skip
    forms = QuestionForms(request.POST or None, initial=standing, prefix="q")
    forms.extra = 1 if standing else 2
    if forms.is_bound and forms.is_valid():
        asked = [each for each in (form.asked() for form in forms) if each is not None]
        agreeing.ask_at_the_door(here.community, asked, by=here.persona)
        return _saved(request, here, "questions")
    wrong = forms.is_bound and any(forms.errors)
    return _page(request, here, "questions", forms=forms, wrong=wrong)


@never_cache
@require_safe
def people(request: Request, handle: str) -> HttpResponse:
    """Who runs it, who must not come back, and the ways on to both."""
    here = seated(request, handle)
    permitted(rules.has_duty(request.viewer, here.community, Duty.PEOPLE))
    return _page(
        request,
        here,
        "people",
        keepers=reads.keepers(here.community),
        bans=reads.bans(here.community),
        is_host=here.seat.is_host,
        members_path=f"{here.community.path}members/",
        handing_path=f"{here.community.path}handing-over/",
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def place(request: Request, handle: str) -> HttpResponse:
    """Where it hangs in the tree, its neighbours, and its end."""
    here = _shaping(request, handle)
    community = here.community
    above = community.parent.public_id if community.parent else ""
    choices = reads.parents_for(here.persona, community)
    parents = _with_current(request, choices, community.parent)
    form = PlaceForm(request.POST or None, initial={"parent": above}, parents=parents)
    if form.is_bound and form.is_valid():
        try:
            shaping.move(community, by=here.persona, parent=form.cleaned_data["parent"])
            return _saved(request, here, "place")
        except Refused as refusal:
            form.add_error("parent", refusal.sentence)
    return _place_page(request, here, form)


def _place_page(request: Request, here: Seated, form: PlaceForm) -> HttpResponse:
    context = {
        "form": form,
        "related": reads.related(here.persona, here.community),
        "neighbour_form": NeighbourForm(others=_neighbours(here)),
        "is_host": here.seat.is_host,
    }
    return _page(request, here, "place", wrong=form.errors, **context)


def _neighbours(here: Seated) -> Any:
    # What this very persona may find: another self's knowledge must not show here.
    found = Community.objects.findable_by(here.persona).exclude(pk=here.community.pk)
    return found.exclude(related_from__community=here.community).order_by("name")[:200]


@require_POST
def neighbours(request: Request, handle: str) -> HttpResponse:
    """The community points to another."""
    here = _shaping(request, handle)
    form = NeighbourForm(request.POST, others=_neighbours(here))
    if form.is_valid():
        relating.relate(here.community, form.cleaned_data["neighbour"], by=here.persona)
    return _saved(request, here, "place")


@require_POST
def parting(request: Request, handle: str, public_id: str) -> HttpResponse:
    """It no longer points there."""
    here = _shaping(request, handle)
    other = get_object_or_404(Community.objects.findable_by(here.persona), public_id=public_id)
    relating.unrelate(here.community, other, by=here.persona)
    return _saved(request, here, "place")


@require_POST
def closing(request: Request, handle: str) -> HttpResponse:
    """Closed for good; members still read."""
    here = seated(request, handle)
    permitted(rules.is_host(request.viewer, here.community))
    if "sure" in request.POST:
        founding.close(here.community, by=here.persona)
        messages.success(request, _("Closed. Members can still read what was said."))
        return redirect(here.community.path)
    messages.warning(request, _("Tick the box if you are sure."))
    return redirect(f"{here.community.path}settings/place/")
