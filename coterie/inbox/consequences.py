"""What follows in people's alerts, in the same transaction, when a topic stands elsewhere."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from coterie.communities.models import Membership
from coterie.inbox.models import Notification
from coterie.talk.events import Merged, MovedIn
from coterie.talk.models import Conversation


def take_alerts_along(event: MovedIn | Merged) -> None:
    """Alerts of the topic are alerts of where it stands now; who does not read it there has none.

    An alert says a title as it is today, and that is for those who read the topic today.
    """
    stands = event.into_id if isinstance(event, Merged) else event.conversation_id
    topic = Conversation.objects.select_related("community").get(pk=stands)
    told = Notification.objects.filter(conversation__in={event.conversation_id, stands})
    told.taken()
    told.exclude(persona__in=_readers(topic).values("persona")).delete()
    told.update(conversation=topic, community=topic.community, known_as=topic.community.name)


def _readers(topic: Conversation) -> QuerySet[Membership]:
    """Those who have a seat there that reaches back to its beginning."""
    seats = Membership.objects.living().filter(community=topic.community)
    reaching = Q(history_from=None) | Q(history_from__lte=topic.started_at)
    return seats if topic.history_shared else seats.filter(reaching)
