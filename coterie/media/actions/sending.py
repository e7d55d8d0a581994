"""A photo comes in: drawn anew, then kept, or nothing of it is."""

from __future__ import annotations

from typing import IO, Any

from django.conf import settings
from django.utils.translation import gettext as _

from coterie.communities.models import Community
from coterie.core.ids import new_token
from coterie.core.verdict import Refused, require
from coterie.media import rules, shelf
from coterie.media.models import ALT_LENGTH, Picture
from coterie.media.words import sorry, too_many_bytes
from coterie.personas.models import Persona
from coterie.pure import darkroom


class Busy(Refused):
    """Nothing is wrong with it: others are being developed, and it may be sent again."""


def send(photo: Any, *, by: Persona, community: Community, alt: str = "") -> Picture:
    """The photo is a picture of this community, for its sender alone until it is used.

    Not in a transaction: opening a photo takes its time.
    """
    require(rules.may_send(by, community))
    waiting = Picture.objects.waiting_of(by).filter(community=community)
    if waiting.count() >= rules.MOST_WAITING:
        raise Refused(_("Many of your photos wait here already. Post some or remove them first."))
    if photo.size > settings.LARGEST_PHOTO:
        raise Refused(too_many_bytes())
    return _keep(_developed(photo.file), by, community, alt)


def found(photo: IO[bytes], *, community: Community) -> Picture:
    """What was found elsewhere is a picture of this community, nobody's, until it is used."""
    return _keep(_developed(photo), None, community, "")


def copied(guard: str, subject: int, *, community: Community) -> Picture | None:
    """The same picture as this subject's, under another name, nobody's, until it is used."""
    first = Picture.objects.filter(guard=guard, subject=subject, community=community).first()
    if first is None:
        return None
    prints = shelf.prints_of(community.public_id, first.public_id)
    size = (first.width, first.height)
    return _keep(darkroom.Developed(prints, *size, first.thumbhash), None, community, first.alt)


def _developed(photo: IO[bytes]) -> darkroom.Developed:
    try:
        return darkroom.develop(photo)
    except darkroom.Spoiled as spoiled:
        refused = Busy if spoiled.reason is darkroom.Reason.BUSY else Refused
        raise refused(sorry(spoiled.reason)) from None


def _keep(
    developed: darkroom.Developed, by: Persona | None, community: Community, alt: str
) -> Picture:
    name = new_token()
    shelf.put(community.public_id, name, developed.prints)
    try:
        return Picture.objects.create(
            public_id=name,
            persona=by,
            community=community,
            width=developed.width,
            height=developed.height,
            thumbhash=developed.thumbhash,
            alt=alt.strip()[:ALT_LENGTH],
            bytes=sum(map(len, developed.prints.values())),
        )
    except BaseException:
        shelf.clear([(community.public_id, name)])
        raise
