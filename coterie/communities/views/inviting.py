"""Invitations as hosts see them: links, pictures of links, letters."""

from __future__ import annotations

from typing import Any

import segno
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coterie.communities import reads, rules
from coterie.communities.actions import inviting
from coterie.communities.forms.door import InvitationForm, LetterForm
from coterie.communities.models import Invitation
from coterie.communities.views.finding import Seated, page, permitted, seated
from coterie.core.origin import public_origin
from coterie.core.verdict import Refused
from coterie.personas.requests import Request


def _inviting(request: Request, handle: str) -> Seated:
    here = seated(request, handle)
    permitted(rules.may_invite(request.viewer, here.community))
    return here


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitations(request: Request, handle: str) -> HttpResponse:
    """All links into this community, and a form for a new one."""
    here = _inviting(request, handle)
    form = InvitationForm(request.POST or None)
    if form.is_bound and form.is_valid():
        made = inviting.invite(here.community, by=here.persona, **form.outcome())
        return redirect(f"{here.community.path}invitations/{made.public_id}/")
    return _page(request, here, form=form, letter=LetterForm(auto_id="id_letter_%s"))


@require_POST
def letters(request: Request, handle: str) -> HttpResponse:
    """A letter with a link of its own is on its way."""
    here = _inviting(request, handle)
    letter = LetterForm(request.POST, auto_id="id_letter_%s")
    if letter.is_valid():
        try:
            inviting.invite_by_mail(
                here.community,
                by=here.persona,
                address=letter.cleaned_data["address"],
                policy=letter.cleaned_data["policy"],
            )
        except Refused as refusal:
            letter.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("The letter is on its way. The address is kept nowhere."))
            return redirect(f"{here.community.path}invitations/")
    return _page(request, here, form=InvitationForm(), letter=letter)


def _page(
    request: Request, here: Seated, *, form: InvitationForm, letter: LetterForm
) -> HttpResponse:
    links = reads.invitations(here.community)
    wrong = bool(form.errors or letter.errors)
    shown: dict[str, Any] = {"links": links, "form": form, "letter": letter}
    return page(request, "invitations", here, status=422 if wrong else 200, **shown)


@never_cache
@require_safe
def invitation(request: Request, handle: str, public_id: str) -> HttpResponse:
    """One link: to copy, to show, to end."""
    here = _inviting(request, handle)
    link = _link(here, public_id)
    usable = Invitation.objects.usable().filter(pk=link.pk).exists()
    address = public_origin(request) + link.path
    picture = qr(address) if usable else ""
    return page(
        request,
        "invitation",
        here,
        link=link,
        usable=usable,
        address=address,
        qr=picture,
        back=f"{here.community.path}invitations/",
    )


@require_POST
def revocation(request: Request, handle: str, public_id: str) -> HttpResponse:
    """The link opens nothing any more."""
    here = _inviting(request, handle)
    inviting.revoke(_link(here, public_id), by=here.persona)
    messages.success(request, _("The link is dead. Whoever came by it stays."))
    return redirect(f"{here.community.path}invitations/")


def _link(here: Seated, public_id: str) -> Invitation:
    rows = Invitation.objects.filter(community=here.community)
    return get_object_or_404(rows.select_related("made_by", "community"), public_id=public_id)


def qr(address: str) -> SafeString:
    """The address as a picture that a phone reads; inline, with attributes only."""
    drawn = segno.make(address, error="m").svg_inline(
        border=2,
        svgclass="qr__picture",
        lineclass=None,
        omitsize=True,
        title=_("QR code of the link"),
        dark="#2B211B",
        light="#fff",
    )
    return mark_safe(drawn)  # noqa: S308 - drawn by segno from our own address
