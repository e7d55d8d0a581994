"""Doors of the operator's desk; for everybody else they do not exist."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coterie.communities.actions import hosting
from coterie.communities.models import Ban
from coterie.personas.requests import Request
from coterie.safety import reads, rules
from coterie.safety.actions import operating
from coterie.safety.forms import DecisionForm
from coterie.safety.models import Case
from coterie.safety.views.finding import shown_photo


@never_cache
@require_safe
def cases(request: Request) -> HttpResponse:
    """What was sent past the hosts, and what hosts asked the operator for."""
    _require_operator(request)
    page = reads.queue(Case.objects.for_the_operator(), request.GET.get("after", ""))
    for row in page.rows:
        row["path"] = f"/operator/cases/{row['public_id']}/"
    return render(request, "safety/operator_cases.html", {"cases": page.rows, "after": page.after})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def case(request: Request, public_id: str) -> HttpResponse:
    """One case. The author of an anonymous post is named here neither."""
    _require_operator(request)
    found = _case(public_id)
    form = DecisionForm(request.POST or None, outcomes=rules.outcomes(request.viewer, found))
    form.signed(_("Signed “The operator of this server”."))
    if not found.closed_at and form.is_valid():
        operating.carry_out(
            found,
            form.cleaned_data["outcome"],
            by=request.viewer,
            sentence=form.sentence(),
            until=form.until(),
        )
        messages.success(request, _("Decided. Whoever it concerns knows."))
        return redirect("/operator/cases/")
    context = {"form": form, "community": found.community} | reads.case(found)
    context["photos_path"] = f"/operator/cases/{found.public_id}/photos/"
    return render(request, "safety/operator_case.html", context)


@never_cache
@require_safe
def bans(request: Request) -> HttpResponse:
    """Whom the operator banned from where, until it is lifted here."""
    _require_operator(request)
    return render(request, "safety/operator_bans.html", {"bans": reads.operators_bans()})


@require_POST
def lifting(request: Request, public_id: str) -> HttpResponse:
    """That ban is over; hosts cannot lift it."""
    _require_operator(request)
    found = Ban.objects.filter(by_operator=True).select_related("community")
    hosting.lift_for_the_operator(get_object_or_404(found, public_id=public_id), by=request.viewer)
    messages.success(request, _("Lifted. They may come back."))
    return redirect("/operator/bans/")


@never_cache
@require_safe
def photo(request: Request, public_id: str, place: int) -> HttpResponse:
    """What was on a reported photo, whatever became of it."""
    _require_operator(request)
    return shown_photo(_case(public_id), place)


def _case(public_id: str) -> Case:
    return get_object_or_404(
        Case.objects.for_the_operator().select_related(
            "community",
            "post__conversation__community",
            "post__persona",
            "membership__persona",
            "membership__community",
        ),
        public_id=public_id,
    )


def _require_operator(request: Request) -> None:
    if not request.viewer.is_operator:
        raise Http404
