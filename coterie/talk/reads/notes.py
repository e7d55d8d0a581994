"""Content notes that were used before."""

from __future__ import annotations

from coterie.communities.models import Community
from coterie.personas.viewer import Viewer
from coterie.talk.models import Post

LOOKED_AT = 200
OFFERED = 12


def notes(viewer: Viewer, community: Community) -> list[str]:
    """Those that stand before what this reader reads here, the latest first."""
    noted = Post.objects.visible_to(viewer).filter(conversation__community=community)
    rows = noted.filter(state__in=Post.LIVING).exclude(note="", hosts_note="").order_by("-pk")
    used: dict[str, str] = {}
    for own, hosts in rows.values_list("note", "hosts_note")[:LOOKED_AT]:
        words = hosts or own
        used.setdefault(words.casefold(), words)
    return list(used.values())[:OFFERED]
