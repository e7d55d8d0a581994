"""New numbers for the posts of a conversation, and how far its readers had read by them.

Numbers go by time. A reader's number afterwards is the largest below which they had read
all that counts as news: some posts may show as unread again, none is lost.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import connection
from django.db.models import F, Max

from coterie.communities.models import Membership
from coterie.talk.actions import holding
from coterie.talk.models import Conversation, Post, ReadingPosition

AT_ONCE = 500
IN_ORDER = (
    "SELECT id, seq, brought, conversation_id AS home, "
    "ROW_NUMBER() OVER (ORDER BY published_at, source_order, seq) AS n "
    "FROM talk_post WHERE conversation_id = %s AND seq IS NOT NULL"
)
"""A conversation may have millions of posts: the database counts them, not we."""


def hold(*conversations: int) -> list[Conversation]:
    """These, fresh; whoever posts there now waits, and then continues the new numbers.

    So does whoever reads there, in one of them or in all.
    """
    holding.conversations(Conversation.objects.filter(pk__in=conversations))
    positions = ReadingPosition.objects.filter(conversation__in=conversations)
    list(positions.select_for_update().order_by("conversation", "pk").values_list("pk"))
    found = Conversation.objects.select_related("community__parent", "circle")
    return [found.get(pk=pk) for pk in conversations]


def write_numbers(conversation: Conversation) -> None:
    """By time and gapless; `last_seq` is at least the largest number before.

    In two steps, because no two posts may have the same number for a moment.
    """
    last = conversation.last_seq
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE talk_post SET seq = placed.n + %s FROM ({IN_ORDER}) AS placed "  # noqa: S608
            "WHERE talk_post.id = placed.id AND placed.n <> placed.seq",
            [last, conversation.pk],
        )
    moved = Post.objects.filter(conversation=conversation, seq__gt=last)
    moved.update(seq=F("seq") - last)


def begin_epoch(conversation: Conversation) -> None:
    """Its posts have new numbers from the first to the last; clients of the old ones reload."""
    write_numbers(conversation)
    posts = Post.objects.filter(conversation=conversation, seq__isnull=False)
    told = posts.aggregate(last=Max("seq"), at=Max("published_at"))
    Conversation.objects.filter(pk=conversation.pk).update(
        epoch=F("epoch") + 1,
        last_seq=told["last"] or 0,
        last_post_at=told["at"] or conversation.last_post_at,
    )
    conversation.refresh_from_db(fields=["epoch", "last_seq", "last_post_at"])


class Track:
    """How far everybody had read in one conversation, told by posts and not by numbers."""

    def __init__(self, conversation: Conversation) -> None:
        posts = Post.objects.filter(conversation=conversation, seq__isnull=False).order_by("seq")
        rows = list(posts.values_list("seq", "pk", "published_at", "brought"))
        news = [(seq or 0, pk, at) for seq, pk, at, brought in rows if not brought]
        self.all = [pk for _seq, pk, *_more in rows]
        self.seqs = [seq for seq, _pk, _at in news]
        self.pks = [pk for _seq, pk, _at in news]
        self.times = sorted((at, seq) for seq, _pk, at in news)
        self.last_seq = conversation.last_seq
        loose = Post.objects.filter(conversation=conversation, seq=None)
        self.behind = dict(loose.values_list("pk", "after_seq"))
        positions = ReadingPosition.objects.filter(
            conversation=conversation, epoch=conversation.epoch
        )
        self.read = {
            who: (max(read, since), since)
            for who, read, since in positions.values_list("persona", "read_seq", "from_seq")
        }

    def seen_by(self, who: int, joined: datetime | None) -> tuple[int, int]:
        """Up to where nothing was new to this reader, who may never have come."""
        if who in self.read:
            return self.read[who]
        at = bisect_right(self.times, (joined, 1 << 40)) if joined else len(self.times)
        seen = self.times[at][1] - 1 if at < len(self.times) else self.last_seq
        return seen, seen

    def first_after(self, numbers: Mapping[int, int], end: int) -> list[int]:
        """For each post here, the lowest new number among it and all that follow it."""
        lowest = [end]
        for pk in reversed(self.pks):
            lowest.append(min(lowest[-1], numbers.get(pk, end)))
        return lowest[::-1]


def carry(tracks: Sequence[Track], to: Conversation) -> None:
    """Who had read in any of the tracks finds in `to` everything that is still new to them."""
    posts = Post.objects.filter(conversation=to, seq__isnull=False)
    numbers = {pk: seq or 0 for pk, seq in posts.values_list("pk", "seq")}
    firsts = [track.first_after(numbers, to.last_seq + 1) for track in tracks]
    seats = Membership.objects.living().filter(community=to.community_id)
    joined = dict(seats.values_list("persona_id", "joined_at"))
    readers = {who for track in tracks for who in track.read}
    moved = [
        _carried(who, [*zip(tracks, firsts, strict=True)], to, joined.get(who)) for who in readers
    ]
    ReadingPosition.objects.bulk_create(
        moved,
        batch_size=AT_ONCE,
        update_conflicts=True,
        unique_fields=["persona", "conversation"],
        update_fields=["epoch", "read_seq", "from_seq"],
    )
    _place_unnumbered(tracks, to, numbers)


def _carried(
    who: int, tracks: Iterable[tuple[Track, list[int]]], to: Conversation, joined: datetime | None
) -> ReadingPosition:
    reads, sinces = [], []
    for track, first in tracks:
        seen, since = track.seen_by(who, joined)
        reads.append(first[bisect_right(track.seqs, seen)] - 1)
        sinces.append(first[bisect_right(track.seqs, since)] - 1)
    read = min(reads)
    return ReadingPosition(
        persona_id=who,
        conversation=to,
        epoch=to.epoch,
        read_seq=read,
        from_seq=min(read, max(sinces)),
    )


def _place_unnumbered(
    tracks: Iterable[Track], to: Conversation, numbers: Mapping[int, int]
) -> None:
    """Posts without number stand behind the last that stood before them and is here."""
    places = {
        pk: next((numbers[one] for one in track.all[:after][::-1] if one in numbers), 0)
        for track in tracks
        for pk, after in track.behind.items()
    }
    loose = list(Post.objects.filter(conversation=to, seq=None).only("after_seq"))
    for post in loose:
        post.after_seq = places.get(post.pk, 0)
    Post.objects.bulk_update(loose, ["after_seq"], batch_size=AT_ONCE)


def cut_answers(conversation: Conversation) -> None:
    """No post elsewhere quotes one of these, nor the other way round: readers differ now."""
    here = Post.objects.filter(conversation=conversation)
    here.exclude(reply_to=None).exclude(reply_to__conversation=conversation).update(reply_to=None)
    quoting = Post.objects.filter(reply_to__conversation=conversation)
    quoting.exclude(conversation=conversation).update(reply_to=None)
