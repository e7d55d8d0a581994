"""Doors of the hosts' desk: reports, and posts that wait."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coterie.communities.models import Membership
from coterie.personas.requests import Request
from coterie.safety import reads, rules
from coterie.safety.actions import deciding, reporting
from coterie.safety.forms import DecisionForm, QuestionForm, SentenceForm
from coterie.safety.models import Case
from coterie.safety.models.reporting import CaseQuerySet
from coterie.safety.views.finding import find_desk, shown_photo
from coterie.talk.actions import holding, keeping_order, posting
from coterie.talk.models import Post, PostState


@never_cache
@login_required
@require_safe
def reports(request: Request, handle: str) -> HttpResponse:
    """What was reported: the gravest first, nothing of it shown yet."""
    place = find_desk(request, handle)
    page = reads.queue(_cases(place), request.GET.get("after", ""))
    return render(
        request,
        "safety/reports.html",
        {
            "community": place.community,
            "cases": page.rows,
            "after": page.after,
            "counts": reads.open_counts(place),
        },
    )


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: Request, handle: str, public_id: str) -> HttpResponse:
    """One case, and what to do about it."""
    place = find_desk(request, handle)
    case = _case(place, public_id)
    shown = reads.case(case)
    form = DecisionForm(
        request.POST or None, outcomes=rules.outcomes(place.persona, case), rules=shown["rules"]
    )
    if not case.closed_at and form.is_valid():
        _decide(case, place, form)
        messages.success(request, _("Decided. Whoever it concerns knows."))
        return redirect(f"{place.community.path}reports/")
    context = {"community": place.community, "form": form, "question": QuestionForm()} | shown
    context["photos_path"] = f"{case.path}photos/"
    return render(request, "safety/case.html", context)


@never_cache
@login_required
@require_safe
def photo(request: Request, handle: str, public_id: str, place: int) -> HttpResponse:
    """What was on a reported photo, whatever became of it."""
    return shown_photo(_case(find_desk(request, handle), public_id), place)


@login_required
@require_POST
def question(request: Request, handle: str, public_id: str) -> HttpResponse:
    """The operator is asked."""
    place = find_desk(request, handle)
    case = _case(place, public_id)
    form = QuestionForm(request.POST)
    if form.is_valid():
        reporting.ask_operator(case, by=place.persona, sentence=form.cleaned_data["sentence"])
        messages.success(request, _("The operator was asked."))
    return redirect(case.path)


@never_cache
@login_required
@require_safe
def held(request: Request, handle: str) -> HttpResponse:
    """Posts that wait for a host."""
    place = find_desk(request, handle)
    return render(
        request,
        "safety/held.html",
        {
            "community": place.community,
            "posts": reads.held(place.community),
            "form": SentenceForm(),
            "counts": reads.open_counts(place),
        },
    )


@login_required
@require_POST
def publication(request: Request, handle: str, public_id: str) -> HttpResponse:
    """It is out."""
    place = find_desk(request, handle)
    found, as_read = _held(place, public_id), request.POST.get("as_read", "")
    try:
        posting.publish(found, by=place.persona, as_read=as_read)
    except holding.ChangedMeanwhile as changed:
        messages.warning(request, changed.sentence)
    else:
        messages.success(request, _("It is published."))
    return redirect(f"{place.community.path}held/")


@login_required
@require_POST
def refusal(request: Request, handle: str, public_id: str) -> HttpResponse:
    """It never appears, and its author reads why."""
    place = find_desk(request, handle)
    form = SentenceForm(request.POST)
    sentence = form.sentence() if form.is_valid() else ""
    keeping_order.remove_post(_held(place, public_id), by=place.persona, sentence=sentence)
    messages.success(request, _("It stays unpublished, and its author knows."))
    return redirect(f"{place.community.path}held/")


def _decide(case: Case, place: Membership, form: DecisionForm) -> None:
    typed = form.cleaned_data
    deciding.carry_out(
        case,
        typed["outcome"],
        by=place.persona,
        rule=typed.get("rule"),
        sentence=form.sentence(),
        until=form.until(),
    )


def _cases(place: Membership) -> CaseQuerySet:
    return Case.objects.judged_by(place.persona).filter(community=place.community)


def _case(place: Membership, public_id: str) -> Case:
    found = _cases(place).select_related(
        "community",
        "post__conversation__community",
        "post__persona",
        "membership__persona",
        "membership__community",
    )
    return get_object_or_404(found, public_id=public_id)


def _held(place: Membership, public_id: str) -> Post:
    waiting = Post.objects.filter(conversation__community=place.community, state=PostState.HELD)
    found = waiting.select_related("conversation__community", "persona")
    return get_object_or_404(found, public_id=public_id)
