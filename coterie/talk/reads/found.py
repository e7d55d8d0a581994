"""What is found of what was said: newest first, a keyset page at a time.

By time and not by weight: how much a word weighs is counted over all that anybody said, so an
order by weight would tell of places that the reader cannot see; and time is the same on both
databases, and stays the same while somebody reads on.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from coterie.communities import reads as communities_reads
from coterie.core.pages import Page
from coterie.personas.viewer import Viewer
from coterie.search.keys import MOST, lowest
from coterie.search.marks import NOWHERE, OPEN, inside, under
from coterie.search.models import Answer, Entry, Title
from coterie.search.questions import Question
from coterie.talk.models import Conversation, Post, Voice, in_context
from coterie.talk.reads import everywhere
from coterie.talk.reads.everywhere import Reach
from coterie.talk.reads.faces import FIELDS, face
from coterie.talk.reads.reader import NOBODY, put_away

PAGE = 20
TITLES = 4
PLACE = ("name", "slug", "public_id", "hue", "found_by", "seen_by")
HOME = ("kind", "public_id", "title", *(f"community__{each}" for each in PLACE))
COLUMNS = (
    "pk", "public_id", "html", "published_at", "created_at", "photos", "seq", "state",
    "aside_with_id", *FIELDS, *(f"conversation__{each}" for each in HOME),
)  # fmt: skip


@dataclass(frozen=True)
class Wish:
    """What somebody looks for, and where."""

    question: Question
    places: tuple[int, ...] | None = None
    """Only in these communities."""
    people: tuple[int, ...] | None = None
    """Only what these personas said under their own name."""
    since: datetime | None = None
    until: datetime | None = None
    """Only what was said at `since` or later, and before `until`."""


def posts(viewer: Viewer, wish: Wish, after: str = "") -> Page[dict[str, Any]]:
    """The newest of what this viewer may read and asked for."""
    at = everywhere.reach(viewer)
    numbers = list(_numbers(viewer, at, wish, after)[: PAGE + 1])
    rows = {row["pk"]: row for row in _rows(numbers[:PAGE])}
    shown = [_told(rows[n & MOST], viewer) for n in numbers[:PAGE] if n & MOST in rows]
    return Page(shown, f"{numbers[PAGE - 1]:x}" if len(numbers) > PAGE else "")


def titles(viewer: Viewer, wish: Wish) -> list[dict[str, Any]]:
    """The newest conversations with these words in their title."""
    at = everywhere.reach(viewer)
    asked = Title.objects.filter(Answer(F("words"), _scoped(wish, at)))
    home = _homes(viewer, at, wish).filter(pk=OuterRef("rowid"))
    numbers = list(
        asked.filter(Exists(home)).order_by("-rowid").values_list("pk", flat=True)[:TITLES]
    )
    found = Conversation.objects.filter(pk__in=numbers).order_by("-pk")
    return list(found.values("pk", *HOME, "last_seq", "last_post_at"))


def _numbers(viewer: Viewer, at: Reach, wish: Wish, after: str) -> Any:
    asked = Entry.objects.filter(Answer(F("words"), _scoped(wish, at)))
    asked = _within(asked, wish, after)
    if wish.people is not None:
        said: Any = Post.objects.filter(persona__in=wish.people, voice=Voice.OWN)
        # A sum, because FTS5 would look for the words once for each number that it is given.
        asked = asked.annotate(number=F("rowid") + 0)
        asked = asked.filter(number__in=said.with_entry().values("entry"))
    met = _met(viewer, at, wish).filter(pk=OuterRef("rowid").bitand(MOST))
    return asked.filter(Exists(met)).order_by("-rowid").values_list("pk", flat=True)


def _within(asked: QuerySet[Entry], wish: Wish, after: str) -> QuerySet[Entry]:
    if wish.since:
        asked = asked.filter(pk__gte=lowest(wish.since))
    if wish.until:
        asked = asked.filter(pk__lt=lowest(wish.until))
    last = _number(after)
    return asked if last is None else asked.filter(pk__lt=last)


def _number(after: str) -> int | None:
    try:
        last = int(after, 16)
    except ValueError:
        return None
    return last if abs(last) < 2**63 else None


def _scoped(wish: Wish, at: Reach) -> Question:
    """The question, asked only where this reader may read at all: the marks make it fast."""
    if wish.places is not None:
        marks = tuple(map(inside, wish.places)) or (NOWHERE,)
    else:
        marks = (OPEN, *map(inside, at.places), *map(under, at.places))
    return replace(wish.question, marks=marks)


def _met(viewer: Viewer, at: Reach, wish: Wish) -> QuerySet[Post]:
    """The posts that this reader meets, in the places and of the people asked for."""
    pairs = communities_reads.hidden_pairs(viewer)
    said = (Q(conversation__community=where, persona=who) for where, who in pairs)
    found = everywhere.posts(at).exclude(Q(reduce(or_, said, NOBODY), voice=Voice.OWN))
    # What the hosts took out of the lists, they alone find.
    kept = Q(conversation__community__in=at.kept)
    found = found.filter(Q(conversation__unlisted_at=None) | kept)
    if at.ids:
        found = found.exclude(pk__in=put_away(at.ids))
    if wish.people is not None:
        found = found.filter(persona__in=wish.people, voice=Voice.OWN)
    if wish.places is not None:
        found = found.filter(conversation__community__in=wish.places)
    return found


def _homes(viewer: Viewer, at: Reach, wish: Wish) -> QuerySet[Conversation]:
    pairs = communities_reads.hidden_pairs(viewer)
    begun = (Q(community=where, started_by=who) for where, who in pairs)
    found = everywhere.conversations(at).exclude(Q(reduce(or_, begun, NOBODY), voice=Voice.OWN))
    found = found.filter(Q(unlisted_at=None) | Q(community__in=at.kept))
    return found if wish.places is None else found.filter(community__in=wish.places)


def _rows(numbers: list[int]) -> Any:
    return Post.objects.filter(pk__in=[n & MOST for n in numbers]).values(*COLUMNS)


def _told(row: dict[str, Any], viewer: Viewer) -> dict[str, Any]:
    home = row["conversation__kind"], row["conversation__public_id"]
    return {"face": face(row), "path": in_context(*home, row["public_id"]), **row}
