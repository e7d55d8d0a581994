"""What a community shows on its banner is for whoever may find it."""

from __future__ import annotations

from coterie.communities.models import Community
from coterie.personas.viewer import Viewer


def cover(viewer: Viewer, community_id: int) -> bool:
    """Whether this viewer may see the community's cover."""
    return Community.objects.findable_by(viewer).filter(pk=community_id).exists()
