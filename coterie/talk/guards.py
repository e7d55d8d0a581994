"""Who may see the pictures of a post: whoever reads it; of a removed one, the hosts."""

from __future__ import annotations

from coterie.personas.viewer import Viewer
from coterie.talk import glimpse_rules, rules
from coterie.talk.models import Post, PostState

POST, CARD = rules.PHOTOS, glimpse_rules.PICTURES


def post(viewer: Viewer, post_id: int) -> bool:
    """Whether this viewer may see the post's photos."""
    readable = Post.objects.visible_to(viewer).filter(pk=post_id)
    found = readable.select_related("conversation__community").first()
    if found is None:
        return False
    removed = found.state == PostState.REMOVED
    return found.state in Post.SAID or (
        removed and bool(rules.keeps_order(viewer, found.conversation.community))
    )
