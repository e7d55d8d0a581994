"""Who listens, who gates, what follows: the whole house's wiring on one page."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from coterie.communities import events as communities
from coterie.core import events, gates, queue, schedule
from coterie.inbox import events as inbox_events
from coterie.inbox import listeners as inbox
from coterie.talk import consequences as talk_consequences
from coterie.talk import events as talk
from coterie.talk import gates as talk_gates

LISTENERS: dict[type, Iterable[Callable[[Any], None]]] = {
    communities.AskedToJoin: [inbox.tell_hosts_who_waits],
    communities.Withdrawn: [inbox.tell_hosts_who_waits],
    communities.TurnedAway: [inbox.tell_hosts_who_waits, inbox.tell_who_was_turned_away],
    communities.Admitted: [inbox.welcome],
    communities.Removed: [inbox.clear_after_leaving],
    communities.Banned: [inbox.clear_after_leaving],
    communities.Left: [inbox.clear_after_leaving],
    communities.Orphaned: [inbox.tell_members_of_the_empty_chair],
    talk.Posted: [inbox.tell_who_was_answered],
    talk.PostRemoved: [inbox.unsay],
    talk.Retracted: [inbox.unsay],
    inbox_events.Told: [inbox.mail_what_is_due],
}
"""After the commit, outside the transaction; may run twice."""

CONSEQUENCES: dict[type, Iterable[Callable[[Any], None]]] = {
    communities.Reshaped: [talk_consequences.lower_conversations],
    communities.Moved: [talk_consequences.close_to_the_parent],
    communities.Left: [talk_consequences.take_posts_along],
}
"""Inside the announcing transaction; a constant number of statements in their own floor."""

GATES: dict[str, Iterable[gates.Gate]] = {
    talk_gates.POST: [talk_gates.approval],
}
"""Asked inside the transaction before something goes out: publish, hold or refuse."""

SCHEDULE: dict[str, schedule.Entry] = {
    "forget tasks that are done": (timedelta(hours=1), queue.prune),
}
"""What the worker does again and again, and how often; each may run twice without harm."""


def connect() -> None:
    """Everybody hears what concerns them; called once when the apps are ready."""
    events.wire(LISTENERS, CONSEQUENCES)
    gates.hang(GATES)
