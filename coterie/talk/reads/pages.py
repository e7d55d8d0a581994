"""Where a page of posts begins and ends: a keyset over posts with and without seq.

A post stands at (seq, 0, 0); one without seq at (after_seq, 1, its row): behind
the numbered post that was the last when it was said.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from coterie.core.prepared import prepared
from coterie.talk.models import Conversation, Post
from coterie.talk.reads.reader import hidden_voices, put_away
from coterie.talk.reads.rows import COLUMNS, with_columns

PAGE = 20
FAR = 40
"""A page of words as short as those of a chat."""

type Ids = tuple[int, ...]
type Place = tuple[int, int, int]


@dataclass(frozen=True)
class Shown:
    """The posts of one conversation that one reader meets."""

    conversation_id: int
    community_id: int
    ids: Ids
    hidden: Ids
    """Personas whom this reader does not meet."""
    unnumbered: bool
    """Whether there may be posts without seq for this reader."""

    @property
    def of(self) -> tuple[int, int, Ids, Ids]:
        return self.conversation_id, self.community_id, self.ids, self.hidden


THE_START: Place = (-1, 1, 0)
THE_END: Place = (2**31 - 1, 1, 0)


def place_of(row: dict[str, Any]) -> Place:
    """Where this row stands."""
    return (row["after_seq"], 1, row["pk"]) if row["seq"] is None else (row["seq"], 0, 0)


def find_place(conversation: Conversation, public_id: str) -> Place | None:
    """Where the post with this public id stands, if it is one of this conversation."""
    rows = Post.objects.filter(conversation=conversation, public_id=public_id)
    row = rows.values("pk", "seq", "after_seq").first()
    return place_of(dict(row)) if row else None


def forwards(shown: Shown, place: Place, *, far: bool = False) -> tuple[list[dict[str, Any]], bool]:
    """The next posts behind a place, and whether more follow."""
    seq, _unnumbered, pk = place
    found = _next(far, seq, *shown.of)
    if shown.unnumbered:
        found += _next_unnumbered(far, seq, pk, *shown.of)
    found.sort(key=place_of)
    size = FAR if far else PAGE
    return found[:size], len(found) > size


def backwards(
    shown: Shown, place: Place, *, far: bool = False
) -> tuple[list[dict[str, Any]], bool]:
    """The last posts before a place, in their order, and whether more come before."""
    seq, follows, pk = place
    found = _last(far, seq + follows, *shown.of)
    if shown.unnumbered:
        found += _last_unnumbered(far, seq, pk, *shown.of)
    found.sort(key=place_of, reverse=True)
    size = FAR if far else PAGE
    return found[:size][::-1], len(found) > size


def met(conversation_id: int, community_id: int, ids: Ids, hidden: Ids) -> QuerySet[Post]:
    """The posts of a conversation that a reader meets, ready to give `COLUMNS`."""
    posts = Post.objects.filter(conversation=conversation_id)
    shown = posts.exclude(hidden_voices(hidden)).exclude(pk__in=put_away(ids))
    return with_columns(shown, community_id, ids)


@prepared
def _next(far: bool, seq: int, *of: Any) -> Any:
    found = met(*of).filter(seq__isnull=False, seq__gt=seq).order_by("seq")
    return found.values(*COLUMNS)[: (FAR if far else PAGE) + 1]


@prepared
def _last(far: bool, seq: int, *of: Any) -> Any:
    found = met(*of).filter(seq__isnull=False, seq__lt=seq).order_by("-seq")
    return found.values(*COLUMNS)[: (FAR if far else PAGE) + 1]


@prepared
def _next_unnumbered(far: bool, seq: int, pk: int, *of: Any) -> Any:
    behind = Q(after_seq__gt=seq) | Q(after_seq=seq, pk__gt=pk)
    found = _unnumbered(*of).filter(behind).order_by("after_seq", "pk")
    return found.values(*COLUMNS)[: (FAR if far else PAGE) + 1]


@prepared
def _last_unnumbered(far: bool, seq: int, pk: int, *of: Any) -> Any:
    ahead = Q(after_seq__lt=seq) | Q(after_seq=seq, pk__lt=pk)
    found = _unnumbered(*of).filter(ahead).order_by("-after_seq", "-pk")
    return found.values(*COLUMNS)[: (FAR if far else PAGE) + 1]


def _unnumbered(conversation_id: int, community_id: int, ids: Ids, hidden: Ids) -> QuerySet[Post]:
    posts: Any = met(conversation_id, community_id, ids, hidden)
    found: QuerySet[Post] = posts.unnumbered_for(ids)
    return found
