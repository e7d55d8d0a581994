"""What a post was before, and what its author can change about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from coterie.media import reads as media
from coterie.media.actions.using import ADDED, DESCRIBED, ORDERED, TAKEN_OFF
from coterie.talk import rules
from coterie.talk.models import Post


def hung_on(post: Post) -> list[dict[str, Any]]:
    """Its pictures, for a form in which they stay until it is saved."""
    subjects = [post.pk] if post.photos else []
    found = media.pictures(rules.PHOTOS, subjects).get(post.pk, [])
    return [row | {"kept": True} for row in found]


def told_version(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of an earlier version, with sentences for what became of its pictures."""
    sentences = {
        ADDED: _("Then a photo was added."),
        TAKEN_OFF: _("Then a photo was taken off."),
        DESCRIBED: _("Then the words about a photo were changed."),
        ORDERED: _("Then the photos were put in another order."),
    }
    return {
        **row,
        "changes": [sentences[each] for each in row["about_photos"] if each in sentences],
    }
