"""What talk itself asks of a post that is about to go out."""

from django.utils.translation import gettext_noop as _

from coterie.communities.models import PostedBy
from coterie.core.gates import Answer, Hold, Publish
from coterie.personas.viewer import Viewer
from coterie.talk import rearranging_rules, rules
from coterie.talk.models import Post

POST, EDIT, MOVE = rules.POST_GATE, rules.EDIT_GATE, rearranging_rules.MOVE_GATE


def approval(post: Post, who: Viewer) -> Answer:
    """Where a host looks first, a member's post waits; what only the hosts read does not."""
    community = post.conversation.community
    looks = community.posted_by == PostedBy.APPROVED and post.aside_with_id is None
    if looks and not rules.keeps_order(who, community):
        return Hold(_("The hosts look at posts before they appear."))
    return Publish()
