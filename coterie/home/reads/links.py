"""The link to a community's door, as its host shares it."""

from typing import Any
from urllib.parse import quote

import segno
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from coterie.communities.models import Community, Invitation


def shareable(community: Community, site: str) -> dict[str, Any] | None:
    """The oldest open link of the community with all that is needed to pass it on."""
    usable = Invitation.objects.usable().filter(community=community, mailed=False, use_limit=None)
    invitation = usable.order_by("pk").first()
    if invitation is None:
        return None
    url = f"{site}{invitation.path}"
    words = _words(community, url)
    return {
        "url": url,
        "text": words,
        "mail": f"mailto:?subject={quote(community.name)}&body={quote(words)}",
        "qr": qr(url),
        "straight_in": invitation.policy == Invitation.Policy.TRUSTED,
    }


def qr(url: str) -> SafeString:
    """The link as a picture that a phone can read; dark on white in every theme."""
    drawn = segno.make(url, error="m", micro=False).svg_inline(
        scale=5,
        border=3,
        dark="#1b1613",
        light="#fff",
        omitsize=True,
        svgclass="qr__picture",
        lineclass=None,
        title=gettext("The link as a QR code"),
    )
    return mark_safe(drawn)  # noqa: S308 - made of numbers by segno


def _words(community: Community, url: str) -> str:
    facts = {"name": community.name, "purpose": community.purpose}
    opening = gettext("I started %(name)s.")
    if community.purpose:
        opening = gettext("I started %(name)s: %(purpose)s")
    return "\n\n".join([opening % facts, gettext("Look around before you decide:") + f"\n{url}"])
