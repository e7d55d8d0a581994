"""What stands around every page inside a community."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from coterie.communities import reads as communities_reads
from coterie.communities import rules as communities
from coterie.communities.models import Community, SeenBy
from coterie.personas.viewer import Viewer


def frame(viewer: Viewer, community: Community) -> dict[str, Any]:
    """The community, this viewer's seat in it, and the ways on that are open to them."""
    place = communities.seat(viewer, community)
    return {
        "community": community,
        "place": place,
        "keeps_order": place is not None and place.may(place.Duty.TALK),
        "may_admit": place is not None and place.may(place.Duty.DOOR),
        "may_shape": place is not None and place.may(place.Duty.SHAPE),
        "may_found": place is not None and bool(communities.may_found(viewer, community)),
        "must_agree": place is not None and not communities.has_agreed(viewer, community),
        "may_browse": bool(communities.may_browse(viewer, community)),
        "gatherings_path": f"{community.path}gatherings/",
        "rooms_path": f"{community.path}rooms/",
        "rooms_live": f"rooms/{community.public_id}" if place else "",
        "me_path": f"{community.path}me/",
        "members_path": f"{community.path}members/",
        "about_path": f"{community.path}about/",
        "invite_path": f"{community.path}invitations/",
        "join_path": f"{community.path}join/",
        "read_by": read_by(viewer, community, community.seen_by),
    }


def read_by(viewer: Viewer, community: Community, see: str) -> str:
    """In words, who reads what is seen by `see` here."""
    if see == SeenBy.EVERYONE:
        return _("Everybody can read this, also without joining.")
    if see == SeenBy.PARENT and community.parent:
        name = communities_reads.name_above(viewer, community)
        return _("Read by members here and by those of %(name)s.") % {"name": name}
    return _("Read by members.")
