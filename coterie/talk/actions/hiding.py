"""Putting one post out of one's own sight."""

from django.db import transaction

from coterie.core.verdict import Refused, require
from coterie.personas.models import Persona
from coterie.talk import rules
from coterie.talk.models import HiddenPost, Post


@transaction.atomic
def hide(post: Post, *, by: Persona) -> None:
    """`by` does not meet this post any more; nobody else notices anything."""
    require(rules.may_read(by, post))
    if post.persona_id == by.pk:
        raise Refused(rules.NOTHING.sentence)
    HiddenPost.objects.get_or_create(post=post, persona=by)


@transaction.atomic
def unhide(post: Post, *, by: Persona) -> None:
    """`by` meets it again."""
    HiddenPost.objects.filter(post=post, persona=by).delete()
