"""All that one person finds: communities, people, topics, and what was said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import lru_cache, reduce
from operator import and_, or_
from typing import Any

from django.db.models import Q
from django.utils import timezone

from coterie.communities.models import Community, Membership, SeenBy
from coterie.communities.models.community import privacy_of
from coterie.communities.reads import hidden_pairs
from coterie.communities.rules import seats
from coterie.core.pages import Page
from coterie.home.reads.tiles import path
from coterie.personas.viewer import Viewer
from coterie.pure.markup import plain
from coterie.search.asking import Asked, understand
from coterie.search.questions import Question
from coterie.search.showing import Piece, marked, snippet
from coterie.search.words import HAS_UNSPACED, folded
from coterie.talk.models import Kind, path_of
from coterie.talk.reads import found

FEW = 4
MOST_MET = 100
MOST_CALLED = 1_000
"""Names are typed letter by letter: the database cuts what begins with the first of them."""
PLACE = ("pk", "public_id", "slug", "name", "purpose", "hue", "found_by", "seen_by", "parent_id")


@dataclass
class Found:
    """What stands on the page."""

    asked: Asked
    within: dict[str, Any] | None = None
    """The one community in which is looked, when it was asked for by its address."""
    places: list[dict[str, Any]] = field(default_factory=list)
    people: list[dict[str, Any]] = field(default_factory=list)
    titles: list[dict[str, Any]] = field(default_factory=list)
    posts: Page[dict[str, Any]] = field(default_factory=lambda: Page([]))
    unknown_places: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        beside = len(self.places) + len(self.people) + len(self.titles)
        return beside + len(self.posts.rows)


def search(viewer: Viewer, text: str, *, handle: str = "", after: str = "") -> Found:
    """What this viewer finds with these words; `handle` keeps it inside one community."""
    shown = Found(understand(text))
    asked = shown.asked
    known = _places(viewer) if handle or asked.places or asked.names else []
    open_to = [each for each in known if _sees(viewer, each)]
    shown.within = next((each for each in open_to if handle in _handles(each)), None)
    if asked.is_empty:
        return shown
    inside, shown.unknown_places = _inside(open_to, asked, shown.within)
    wish = _wish(viewer, asked, inside)
    if not after and asked.is_plain:
        shown.titles = [_title(row, asked) for row in found.titles(viewer, wish)]
        shown.people = _people(viewer, asked, inside)
        if inside is None:
            called = [each for each in known if _is_called(each["name"], asked)]
            shown.places = [_place(each, asked) for each in called[:FEW]]
    page = found.posts(viewer, wish, after)
    shown.posts = Page([_post(row, asked) for row in page.rows], page.after)
    return shown


def _places(viewer: Viewer) -> list[dict[str, Any]]:
    """Every community of which this viewer may know, their own first."""
    mine = seats(viewer)
    rows = Community.objects.findable_by(viewer).filter(Q(closed_at=None) | Q(pk__in=[*mine]))
    return sorted(rows.values(*PLACE), key=lambda row: (row["pk"] not in mine, row["name"]))


def _sees(viewer: Viewer, place: dict[str, Any]) -> bool:
    """Whether there may be something to read for them: who only knows of it, looks in vain."""
    mine = seats(viewer)
    above = place["seen_by"] == SeenBy.PARENT and place["parent_id"] in mine
    return place["pk"] in mine or place["seen_by"] == SeenBy.EVERYONE or above


def _handles(place: dict[str, Any]) -> tuple[str, ...]:
    return tuple(filter(None, (place["slug"], place["public_id"])))


def _inside(
    known: list[dict[str, Any]], asked: Asked, within: dict[str, Any] | None
) -> tuple[tuple[int, ...] | None, list[str]]:
    """The communities to look in, None for all, and the names that none of them bears."""
    if within and not asked.places:
        return (within["pk"],), []
    if not asked.places:
        return None, []
    chosen = {name: [each["pk"] for each in known if _bears(each, name)] for name in asked.places}
    unknown = [name for name, places in chosen.items() if not places]
    return tuple(sorted({pk for places in chosen.values() for pk in places})), unknown


def _bears(place: dict[str, Any], name: str) -> bool:
    """Whether the name, or the beginning of a word of it, means this community."""
    called = folded(place["name"])
    handles = {folded(each) for each in _handles(place)}
    return name in handles or f" {name}" in f" {called}" or _holds_unspaced(called, name)


def _is_called(name: str, asked: Asked) -> bool:
    """Whether all words that were looked for stand in this name."""
    called = _as_words(name)
    *whole, last = asked.names
    begun = asked.every[-1].begun
    return all(_stands(called, each, begun=False) for each in whole) and _stands(
        called, last, begun=begun
    )


@lru_cache(20_000)
def _as_words(name: str) -> str:
    """A name between spaces: the same few thousand are asked for at every letter that is typed."""
    return f" {folded(name)} "


def _stands(called: str, words: str, *, begun: bool) -> bool:
    end = "" if begun else " "
    return f" {words}{end}" in called or _holds_unspaced(called, words)


def _holds_unspaced(called: str, words: str) -> bool:
    return HAS_UNSPACED.search(words) is not None and words in called


def _wish(viewer: Viewer, asked: Asked, inside: tuple[int, ...] | None) -> found.Wish:
    question = Question(tuple(asked.every), tuple(asked.without), also=tuple(asked.has))
    people = _called(viewer, asked.people, inside) if asked.people else None
    return found.Wish(question, inside, people, _start(asked.since), _start(asked.until))


def _start(day: date | None) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, time.min)) if day else None


def _called(
    viewer: Viewer, names: Iterable[str], inside: tuple[int, ...] | None
) -> tuple[int, ...]:
    """The personas so called where this viewer reads, each by the name it bears there.

    Nothing says whether there was one: of nobody nothing is found, as of who said nothing.
    """
    mine = seats(viewer)
    read = Q(community__in=[*mine]) | Q(community__seen_by=SeenBy.EVERYONE)
    read |= Q(community__seen_by=SeenBy.PARENT, community__parent__in=[*mine])
    there = Membership.objects.filter(read, persona__gone=False)
    if inside is not None:
        there = there.filter(community__in=inside)
    bearing = reduce(or_, (Q(persona__called__contains=f" {name}") for name in names))
    found = there.filter(bearing).values_list("persona_id", flat=True).distinct()
    return tuple(found.order_by("persona_id")[:MOST_CALLED])


def _people(viewer: Viewer, asked: Asked, inside: tuple[int, ...] | None) -> list[dict[str, Any]]:
    """Members whom this viewer meets, by name; only where they have a seat themselves."""
    here = [place for place in seats(viewer) if inside is None or place in inside]
    met = Membership.objects.visible_to(viewer).filter(_calls(asked), community__in=here)
    rows = met.order_by("persona__name", "pk").values(
        "public_id", "persona_id", "community_id", "persona__name", "persona__seed",
        *(f"community__{each}" for each in ("name", "slug", "public_id")),
    )[:MOST_MET]  # fmt: skip
    away = hidden_pairs(viewer)
    shown = [row for row in rows if (row["community_id"], row["persona_id"]) not in away]
    return [_person(row, asked) for row in shown[:FEW]]


def _calls(asked: Asked) -> Q:
    """What `_is_called` says of a name, asked of the database."""
    *whole, last = asked.names
    wanted = [_standing(each, begun=False) for each in whole]
    return reduce(and_, wanted, _standing(last, begun=asked.every[-1].begun))


def _standing(words: str, *, begun: bool) -> Q:
    if HAS_UNSPACED.search(words):
        return Q(persona__called__contains=words)
    return Q(persona__called__contains=f" {words}" if begun else f" {words} ")


def _person(row: dict[str, Any], asked: Asked) -> dict[str, Any]:
    place = path(row["community__slug"], row["community__public_id"])
    return {
        "name": marked(row["persona__name"], asked.every),
        "seed": row["persona__seed"],
        "path": f"{place}members/{row['public_id']}/",
        "place": row["community__name"],
    }


def _place(row: dict[str, Any], asked: Asked) -> dict[str, Any]:
    return {
        "name": row["name"],
        "marked": marked(row["name"], asked.every),
        "hue": row["hue"],
        "privacy": privacy_of(row["found_by"], row["seen_by"]),
        "path": path(row["slug"], row["public_id"]),
        "purpose": row["purpose"],
    }


def _title(row: dict[str, Any], asked: Asked) -> dict[str, Any]:
    return {
        "title": marked(row["title"], asked.every),
        "path": path_of(row["kind"], row["public_id"]),
        "room": row["kind"] == Kind.ROOM,
        "place": row["community__name"],
        "at": row["last_post_at"],
    }


def _post(row: dict[str, Any], asked: Asked) -> dict[str, Any]:
    title: list[Piece] = marked(row["conversation__title"], asked.every)
    return {
        "path": row["path"],
        "face": row["face"],
        "title": title,
        "room": row["conversation__kind"] == Kind.ROOM,
        "place": {
            "name": row["conversation__community__name"],
            "hue": row["conversation__community__hue"],
            "privacy": privacy_of(
                row["conversation__community__found_by"], row["conversation__community__seen_by"]
            ),
        },
        "words": snippet(plain(row["html"]), asked.every),
        "at": row["published_at"] or row["created_at"],
        "photos": row["photos"],
        "waits": row["state"] == "held",
    }
