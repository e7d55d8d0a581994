"""How far a persona has read."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import takewhile
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from coterie.communities import rules as communities
from coterie.communities.models import Community
from coterie.core.prepared import prepared
from coterie.core.verdict import require
from coterie.personas.models import Persona
from coterie.personas.viewer import Viewer
from coterie.talk import rules
from coterie.talk.models import CaughtUp, Conversation, ReadingPosition
from coterie.talk.reads import unread as reads
from coterie.talk.reads.unread import MOVED_AT_ONCE

AT_ONCE = 500
SETTLED = timedelta(minutes=1)


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
    catch_up(conversation.community, by=by)
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
        .order_by("pk")
    )
    moved = [_position(row["pk"], by.pk, row, row["last_seq"]) for row in news]
    _move(moved)
    catch_up(community, by=by)
    return len(moved)


@transaction.atomic
def catch_up(community: Community, *, by: Persona) -> None:
    """Pages of this reader look for news only behind what they have read in one go.

    Never quite up to now: a post that is just being written elsewhere may bear a time
    that is a little older than what can be seen already.
    """
    alone = Viewer((by,), by)
    seat = communities.seat(alone, community)
    if seat is None:
        return
    moved = reads.moved(alone, community)
    until = _settled(moved, timezone.now() - SETTLED)
    if until is None:
        CaughtUp.objects.get_or_create(seat=seat, defaults={"until": seat.joined_at})
        return
    CaughtUp.objects.bulk_create(
        [CaughtUp(seat=seat, until=until)],
        update_conflicts=True,
        unique_fields=["seat"],
        update_fields=["until"],
    )


def _settled(moved: list[tuple[datetime, bool]], before: datetime) -> datetime | None:
    """The last moment up to which all of these are read; None when the first is not."""
    read = [at for at, _new in takewhile(lambda row: not row[1] and row[0] <= before, moved)]
    if len(read) == len(moved) < MOVED_AT_ONCE:
        return read[-1] if read else None
    # Two may have moved at the same moment, and only one of them be read or looked at.
    wall = moved[len(read)][0] if len(read) < len(moved) else read[-1]
    return max((at for at in read if at < wall), default=None)


def forget(persona_id: int, *, community_id: int) -> None:
    """How far this persona once had read in this community is not known any more."""
    positions = ReadingPosition.objects.filter(persona=persona_id)
    positions.filter(conversation__community=community_id).delete()


def look_again(community_id: int, since: datetime) -> None:
    """What was added to since then may be new to people who had caught up with it."""
    behind = CaughtUp.objects.filter(seat__community=community_id, until__gte=since)
    behind.update(until=since - timedelta(microseconds=1))


def seen(conversation_id: int, persona: Persona | None) -> int:
    """The seq up to which nothing is new to this persona."""
    return int(_seen(conversation_id, (persona.pk,) if persona else ())[0])


@prepared
def _seen(conversation_id: int, ids: tuple[int, ...]) -> Any:
    found: Any = Conversation.objects.with_seen(ids).filter(pk=conversation_id)
    return found.values_list("seen", flat=True)


def note(conversation_id: int, persona: Persona, seq: int, epoch: int) -> None:
    """Who had read everything before their own words has read these too."""
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
