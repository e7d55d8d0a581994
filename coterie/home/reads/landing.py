"""What a stranger sees: only what everyone may find."""

import unicodedata
from typing import Any

from django.db.models import Count, Q

from coterie.communities.models import Interest, SeenBy
from coterie.home.reads.tiles import on_the_map, tiles

SHOWN = 5
HAPPY = 3
CHIPS = 8
FOUND = 40
WORDS = 8


def front(*, public: int = SHOWN, private: int = HAPPY) -> dict[str, Any]:
    """The quilt, those happy to be found, the interests, and whether there is more."""
    quilt = tiles(on_the_map().filter(seen_by=SeenBy.EVERYONE), public + 1, "-moved", "-pk")
    happy = tiles(on_the_map().exclude(seen_by=SeenBy.EVERYONE), private + 1, "-pk")
    return {
        # Within one pace by name: an order by counts would tell the counts.
        "quilt": sorted(quilt[:public], key=lambda each: (each["rank"], each["name"])),
        "happy": happy[:private],
        "more": len(quilt) > public or len(happy) > private,
        "interests": interests(),
    }


def interests() -> list[str]:
    """The words that most communities on the map share."""
    of = Interest.objects.filter(communities__in=on_the_map())
    counted = of.annotate(n=Count("communities")).order_by("-n", "word")
    return list(counted.values_list("word", flat=True)[:CHIPS])


def sought(words: str) -> list[dict[str, Any]]:
    """Communities on the map whose name, purpose and interests hold all the words.

    Compared in Python: SQLite folds the case of ASCII only, and only communities
    that everyone may find are read.
    """
    wanted = folded(words).split()[:WORDS]
    if not wanted:
        return []
    hits = [pk for pk, text in _texts().items() if all(word in text for word in wanted)]
    return tiles(on_the_map().filter(pk__in=hits[:FOUND]), FOUND, "name", "pk")


def listed(after: str = "") -> tuple[list[dict[str, Any]], str]:
    """All communities on the map by name, a page at a time, and where the next begins."""
    last = on_the_map().filter(public_id=after).values_list("name", "pk").first() if after else None
    later = on_the_map()
    if last:
        later = later.filter(Q(name__gt=last[0]) | Q(name=last[0], pk__gt=last[1]))
    rows = tiles(later, FOUND + 1, "name", "pk")
    return rows[:FOUND], rows[FOUND - 1]["public_id"] if len(rows) > FOUND else ""


def folded(text: str) -> str:
    """Text in the form in which two spellings of one word are equal."""
    return unicodedata.normalize("NFKC", text).casefold()


def _texts() -> dict[int, str]:
    texts = {
        pk: folded(f"{name} {purpose}")
        for pk, name, purpose in on_the_map().order_by("name").values_list("pk", "name", "purpose")
    }
    worded = on_the_map().filter(interests__isnull=False)
    for pk, word in worded.values_list("pk", "interests__word"):
        texts[pk] += f" {folded(word)}"
    return texts
