"""The photos that come with a form: those that wait already, and those it brings as files."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from coterie.communities.models import Community
from coterie.core.verdict import Refused
from coterie.media import reads
from coterie.media.actions import sending, using
from coterie.media.models import Picture
from coterie.media.rules import MOST_TOGETHER
from coterie.personas.models import Persona
from coterie.personas.requests import Request


@dataclass
class Brought:
    """Public ids in their order, what is wrong if something is, and what the form shows again."""

    ids: list[str] = field(default_factory=list)
    trouble: str = ""
    shown: dict[str, Any] = field(default_factory=dict)


def bring(request: Request, community: Community, *, by: Persona) -> Brought:
    """The form's photos wait for their post, each with the words that came for it."""
    if request.method != "POST":
        return Brought()
    brought = Brought(list(dict.fromkeys(request.POST.getlist("photo")))[:MOST_TOGETHER])
    _describe(request, brought.ids, by)
    files, room = request.FILES.getlist("files"), MOST_TOGETHER - len(brought.ids)
    if len(files) > room:
        brought.trouble = _("At most %(n)d photos fit on one post.") % {"n": MOST_TOGETHER}
    for file in files[:room]:
        alt = request.POST.get("files_alt", "")
        try:
            brought.ids.append(sending.send(file, by=by, community=community, alt=alt).public_id)
        except Refused as refused:
            brought.trouble = refused.sentence
    waiting = reads.waiting(brought.ids, by, community)
    brought.shown = {"photos": waiting, "photo_trouble": brought.trouble}
    return brought


def _describe(request: Request, ids: list[str], by: Persona) -> None:
    for picture in Picture.objects.waiting_of(by).filter(public_id__in=ids) if ids else ():
        alt = request.POST.get(f"alt.{picture.public_id}", "")
        if alt != picture.alt:
            using.describe(picture, alt, by=by)
