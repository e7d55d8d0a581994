"""Keeping a post for oneself."""

from __future__ import annotations

from django.db import transaction

from coterie.core.verdict import require
from coterie.personas.models import Persona
from coterie.talk import rules
from coterie.talk.models import Post, SavedPost


@transaction.atomic
def keep(post: Post, *, by: Persona, note: str = "") -> None:
    """`by` finds it again, with this note; nobody else notices anything."""
    require(rules.may_read(by, post))
    SavedPost.objects.bulk_create(
        [SavedPost(post=post, persona=by, note=note.strip()[:300])],
        update_conflicts=True,
        unique_fields=["persona", "post"],
        update_fields=["note"],
    )


@transaction.atomic
def let_go(post: Post, *, by: Persona) -> None:
    """`by` does not keep it any more."""
    SavedPost.objects.filter(post=post, persona=by).delete()
