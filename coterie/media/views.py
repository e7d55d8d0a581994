"""Doors of pictures: sending, seeing, describing, throwing away; and the cover of a community."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coterie.communities import rules as communities
from coterie.communities.models import Community
from coterie.communities.parts import settings_tabs
from coterie.core.verdict import Refused, require
from coterie.core.wordless import wordless
from coterie.media import guarding, reads
from coterie.media.actions import covering, sending, using
from coterie.media.forms import AltForm, CoverForm, PhotoForm
from coterie.media.models import Picture
from coterie.personas.models import Persona
from coterie.personas.requests import Request
from coterie.personas.viewer import NOBODY
from coterie.pure.darkroom import SIDES

FILE = "X-Coterie-File"
"""Tells the front which file to send in place of the answer's body; it never leaves the house."""
A_DAY = 86_400


@wordless
@require_safe
def picture(request: Request, public_id: str, side: int) -> HttpResponse:
    """One print, for whoever may see what it belongs to."""
    found = Picture.objects.select_related("community").filter(public_id=public_id).first()
    if found is None or side not in SIDES or not guarding.may_see(request.viewer, found):
        raise Http404
    request.teaches = _teaches(request, found)  # type: ignore[attr-defined]
    answer = HttpResponse(content_type="image/webp")
    answer[FILE] = f"{found.community.public_id}/{found.public_id}/{side}.webp"
    # Of the URL alone: nothing of the content, or of when it was sent, is told.
    answer["ETag"] = f'"{found.public_id}-{side}"'
    answer["Cache-Control"] = f"private, max-age={A_DAY}"
    answer["Content-Disposition"] = "inline"
    return answer


def _teaches(request: Request, found: Picture) -> bool:
    """Whether machines may learn from it: they may from its community, and a stranger sees it."""
    if not found.community.teaches:
        return False
    return not request.viewer.signed_in or guarding.may_see(NOBODY, found)


@login_required
@require_POST
def pictures(request: Request, handle: str) -> HttpResponse:
    """A photo is sent, and waits for its use."""
    community = _found(request, handle)
    by = _speaking(request, community)
    form = PhotoForm(request.POST, request.FILES)
    if not form.is_valid():
        sentence = str(form.errors["photo"][0])
        return JsonResponse({"sentence": sentence}, status=422)
    try:
        made = sending.send(form.cleaned_data["photo"], by=by, community=community)
    except Refused as refused:
        status = 503 if isinstance(refused, sending.Busy) else 422
        return JsonResponse({"sentence": refused.sentence}, status=status)
    told = reads.waiting([made.public_id], by, community)
    return JsonResponse(told[0], status=201)


@login_required
@require_POST
def alt(request: Request, public_id: str) -> HttpResponse:
    """What is on it."""
    mine = _mine(request, public_id)
    form = AltForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"sentence": str(form.errors["alt"][0])}, status=422)
    using.describe(mine, form.cleaned_data["alt"], by=_sender(mine))
    return HttpResponse(status=204)


@login_required
@require_POST
def removal(request: Request, public_id: str) -> HttpResponse:
    """Thrown away before it was used."""
    mine = _mine(request, public_id)
    using.discard(mine, by=_sender(mine))
    return HttpResponse(status=204)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cover(request: Request, handle: str) -> HttpResponse:
    """What a community shows on its banner."""
    community = _found(request, handle)
    by = _speaking(request, community)
    require(communities.may_shape(request.viewer, community))
    form = CoverForm(
        request.POST or None, request.FILES or None, initial={"at": community.cover_at}
    )
    if form.is_bound and form.is_valid() and _cover(community, form, by, request):
        messages.success(request, _("Saved."))
        return redirect(f"{community.path}settings/cover/")
    status = 422 if form.errors else 200
    seat = communities.seat(request.viewer, community)
    tabs = settings_tabs(seat, "cover") if seat else []
    shown = {"community": community, "form": form, "tabs": tabs}
    return render(request, "media/cover.html", shown, status=status)


def _cover(community: Community, form: CoverForm, by: Persona, request: Request) -> bool:
    photo, at = form.cleaned_data["photo"], form.cleaned_data["at"]
    if "off" in request.POST:
        covering.uncover(community, by=by)
        return True
    if photo is None:
        covering.turn(community, by=by, at=at)
        return True
    try:
        made = sending.send(photo, by=by, community=community)
        covering.cover(community, made, by=by, at=at)
    except Refused as refused:
        form.add_error("photo", refused.sentence)
        return False
    return True


def _found(request: Request, handle: str) -> Community:
    found = Community.objects.findable_by(request.viewer).at(handle)
    return get_object_or_404(found.select_related("parent"))


def _speaking(request: Request, community: Community) -> Persona:
    place = communities.seat(request.viewer, community)
    if place is None:
        raise Http404
    return place.persona


def _mine(request: Request, public_id: str) -> Picture:
    return get_object_or_404(
        Picture.objects.waiting_of(request.viewer).select_related("persona"), public_id=public_id
    )


def _sender(mine: Picture) -> Persona:
    if mine.persona is None:
        raise Http404
    return mine.persona
