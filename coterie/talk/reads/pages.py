"""Where a page of posts begins and ends: a keyset over posts with and without seq.

A post stands at (seq, 0, 0); one without seq at (after_seq, 1, its row): behind
the numbered post that was the last when it was said.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from coterie.talk.models import Conversation, Post
from coterie.talk.reads.rows import COLUMNS

PAGE = 20

type Place = tuple[int, int, int]
type Shown = tuple[QuerySet[Post], QuerySet[Post] | None]
"""Posts with seq, and those without seq if this reader may have any."""

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


def forwards(shown: Shown, place: Place) -> tuple[list[dict[str, Any]], bool]:
    """The next posts behind a place, and whether more follow."""
    seq, _unnumbered, pk = place
    numbered, unnumbered = shown
    found = list(numbered.filter(seq__gt=seq).order_by("seq")[: PAGE + 1].values(*COLUMNS))
    if unnumbered is not None:
        behind = unnumbered.filter(Q(after_seq__gt=seq) | Q(after_seq=seq, pk__gt=pk))
        found += behind.order_by("after_seq", "pk")[: PAGE + 1].values(*COLUMNS)
    found.sort(key=place_of)
    return found[:PAGE], len(found) > PAGE


def backwards(shown: Shown, place: Place) -> tuple[list[dict[str, Any]], bool]:
    """The last posts before a place, in their order, and whether more come before."""
    seq, follows, pk = place
    numbered, unnumbered = shown
    before = numbered.filter(seq__lt=seq + follows).order_by("-seq")
    found = list(before[: PAGE + 1].values(*COLUMNS))
    if unnumbered is not None:
        ahead = unnumbered.filter(Q(after_seq__lt=seq) | Q(after_seq=seq, pk__lt=pk))
        found += ahead.order_by("-after_seq", "-pk")[: PAGE + 1].values(*COLUMNS)
    found.sort(key=place_of, reverse=True)
    return found[:PAGE][::-1], len(found) > PAGE
