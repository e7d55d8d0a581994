"""What safety asks of a post that is about to go out."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from coterie.communities import rules as communities
from coterie.core.gates import Answer, Publish, Refuse
from coterie.core.prepared import prepared
from coterie.personas.models import Persona
from coterie.personas.viewer import Viewer
from coterie.safety import rules
from coterie.safety.models import Case
from coterie.talk.models import Conversation, Post

WINDOW = timedelta(minutes=1)
MOST = 12
"""Posts of one person in one community within a minute; a lively talker writes five."""


def ban(post: Post, who: Viewer) -> Answer:
    """Who is banned and came back as somebody else is silent until that seat ends too."""
    community = post.conversation.community
    if post.persona is None or rules.may_keep_order(who, community):
        return Publish()
    if communities.is_banned(post.persona, community):
        return Refuse(_("You cannot write here at the moment."))
    return Publish()


def flood(post: Post, who: Viewer) -> Answer:
    """Nobody pours words over a community; hosts may, and an import does not come this way."""
    if post.persona is None or rules.may_keep_order(who, post.conversation.community):
        return Publish()
    since = timezone.now() - WINDOW
    if len(_just_now(post.persona.pk, post.conversation.community_id, since)) > MOST:
        return Refuse(_("That was a lot at once. Take a breath and go on in a minute."))
    return Publish()


def open_case(topic: Conversation, by: Persona) -> Answer:
    """What is being looked at stays where those are who look at it."""
    if Case.objects.open().filter(post__conversation=topic).exists():
        return Refuse(_("Something in it was reported. Decide on that first."))
    return Publish()


@prepared
def _just_now(persona: int, community: int, since: datetime) -> Any:
    said = Post.objects.filter(persona=persona, created_at__gt=since)
    return said.filter(conversation__community=community).values_list("pk", flat=True)[: MOST + 1]
