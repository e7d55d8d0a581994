"""What the pages of communities need, each in a constant number of queries."""

from coterie.communities.reads.changes import meaning
from coterie.communities.reads.door import (
    answered_counts,
    choices_of,
    invitations,
    join_request,
    join_requests,
    remarks,
    waiting_count,
)
from coterie.communities.reads.people import (
    bans,
    directory,
    hidden_personas,
    hosts,
    is_last_host,
    keepers,
    kept_away,
    own_past,
)
from coterie.communities.reads.places import (
    above,
    called,
    interests,
    name_above,
    parents_for,
    questions,
    related,
    rules_of,
    still_known,
    tree,
)

__all__ = [
    "above",
    "answered_counts",
    "bans",
    "called",
    "choices_of",
    "directory",
    "hidden_personas",
    "hosts",
    "interests",
    "invitations",
    "is_last_host",
    "join_request",
    "join_requests",
    "keepers",
    "kept_away",
    "meaning",
    "name_above",
    "own_past",
    "parents_for",
    "questions",
    "related",
    "remarks",
    "rules_of",
    "still_known",
    "tree",
    "waiting_count",
]
