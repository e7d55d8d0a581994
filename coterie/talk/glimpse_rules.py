"""Who may take the preview of a link away, and where there is one; beside `rules`."""

from __future__ import annotations

from django.conf import settings

from coterie.core.verdict import YES, Verdict
from coterie.talk import rules
from coterie.talk.models import Conversation, Post
from coterie.talk.rules import Who

PICTURES = "talk.card"
"""The guard of the picture in a preview."""


def are_wanted(conversation: Conversation) -> bool:
    """Whether anybody looks behind links there: its hosts and the operator say so."""
    return bool(settings.LINK_PREVIEWS) and not conversation.community.sensitive


def may_put_away(who: Who, post: Post) -> Verdict:
    """Leave the link without its preview: whoever posted it, and the hosts."""
    if not post.card or not post.lives or not rules.may_read(who, post):
        return rules.NOTHING
    if rules.may_retract(who, post):
        return YES
    return rules.keeps_order(who, post.conversation.community)
