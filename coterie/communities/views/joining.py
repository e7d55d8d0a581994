"""Coming in: who one will be, what one answers, and how the waiting goes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coterie.communities import reads, rules
from coterie.communities.actions import asking_back, joining
from coterie.communities.forms.door import RemarkForm
from coterie.communities.forms.joining import NEW, JoinForm, typed
from coterie.communities.models import Community, Invitation, JoinRequest, Membership
from coterie.communities.views.finding import found
from coterie.core.verdict import Refused
from coterie.personas import bouquet
from coterie.personas.requests import Request

FLOWERS = 4


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: Request, handle: str) -> HttpResponse:
    """Who are you here? For those who found the community by themselves."""
    return _join(request, found(request, handle), None)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join_invited(request: Request, token: str) -> HttpResponse:
    """Who are you here? For those who hold an invitation."""
    invitation = get_object_or_404(Invitation.objects.at(token).select_related("community__parent"))
    if not Invitation.objects.usable().filter(pk=invitation.pk).exists():
        return redirect(f"/j/{token}/")
    return _join(request, invitation.community, invitation)


def _join(request: Request, community: Community, invitation: Invitation | None) -> HttpResponse:
    viewer = request.viewer
    if not viewer.signed_in:
        return redirect_to_login(request.get_full_path())
    if rules.is_member(viewer, community.pk):
        return redirect(community.path)
    if waiting := _waiting(request, community, invitation):
        return redirect(f"/join-requests/{waiting.public_id}/")
    verdict = rules.may_ask(viewer, community, invitation)
    if not verdict:
        messages.warning(request, verdict.sentence)
        return redirect(f"/j/{invitation.token}/" if invitation else f"{community.path}about/")
    if request.method == "POST" and "roll" not in request.POST:
        return _ask(request, community, invitation)
    return _form_page(request, community, invitation, _fresh_form(request, community, invitation))


def _waiting(
    request: Request, community: Community, invitation: Invitation | None
) -> JoinRequest | None:
    if rules.goes_straight_in(request.viewer, community, invitation):
        return None
    pending = JoinRequest.objects.pending()
    return pending.filter(community=community, persona__in=request.viewer.ids).first()


def _parts(request: Request, community: Community, invitation: Invitation | None) -> dict[str, Any]:
    straight = rules.goes_straight_in(request.viewer, community, invitation)
    questions = [] if straight else reads.questions(community)
    personas = [card["persona"] for card in reads.choices_of(request.viewer)]
    return {"community": community, "personas": personas, "questions": questions}


def _fresh_form(request: Request, community: Community, invitation: Invitation | None) -> JoinForm:
    parts = _parts(request, community, invitation)
    initial = typed(request.POST, parts["questions"]) if request.method == "POST" else {}
    return JoinForm(initial=initial, **parts)


def _ask(request: Request, community: Community, invitation: Invitation | None) -> HttpResponse:
    form = JoinForm(request.POST, **_parts(request, community, invitation))
    if not form.is_valid():
        return _form_page(request, community, invitation, form)
    try:
        outcome = joining.ask_to_join(
            community, by=request.viewer, invitation=invitation, **form.outcome()
        )
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
        return _form_page(request, community, invitation, form)
    if isinstance(outcome, Membership):
        messages.success(request, _("Welcome. You are in."))
        return redirect(f"{community.path}welcome/")
    return redirect(f"/join-requests/{outcome.public_id}/")


def _form_page(
    request: Request, community: Community, invitation: Invitation | None, form: JoinForm
) -> HttpResponse:
    picked = bouquet.redeem(request.POST.get("flower"))
    # A rejected form shows the flowers that were on the page; "other flowers" only the picked one.
    offered = [] if "roll" in request.POST else _offered(request)
    seeds = list(dict.fromkeys([*([picked] if picked else []), *offered]))
    seeds += bouquet.offer(max(FLOWERS - len(seeds), 0))
    context = {
        "community": community,
        "form": form,
        "flowers": bouquet.spread(seeds[:FLOWERS], picked or seeds[0]),
        "beings": reads.choices_of(request.viewer),
        "who": request.POST.get("who") or NEW,
        "straight": rules.goes_straight_in(request.viewer, community, invitation),
        "rules": reads.rules_of(community),
        "back": f"/j/{invitation.token}/" if invitation else f"{community.path}about/",
    }
    return render(request, "communities/join.html", context, status=422 if form.errors else 200)


def _offered(request: Request) -> list[int]:
    seeds = (bouquet.redeem(each) for each in request.POST.getlist("offered")[:FLOWERS])
    return [each for each in seeds if each is not None]


@never_cache
@require_safe
def own_request(request: Request, public_id: str) -> HttpResponse:
    """How one's own request stands."""
    asked = _own(request, public_id)
    return _own_page(request, asked, RemarkForm())


def _own_page(
    request: Request, asked: JoinRequest, form: RemarkForm, *, status: int = 200
) -> HttpResponse:
    if asked.state == JoinRequest.State.ADMITTED and rules.is_member(
        request.viewer, asked.community_id
    ):
        return redirect(asked.community.path)
    known = rules.may_find(request.viewer, asked.community)
    context = {
        "asked": asked,
        "community": asked.community if known else None,
        "name": asked.community.name if known else asked.known_as,
        "answers": list(asked.answers.all()),
        "again": bool(rules.may_ask(request.viewer, asked.community)),
        "remarks": reads.remarks(asked),
        "form": form,
    }
    return render(request, "communities/waiting.html", context, status=status)


@require_POST
def answer(request: Request, public_id: str) -> HttpResponse:
    """What one answers to a question of the hosts."""
    asked, form = _own(request, public_id), RemarkForm(request.POST)
    if not form.is_valid():
        return _own_page(request, asked, form, status=422)
    asking_back.answer_back(asked, form.cleaned_data["words"], by=request.viewer)
    messages.success(request, _("The hosts have your answer."))
    return redirect(f"/join-requests/{asked.public_id}/")


@require_POST
def withdrawal(request: Request, public_id: str) -> HttpResponse:
    """One no longer asks."""
    asked = _own(request, public_id)
    try:
        joining.withdraw(asked, by=request.viewer)
        messages.success(request, _("Taken back. The hosts no longer see it."))
    except JoinRequest.AlreadyAnswered:
        messages.info(request, _("It has been answered meanwhile."))
    return redirect(f"/join-requests/{asked.public_id}/")


def _own(request: Request, public_id: str) -> JoinRequest:
    rows = JoinRequest.objects.filter(persona__in=request.viewer.ids)
    return get_object_or_404(rows.select_related("community", "persona"), public_id=public_id)
