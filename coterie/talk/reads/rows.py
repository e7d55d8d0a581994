"""What is shown of a post: rows as every reader gets them, and what is this reader's own."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import (
    Count,
    Exists,
    F,
    IntegerField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Substr
from django.utils.safestring import SafeString

from coterie.communities.models import Membership
from coterie.core.prepared import prepared
from coterie.media import reads as media
from coterie.personas.models import Intention
from coterie.personas.viewer import Viewer
from coterie.pure.markup import excerpt, unfold
from coterie.talk import rules
from coterie.talk.models import (
    SENDING,
    TAKING_BACK,
    BroughtReaction,
    Conversation,
    HiddenPost,
    Post,
    PostState,
    Reaction,
    Voice,
)
from coterie.talk.reads import polls
from coterie.talk.reads.bands import band
from coterie.talk.reads.faces import FIELDS, face

BEGINNING = 800
"""Characters of a post's HTML that are enough for its excerpt."""
WAITING = (PostState.SCHEDULED, PostState.HELD)
QUOTED = "reply_to__"
COLUMNS = (
    "pk", "public_id", "state", "seq", "after_seq", "html", "published_at", "created_at",
    "edited_at", "due_at", "held_because", "photos", "polled", "card", "aside_with_id",
    *FIELDS, "role", "removal__rule__text",
    "reply_to__public_id", "reply_to__state", "reply_to__seq", "reply_to__aside_with_id",
    "reply_to__published_at",
    "quoted", "quoted_away", *(f"{QUOTED}{field}" for field in FIELDS),
)  # fmt: skip


def with_columns(posts: QuerySet[Post], community_id: int, ids: tuple[int, ...]) -> QuerySet[Post]:
    """The posts can give `COLUMNS` to a reader who is these personas."""
    away = HiddenPost.objects.filter(post=OuterRef("reply_to"), persona__in=ids)
    seat = Membership.objects.living().filter(community=community_id, persona=OuterRef("persona"))
    meant = Intention.objects.filter(
        kind__in=(SENDING, TAKING_BACK), subject=OuterRef("pk"), persona__in=ids
    )
    return posts.annotate(
        due_at=Subquery(meant.values("due_at")[:1]),
        role=Subquery(seat.values("role")[:1]),
        quoted=Substr("reply_to__html", 1, BEGINNING),
        quoted_away=Exists(away),
    )


def beginning(html: str, limit: int = 140) -> str:
    """The first words; a tag that was cut in two goes."""
    opened = html.rfind("<")
    return excerpt(html[:opened] if opened > html.rfind(">") else html, limit)


def tell(
    rows: list[dict[str, Any]], viewer: Viewer, conversation: Conversation, hidden: Collection[int]
) -> list[dict[str, Any]]:
    """The posts for a page; one query more, for the reactions.

    One more where there are photos, and two where there are polls.
    """
    banded = not conversation.community.members_meet
    given = _reactions(rows, viewer, banded=banded)
    shown, asked = _photos(rows), polls.polls(rows, banded=banded)
    own = polls.ballots(asked, viewer, conversation)
    since = rules.reads_from(viewer, conversation)
    if since is not None:
        _take_earlier_quotes_away(rows, since)
    return [
        _post(row, viewer, hidden)
        | given[row["pk"]]
        | {
            "photos": shown.get(row["pk"], ()),
            "poll": asked.get(row["pk"]),
            "ballot": own.get(row["pk"]),
        }
        for row in rows
    ]


def _take_earlier_quotes_away(rows: list[dict[str, Any]], since: datetime) -> None:
    """What was said before a reader reads this room reaches them in no answer either."""
    for row in rows:
        quoted = row["reply_to__published_at"]
        row["quoted_away"] |= quoted is not None and quoted < since


def _photos(rows: list[dict[str, Any]]) -> dict[int, list[dict[str, Any]]]:
    """By post, the photos on those that live."""
    pictured = [row["pk"] for row in rows if row["photos"] and row["state"] in Post.SAID]
    return media.pictures(rules.PHOTOS, pictured)


def told_of(row: dict[str, Any], viewer: Viewer) -> dict[str, Any]:
    """One row by itself, without what hangs on it."""
    return _post(row, viewer, ())


def _post(row: dict[str, Any], viewer: Viewer, hidden: Collection[int]) -> dict[str, Any]:
    note, body = unfold(row["html"])
    waits = row["state"] if row["state"] in WAITING else ""
    return {
        "public_id": row["public_id"],
        "path": f"/p/{row['public_id']}/",
        "undo_path": f"/p/{row['public_id']}/undo/",
        "state": row["state"],
        "lives": row["state"] in Post.SAID,
        "seq": row["seq"],
        "face": face(row),
        "talker": _talker(row),
        "role": row["role"] if row["voice"] == Voice.OWN and row["role"] != "member" else "",
        # Rendered by pure.markup when written. `html` is folded behind the note, for all who
        # quote it; `body` is not, for a page that folds what belongs to it too.
        "html": SafeString(row["html"]),
        "note": note,
        "body": SafeString(body),
        **_moment(row["published_at"] or row["created_at"]),
        "card": _card(row),
        "edited": row["edited_at"] is not None,
        "rule": row["removal__rule__text"] or "",
        "waits": waits,
        "out": row["state"] == PostState.PUBLISHED,
        "due_at": row["due_at"],
        "held_because": row["held_because"] if waits else "",
        "aside": row["aside_with_id"] is not None,
        "quote": _quote(row, hidden),
        "own": row["persona_id"] is not None and row["persona_id"] in viewer.ids,
    }


def _card(row: dict[str, Any]) -> dict[str, Any] | None:
    """What its link leads to, as it was seen when it was posted."""
    if not row["card"] or row["state"] not in Post.SAID:
        return None
    card: dict[str, Any] = json.loads(row["card"])
    picture = card["picture"]
    wide = bool(picture) and picture["width"] >= 320 and picture["width"] > picture["height"] * 1.3
    told = media.as_told(picture | {"alt": ""}) if picture else None
    return card | {"picture": told, "wide": wide}


def _moment(at: datetime) -> dict[str, Any]:
    """When, as a template may write it: in UTC for everybody."""
    iso = at.isoformat()
    return {"at": at, "iso": iso, "date": iso[:10], "time": iso[11:16]}


def _talker(row: dict[str, Any]) -> str:
    """The same for two posts that are seen to come from one mouth; nothing for the nameless."""
    shown = face(row)
    return "hosts" if shown["word"] == "hosts" else str(shown["seed"] or "")


def _quote(row: dict[str, Any], hidden: Collection[int]) -> dict[str, Any] | None:
    """A reference to what it answers, while that can be read by everybody who reads this."""
    of_all = row["reply_to__seq"] is not None
    aside = row["reply_to__aside_with_id"]
    between = aside is not None and aside == row["aside_with_id"]
    met = row["reply_to__voice"] != Voice.OWN or row["reply_to__persona_id"] not in hidden
    met = met and not row["quoted_away"]
    if row["reply_to__state"] != PostState.PUBLISHED or not (of_all or between) or not met:
        return None
    return {
        "path": f"/p/{row['reply_to__public_id']}/",
        "face": face(row, of=QUOTED),
        "excerpt": beginning(row["quoted"]),
    }


def _reactions(
    rows: list[dict[str, Any]], viewer: Viewer, *, banded: bool
) -> dict[int, dict[str, Any]]:
    """Emoji and counts by post, most given first, and which are this reader's own."""
    found: dict[int, dict[str, Any]] = defaultdict(lambda: {"reactions": [], "mine": []})
    living = tuple(row["pk"] for row in rows if row["state"] == PostState.PUBLISHED)
    counts: dict[tuple[int, str], int] = defaultdict(int)
    # In the order in which they were first given; what was brought with the post was before all.
    for post, _first, emoji, n, mine in sorted(_given(living, tuple(sorted(viewer.ids)))):
        counts[post, emoji] += n
        if mine:
            found[post]["mine"].append(emoji)
    for (post, emoji), n in sorted(counts.items(), key=lambda each: -each[1]):
        count = band(n) if banded else str(n)
        found[post]["reactions"].append({"emoji": emoji, "count": count})
    return found


@prepared
def _given(posts: tuple[int, ...], ids: tuple[int, ...]) -> Any:
    """Post, since when, emoji, how often, how often by this reader: here, and where it was."""
    here = Reaction.objects.filter(post__in=posts).values("post_id", "emoji")
    mine = Count("pk", filter=Q(persona__in=ids))
    counted = here.annotate(first=Min("pk"), n=Count("pk"), mine=mine)
    nobody = Value(0, output_field=IntegerField())
    brought = BroughtReaction.objects.filter(post__in=posts).annotate(
        first=nobody, n=F("times"), mine=nobody
    )
    columns = ("post_id", "first", "emoji", "n", "mine")
    return counted.values_list(*columns).union(brought.values_list(*columns), all=True)
