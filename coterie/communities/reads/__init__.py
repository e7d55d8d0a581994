"""What the pages of communities need, each in a constant number of queries."""

from coterie.communities.reads.door import (
    answered_counts,
    choices_of,
    invitations,
    join_request,
    join_requests,
    waiting_count,
)
from coterie.communities.reads.people import bans, directory, hidden_personas, hosts, own_past
from coterie.communities.reads.places import (
    above,
    interests,
    parents_for,
    questions,
    related,
    rules_of,
    tree,
)

__all__ = [
    "above",
    "answered_counts",
    "bans",
    "choices_of",
    "directory",
    "hidden_personas",
    "hosts",
    "interests",
    "invitations",
    "join_request",
    "join_requests",
    "own_past",
    "parents_for",
    "questions",
    "related",
    "rules_of",
    "tree",
    "waiting_count",
]
