"""What the pages of safety need, each in a constant number of queries."""

from coterie.safety.reads.away import kept_away
from coterie.safety.reads.bans import operators_bans
from coterie.safety.reads.cases import (
    case,
    held,
    history,
    open_counts,
    photo,
    queue,
    waiting_for_operator,
)
from coterie.safety.reads.log import log

__all__ = [
    "case",
    "held",
    "history",
    "kept_away",
    "log",
    "open_counts",
    "operators_bans",
    "photo",
    "queue",
    "waiting_for_operator",
]
