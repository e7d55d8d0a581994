"""How far a persona has read."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F

from coterie.communities import rules as communities
from coterie.communities.models import Community
from coterie.core.verdict import require
from coterie.personas.models import Persona
from coterie.talk import rules
from coterie.talk.models import Conversation, ReadingPosition

AT_ONCE = 500


@transaction.atomic
def read_up_to(
    conversation: Conversation, *, by: Persona, seq: int, epoch: int | None = None
) -> bool:
    """Nothing up to `seq` is new any more; False when it was so before, or by other numbers."""
    require(rules.may_see(by, conversation))
    if not communities.is_member(by, conversation.community_id):
        return False
    now = Conversation.objects.with_seen(by).values("seen", "last_seq", "epoch")  # type: ignore[misc]
    row = now.get(pk=conversation.pk)
    seq = min(seq, row["last_seq"])
    if epoch not in (None, row["epoch"]) or seq <= row["seen"]:
        return False
    _move([_position(conversation.pk, by.pk, row, seq)])
    return True


@transaction.atomic
def mark_all_read(community: Community, *, by: Persona) -> int:
    """Nothing in this community is new to the reader any more; how many topics had news."""
    require(communities.may_see(by, community))
    news = (
        Conversation.objects.visible_to(by)
        .filter(community=community)
        .with_seen(by)
        .filter(last_seq__gt=F("seen"))  # type: ignore[misc]
        .values("pk", "seen", "last_seq", "epoch")
    )
    moved = [_position(row["pk"], by.pk, row, row["last_seq"]) for row in news]
    _move(moved)
    return len(moved)


def seen(conversation_id: int, persona: Persona | None) -> int:
    """The seq up to which nothing is new to this persona."""
    rows = Conversation.objects.with_seen(persona).filter(pk=conversation_id)
    return int(rows.values_list("seen", flat=True)[0])  # type: ignore[misc]


def note(conversation_id: int, persona: Persona, seq: int) -> None:
    """Who had read everything before their own words has read these too."""
    epoch = Conversation.objects.values_list("epoch", flat=True).get(pk=conversation_id)
    _move([_position(conversation_id, persona.pk, {"epoch": epoch, "seen": seq - 1}, seq)])


def _position(
    conversation_id: int, persona_id: int, row: dict[str, int], seq: int
) -> ReadingPosition:
    return ReadingPosition(
        conversation_id=conversation_id,
        persona_id=persona_id,
        epoch=row["epoch"],
        read_seq=seq,
        from_seq=row["seen"],
    )


def _move(positions: list[ReadingPosition]) -> None:
    """Written or moved, in one statement for many; a second tab may repeat it."""
    ReadingPosition.objects.bulk_create(
        positions,
        batch_size=AT_ONCE,
        update_conflicts=True,
        unique_fields=["persona", "conversation"],
        update_fields=["epoch", "read_seq", "from_seq"],
    )
