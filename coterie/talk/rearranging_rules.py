"""Who may take topics apart, put them together and move them; beside `rules`, which is long."""

from __future__ import annotations

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from coterie.communities.models import Community, Membership
from coterie.core.verdict import YES, Verdict
from coterie.talk import rules
from coterie.talk.models import Conversation, Kind, Post, PostState, Voice
from coterie.talk.rules import Who

MOVE_GATE = "talk.move"
"""Asked with a topic that is about to go to another community."""
MOST_MOVED = 20_000
"""Posts that are renumbered in one go."""


def may_merge(who: Who, topic: Conversation, into: Conversation) -> Verdict:
    """Make one topic of two."""
    verdict = rules.may_keep(who, topic) and rules.may_keep(who, into)
    if not verdict:
        return verdict
    same = (topic.community_id, topic.circle_id) == (into.community_id, into.circle_id)
    if topic.pk == into.pk or not same or {topic.kind, into.kind} != {Kind.TOPIC}:
        return Verdict(_("Choose another topic of this community, with the same readers."))
    return _is_whole(topic) and _is_whole(into)


def may_split(who: Who, post: Post) -> Verdict:
    """Make a topic of its own of a post and what follows."""
    verdict = rules.may_keep(who, post.conversation)
    if not verdict or not rules.may_read(who, post):
        return verdict and rules.NOTHING
    if post.seq == 1:
        return Verdict(_("A topic keeps its first post. Choose a later one."))
    return _is_whole(post.conversation) if post.seq else rules.NOTHING


def may_move(who: Who, topic: Conversation, to: Community) -> Verdict:
    """Take a topic to another community, where everybody who spoke is a member as the same self."""
    verdict = rules.may_keep(who, topic) and rules.keeps_order(who, to) and rules.may_start(who, to)
    if not verdict or to.pk == topic.community_id:
        return verdict and rules.NOTHING
    if not (verdict := _is_whole(topic)):
        return verdict
    empty = (PostState.RETRACTED, PostState.ERASED)
    said = Post.objects.filter(conversation=topic).exclude(state__in=empty)
    unnamed = said.exclude(voice=Voice.OWN, aside_with=None)
    if topic.voice != Voice.OWN or topic.circle_id or unnamed.exists():
        return Verdict(
            _("Not everybody spoke under their own name here. It stays where that was said.")
        )
    there = Membership.objects.living().filter(community=to)
    if said.exclude(Exists(there.filter(persona=OuterRef("persona")))).exists():
        return Verdict(
            _(
                "Not everybody who spoke here is a member there, as the same persona. "
                "Start a topic there and invite them to it."
            )
        )
    return YES


def _is_whole(topic: Conversation) -> Verdict:
    """It is a topic that is out, between all its readers, and not too long to be renumbered."""
    if topic.kind != Kind.TOPIC or topic.aside_with_id or not topic.last_seq or topic.arriving:
        return Verdict(_("This stays as it is."))
    if topic.archived_at:
        return Verdict(_("Take it out of the archive first."))
    if topic.last_seq > MOST_MOVED:
        return Verdict(_("This topic is too long for that."))
    return YES
