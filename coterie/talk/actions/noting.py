"""The hosts put a content note before what somebody else said."""

from __future__ import annotations

from django.db import transaction

from coterie.core.events import announce
from coterie.core.verdict import require
from coterie.personas.models import Persona
from coterie.pure.markup import tidy_note
from coterie.talk import events, rules
from coterie.talk.actions import holding, marking, wording
from coterie.talk.models import Post


@transaction.atomic
def put(post: Post, *, by: Persona, note: str) -> None:
    """It stands folded behind this note, which says that the hosts put it there."""
    require(rules.may_note(by, post))
    words = tidy_note(note)
    if words:
        _say(post, by, words)


@transaction.atomic
def take_away(post: Post, *, by: Persona) -> None:
    """What the hosts had put before it is gone; a note of its author stays."""
    require(rules.may_note(by, post))
    _say(post, by, "")


def _say(post: Post, by: Persona, words: str) -> None:
    if words == post.hosts_note:
        return
    holding.conversation(post.conversation_id)
    as_it_was = Post.objects.filter(pk=post.pk, state=post.state, html=post.html)
    post.hosts_note = words
    wording.refold(post)
    if not as_it_was.update(hosts_note=words, html=post.html):
        raise holding.ChangedMeanwhile
    marking.post(post)
    announce(events.Noted(post.pk, by.pk))
