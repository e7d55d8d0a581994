"""What a persona kept for itself in one community."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.db.models.functions import Substr

from coterie.communities.models import Community
from coterie.core.pages import Page, cut
from coterie.personas.models import Persona
from coterie.personas.viewer import Viewer
from coterie.talk.models import Post, SavedPost, in_context
from coterie.talk.reads.faces import FIELDS, face
from coterie.talk.reads.reader import hidden_ids, hidden_voices
from coterie.talk.reads.rows import BEGINNING, beginning

PAGE = 30


def saved(
    viewer: Viewer, persona: Persona, community: Community, after: str = ""
) -> Page[dict[str, Any]]:
    """The last saved first, as far as it can still be read; one query."""
    readable = Post.objects.visible_to(viewer).filter(
        conversation__community=community, saved_by__persona=persona, state__in=Post.SAID
    )
    met = readable.exclude(hidden_voices(hidden_ids(viewer, community)))
    mine = met.annotate(kept=F("saved_by__pk"), why=F("saved_by__note"))
    if after:
        last = SavedPost.objects.filter(persona=persona, post__public_id=after)
        mine = mine.filter(saved_by__pk__lt=last.values("pk")[:1])
    told = mine.annotate(beginning=Substr("html", 1, BEGINNING)).order_by("-kept")
    columns = ("public_id", "beginning", "why", "published_at", "created_at", *FIELDS)
    home = [f"conversation__{each}" for each in ("title", "kind", "public_id")]
    rows = list(told.values(*columns, *home)[: PAGE + 1])
    cursor = rows[PAGE - 1]["public_id"] if len(rows) > PAGE else ""
    page = cut(rows, PAGE, cursor)
    return Page([_row(row) for row in page.rows], page.after)


def note_on(persona: Persona, post: Post) -> str | None:
    """What this persona noted on a post that it kept; None where it did not keep it."""
    kept = SavedPost.objects.filter(persona=persona, post=post)
    return kept.values_list("note", flat=True).first()


def _row(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "path": in_context(
            row["conversation__kind"], row["conversation__public_id"], row["public_id"]
        ),
        "face": face(row),
        "title": row["conversation__title"],
        "excerpt": beginning(row["beginning"], 200),
        "note": row["why"],
        "at": row["published_at"] or row["created_at"],
    }
