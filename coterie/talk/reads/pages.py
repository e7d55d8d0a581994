"""Where a page of posts begins and ends: a keyset over posts with and without seq.

A post stands at (seq, 0, 0); one without seq at (after_seq, 1, its row): behind
the numbered post that was the last when it was said.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet

from coterie.core.prepared import prepared
from coterie.talk.models import Post
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
    since: datetime | None = None
    """What was said before is not for this reader; see `rules.reads_from`."""

    @property
    def of(self) -> tuple[int, int, Ids, Ids, datetime | None]:
        return self.conversation_id, self.community_id, self.ids, self.hidden, self.since


THE_START: Place = (-1, 1, 0)
THE_END: Place = (2**31 - 1, 1, 0)


def place_of(row: dict[str, Any]) -> Place:
    """Where this row stands."""
    return (row["after_seq"], 1, row["pk"]) if row["seq"] is None else (row["seq"], 0, 0)


def find_place(shown: Shown, public_id: str) -> Place | None:
    """Where the post with this public id stands, if it is one of this conversation."""
    here = Post.objects.filter(conversation=shown.conversation_id, public_id=public_id)
    rows = here.said_since(shown.since)
    row = rows.values("pk", "seq", "after_seq").first()
    return place_of(dict(row)) if row else None


def forwards(shown: Shown, place: Place, *, far: bool = False) -> tuple[list[dict[str, Any]], bool]:
    """The next posts behind a place, and whether more follow."""
    seq, _unnumbered, pk = place
    found = _next(far, seq, pk if shown.unnumbered else None, *shown.of)
    found.sort(key=place_of)
    size = FAR if far else PAGE
    return found[:size], len(found) > size


def backwards(
    shown: Shown, place: Place, *, far: bool = False
) -> tuple[list[dict[str, Any]], bool]:
    """The last posts before a place, in their order, and whether more come before."""
    seq, follows, pk = place
    before = (seq, pk) if shown.unnumbered else None
    found = _last(far, seq + follows, before, *shown.of)
    found.sort(key=place_of, reverse=True)
    size = FAR if far else PAGE
    return found[:size][::-1], len(found) > size


def met(
    conversation_id: int, community_id: int, ids: Ids, hidden: Ids, since: datetime | None
) -> QuerySet[Post]:
    """The posts of a conversation that a reader meets, ready to give `COLUMNS`."""
    posts = Post.objects.filter(conversation=conversation_id).said_since(since)
    shown = posts.exclude(hidden_voices(hidden)).exclude(pk__in=put_away(ids))
    return with_columns(shown, community_id, ids)


@prepared
def _next(far: bool, seq: int, pk: int | None, *of: Any) -> Any:
    """Those with seq; and where there is a `pk` behind which to look, those without."""
    numbered = met(*of).filter(seq__isnull=False, seq__gt=seq).order_by("seq")
    if pk is None:
        return _cut(numbered, far).values(*COLUMNS)
    behind = Q(after_seq__gt=seq) | Q(after_seq=seq, pk__gt=pk)
    return _both(far, numbered, _unnumbered(*of).filter(behind).order_by("after_seq", "pk"), *of)


@prepared
def _last(far: bool, seq: int, before: tuple[int, int] | None, *of: Any) -> Any:
    numbered = met(*of).filter(seq__isnull=False, seq__lt=seq).order_by("-seq")
    if before is None:
        return _cut(numbered, far).values(*COLUMNS)
    after, pk = before
    ahead = Q(after_seq__lt=after) | Q(after_seq=after, pk__lt=pk)
    return _both(far, numbered, _unnumbered(*of).filter(ahead).order_by("-after_seq", "-pk"), *of)


def _cut(posts: Any, far: bool) -> Any:
    return posts[: (FAR if far else PAGE) + 1]


def _both(far: bool, one: QuerySet[Post], other: QuerySet[Post], *of: Any) -> Any:
    """A page of each, in one query."""
    _conversation, community_id, ids, *_met = of
    pages = (Q(pk__in=_cut(posts.values("pk"), far)) for posts in (one, other))
    found = Post.objects.filter(reduce(or_, pages))
    return with_columns(found, community_id, ids).values(*COLUMNS)


def _unnumbered(
    conversation_id: int, community_id: int, ids: Ids, hidden: Ids, since: datetime | None
) -> QuerySet[Post]:
    posts: Any = met(conversation_id, community_id, ids, hidden, since)
    found: QuerySet[Post] = posts.unnumbered_for(ids)
    return found
