"""What the pages and letters of the inbox need, each in a constant number of queries."""

from coterie.inbox.reads.alerts import on_duty, page, sections, unread_count
from coterie.inbox.reads.cost import asked_to_read, cost_of
from coterie.inbox.reads.letters import of_one, of_span
from coterie.inbox.reads.levels import levels_of
from coterie.inbox.reads.wishes import selves, tag, tag_level, today, wishes, zone

__all__ = [
    "asked_to_read",
    "cost_of",
    "levels_of",
    "of_one",
    "of_span",
    "on_duty",
    "page",
    "sections",
    "selves",
    "tag",
    "tag_level",
    "today",
    "unread_count",
    "wishes",
    "zone",
]
