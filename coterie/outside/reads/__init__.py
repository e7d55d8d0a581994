"""What the world may know, always as somebody who is nobody: whoever asks, the answer is one."""

from coterie.outside.reads.cards import card_of_community, card_of_invitation, card_of_topic
from coterie.outside.reads.entries import Entry, entries
from coterie.outside.reads.maps import places, taught, topics
from coterie.outside.reads.open import open_community, open_tag, open_topic

__all__ = [
    "Entry",
    "card_of_community",
    "card_of_invitation",
    "card_of_topic",
    "entries",
    "open_community",
    "open_tag",
    "open_topic",
    "places",
    "taught",
    "topics",
]
