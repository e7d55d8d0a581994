"""A post that nobody has said yet, as its row will be."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from coterie.communities.models import Membership
from coterie.personas.viewer import Viewer
from coterie.talk.models import Asked, Post, PostState
from coterie.talk.reads import polls
from coterie.talk.reads.rows import COLUMNS, beginning, told_of

NAME = "preview"
HERE = f"#p-{NAME}"
"""Where its links lead: there is no page of its own yet."""


def unsaid(
    viewer: Viewer,
    post: Post,
    place: Membership,
    *,
    photos: list[dict[str, Any]],
    asked: Asked | None,
    answered: dict[str, Any] | None,
) -> dict[str, Any]:
    """The row of a post that is not stored, for the templates of posts.

    `answered` is the row of the post that it answers.
    """
    row = dict.fromkeys(COLUMNS) | {
        "public_id": NAME,
        "state": PostState.PUBLISHED,
        "html": post.html,
        "published_at": timezone.now(),
        "voice": post.voice,
        "persona_id": place.persona_id,
        "persona__name": place.persona.name,
        "persona__seed": place.persona.seed,
        "role": place.role,
        "quoted_away": False,
    }
    banded = not place.community.members_meet
    quote = answered and {
        "path": answered["path"],
        "face": answered["face"],
        "excerpt": beginning(answered["html"]),
    }
    return told_of(row, viewer) | {
        "path": HERE,
        "photos": photos,
        "poll": _poll(asked, banded=banded) if asked else None,
        "quote": quote,
        "reactions": (),
    }


def _poll(asked: Asked, *, banded: bool) -> polls.Told:
    """As it will be asked, with its time running from now."""
    closes_at = timezone.now() + timedelta(hours=asked.hours) if asked.hours else None
    row = {
        "pk": 0,
        "kind": asked.kind,
        "options": list(asked.options),
        "most": asked.most,
        "named": asked.named,
        "grows": asked.grows,
        "may_change": asked.may_change,
        "shown": asked.shown,
        "closes_at": closes_at,
        "settled": False,
        "counted": 0,
        "tally": None,
    }
    return polls.unasked(row, banded=banded) | {"path": HERE}
