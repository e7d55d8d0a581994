"""What the pages of gatherings need, in a constant number of queries."""

from coterie.gatherings.reads.calendar import feed_of, feed_text, file_text, has_feed
from coterie.gatherings.reads.lists import past, soon, upcoming
from coterie.gatherings.reads.one import (
    convener_seats,
    date,
    detail,
    gathering,
    goers,
    last_zone,
    nameable,
    voices,
)
from coterie.gatherings.reads.outward import told
from coterie.gatherings.reads.words import tile

__all__ = [
    "convener_seats",
    "date",
    "detail",
    "feed_of",
    "feed_text",
    "file_text",
    "gathering",
    "goers",
    "has_feed",
    "last_zone",
    "nameable",
    "past",
    "soon",
    "tile",
    "told",
    "upcoming",
    "voices",
]
