"""Topics with something new to one person, over all her communities and selves."""

from collections.abc import Collection
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import F, Q
from django.db.models.functions import Substr

from coterie.communities.reads import hidden_pairs
from coterie.communities.rules import seats
from coterie.home.reads.beings import PLACE_FIELDS, place
from coterie.personas.viewer import Viewer
from coterie.talk.models import Conversation, Post, Voice, path_of
from coterie.talk.reads.faces import FIELDS, face
from coterie.talk.reads.reader import NOBODY
from coterie.talk.reads.rows import BEGINNING, beginning
from coterie.talk.reads.topics import unread_counts

SIZE = 30
COLUMNS = (
    "pk", "public_id", "kind", "title", "last_post_at", "last_seq", "seen", "community_id",
    *PLACE_FIELDS,
)  # fmt: skip


def newest(viewer: Viewer) -> tuple[list[dict[str, Any]], bool]:
    """The latest first, with the first new words of each; and whether there are more."""
    rows = list(_news(viewer).order_by("-last_post_at", "-pk").values(*COLUMNS)[: SIZE + 1])
    hidden = _not_met(viewer)
    unread = unread_counts(rows, hidden_pairs(viewer))
    heard = _first_words(rows, hidden)
    found = [_topic(row, unread[row["pk"]], heard.get(row["pk"])) for row in rows[:SIZE]]
    # Where all that is new was said by somebody whom this reader does not meet, nothing is.
    return [each for each in found if each["new"]], len(rows) > SIZE


def _news(viewer: Viewer) -> Any:
    readable = Conversation.objects.visible_to(viewer).filter(community__in=[*seats(viewer)])
    news = readable.with_seen(viewer).filter(last_seq__gt=F("seen"))
    return news.exclude(_started_by(hidden_pairs(viewer)))


def _not_met(viewer: Viewer) -> Q:
    """What was said under their own name by people whom this reader does not meet there."""
    pairs = hidden_pairs(viewer)
    if not pairs:
        return NOBODY
    said = (Q(conversation__community=where, persona=who) for where, who in pairs)
    return Q(voice=Voice.OWN) & reduce(or_, said)


def _started_by(pairs: Collection[tuple[int, int]]) -> Q:
    begun = (Q(community=where, started_by=who, voice=Voice.OWN) for where, who in pairs)
    return reduce(or_, begun, NOBODY)


def _first_words(rows: list[dict[str, Any]], hidden: Q) -> dict[int, dict[str, Any]]:
    """The first new post of each topic, as far as this reader meets who said it."""
    wanted = (Q(conversation=row["pk"], seq=row["seen"] + 1) for row in rows)
    posts = Post.objects.filter(reduce(or_, wanted, NOBODY)).exclude(hidden)
    told = posts.annotate(beginning=Substr("html", 1, BEGINNING))
    found = told.values("conversation_id", "beginning", *FIELDS)
    return {row["conversation_id"]: row for row in found}


def _topic(row: dict[str, Any], new: int, heard: dict[str, Any] | None) -> dict[str, Any]:
    words = beginning(heard["beginning"], 180) if heard else ""
    return {
        "path": path_of(row["kind"], row["public_id"]),
        "title": row["title"],
        "at": row["last_post_at"],
        "new": new,
        "face": face(heard) if heard and words else None,
        "words": words,
        "place": place(row),
    }
