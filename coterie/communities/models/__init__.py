"""Communities, who belongs to them, and how people come in."""

from coterie.communities.models.belonging import Ban, Block, Circle, CircleMember, Membership, Mute
from coterie.communities.models.community import (
    Community,
    FoundBy,
    GatheredBy,
    Interest,
    JoinedBy,
    MicroBy,
    PostedBy,
    RelatedCommunity,
    SeenBy,
    TaggedBy,
)
from coterie.communities.models.joining import (
    Answer,
    Invitation,
    JoinRequest,
    Question,
    Remark,
    Rule,
)

__all__ = [
    "Answer",
    "Ban",
    "Block",
    "Circle",
    "CircleMember",
    "Community",
    "FoundBy",
    "GatheredBy",
    "Interest",
    "Invitation",
    "JoinRequest",
    "JoinedBy",
    "Membership",
    "MicroBy",
    "Mute",
    "PostedBy",
    "Question",
    "RelatedCommunity",
    "Remark",
    "Rule",
    "SeenBy",
    "TaggedBy",
]
