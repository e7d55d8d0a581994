"""Answering with an emoji."""

from __future__ import annotations

from django.db import transaction

from coterie.core.events import announce
from coterie.core.verdict import require
from coterie.personas.models import Persona
from coterie.talk import rules
from coterie.talk.actions import holding, marking
from coterie.talk.emoji import is_emoji
from coterie.talk.events import Reacted, ReactionTakenBack
from coterie.talk.models import Post, Reaction


@transaction.atomic
def react(post: Post, *, by: Persona, emoji: str) -> None:
    """This persona's emoji stands under the post, once."""
    require(rules.may_react(by, post))
    require(rules.may_react_with(post, emoji))
    if post.reactions.filter(persona=by, emoji=emoji).exists():
        return
    holding.conversation(post.conversation_id)
    Reaction.objects.bulk_create(
        [Reaction(post=post, persona=by, emoji=emoji)], ignore_conflicts=True
    )
    marking.post(post)
    announce(Reacted(post.pk, by.pk, emoji))


@transaction.atomic
def take_back(post: Post, *, by: Persona, emoji: str) -> None:
    """This persona's emoji stands under the post no more."""
    require(rules.may_react(by, post))
    if not is_emoji(emoji):
        return
    holding.conversation(post.conversation_id)
    gone, _rows = post.reactions.filter(persona=by, emoji=emoji).delete()
    if gone:
        marking.post(post)
        announce(ReactionTakenBack(post.pk, by.pk, emoji))
