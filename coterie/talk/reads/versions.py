"""What a post was before, and what its author can change about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from coterie.media import reads as media
from coterie.media.actions.using import ADDED, DESCRIBED, ORDERED, TAKEN_OFF
from coterie.pure.markup import Note, fold, unfold
from coterie.talk import rules
from coterie.talk.models import Post


def hung_on(post: Post) -> list[dict[str, Any]]:
    """Its pictures, for a form in which they stay until it is saved."""
    subjects = [post.pk] if post.photos else []
    found = media.pictures(rules.PHOTOS, subjects).get(post.pk, [])
    return [row | {"kept": True} for row in found]


def told_version(row: Mapping[str, Any], now: Note) -> dict[str, Any]:
    """A row of an earlier version, with sentences for what became of its pictures.

    It stands folded behind what the hosts put before the post, else behind the note that it had
    itself, else behind the one that the post has now.
    """
    then, body = unfold(row["html"])
    sentences = {
        ADDED: _("Then a photo was added."),
        TAKEN_OFF: _("Then a photo was taken off."),
        DESCRIBED: _("Then the words about a photo were changed."),
        ORDERED: _("Then the photos were put in another order."),
    }
    return {
        **row,
        "html": fold(body, now if now.by_hosts or then is None else then),
        "changes": [sentences[each] for each in row["about_photos"] if each in sentences],
    }
