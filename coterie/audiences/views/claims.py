"""The host's sheet of links, and what the person with a link may choose."""

import csv
from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from coterie.audiences import reads, rules
from coterie.audiences.actions import claiming
from coterie.audiences.forms import TakeOverForm
from coterie.audiences.models import ImportedAuthor
from coterie.communities.models import Community
from coterie.core.origin import public_origin
from coterie.core.verdict import Refused
from coterie.personas.requests import Request


def _hosted(request: Request, handle: str) -> Community:
    community = get_object_or_404(Community.objects.of(request.viewer).at(handle))
    if not rules.may_hand_out_links(request.viewer, community):
        raise Http404
    return community


@never_cache
@require_safe
def sheet(request: Request, handle: str) -> HttpResponse:
    """Every imported name and its link, for the host to hand out."""
    community = _hosted(request, handle)
    shown = {"community": community, "origin": public_origin(request)}
    return render(request, "audiences/sheet.html", shown | reads.sheet(community))


@never_cache
@require_safe
def sheet_file(request: Request, handle: str) -> HttpResponse:
    """The same as a file for a spreadsheet."""
    community = _hosted(request, handle)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="links.csv"'
    rows = csv.writer(answer)
    rows.writerow([_("name"), _("link")])
    for each in reads.sheet(community)["links"]:
        rows.writerow([_plain(each["name"]), public_origin(request) + each["path"]])
    return answer


def _plain(cell: str) -> str:
    # A spreadsheet would run what looks like a formula.
    return f"'{cell}" if cell[:1] in "=+-@\t\r" else cell


def _author(token: str) -> ImportedAuthor:
    author = reads.author_of(token)
    if author is None:
        raise Http404
    return author


@never_cache
@require_safe
def claim(request: Request, token: str) -> HttpResponse:
    """What stands here of this person, and the three things they may do with it."""
    return _page(request, token, _author(token))


def _page(
    request: Request, token: str, author: ImportedAuthor, form: TakeOverForm | None = None
) -> HttpResponse:
    shown = reads.claim(author, request.viewer)
    version = author.community.rules_version
    form = form or TakeOverForm(asks_rules=bool(shown["rules"]), initial={"version": version})
    back = f"?next=/claim/{token}/"
    shown |= {"sign_up": f"/sign-up/{back}", "sign_in": f"/sign-in/{back}"}
    return render(request, "audiences/claim.html", shown | {"token": token, "form": form})


@login_required
@require_POST
def taking_over(request: Request, token: str) -> HttpResponse:
    """The old messages are the claimer's own."""
    author = _author(token)
    shown = reads.claim(author, request.viewer)
    form = TakeOverForm(request.POST, asks_rules=bool(shown["rules"]))
    if not shown["seat"] and not form.is_valid():
        return _page(request, token, author, form)
    wanted = {} if shown["seat"] else form.cleaned_data
    try:
        seat = claiming.take_over(
            author, by=request.viewer, name=wanted.get("name", ""), agreed=wanted.get("version", 0)
        )
    except Refused as no:
        messages.error(request, no.sentence)
        return redirect(f"/claim/{token}/")
    messages.success(request, _("Welcome. Your old messages are yours again."))
    return redirect(seat.community.path)


@require_POST
def keeping_apart(request: Request, token: str) -> HttpResponse:
    """The old messages are a former member's."""
    return _answer(request, token, claiming.keep_apart)


@require_POST
def erasure(request: Request, token: str) -> HttpResponse:
    """The old messages are gone."""
    return _answer(request, token, claiming.erase)


def _answer(request: Request, token: str, action: Callable[..., None]) -> HttpResponse:
    try:
        action(_author(token), by=request.viewer)
    except Refused as no:
        messages.error(request, no.sentence)
        return redirect(f"/claim/{token}/")
    return render(request, "audiences/claimed.html", {"erased": action is claiming.erase})
