"""The hosts put a content note before what somebody else said."""

from __future__ import annotations

from django.db import transaction

from coterie.core.events import announce
from coterie.core.verdict import require
from coterie.personas.models import Persona
from coterie.pure.markup import tidy_note
from coterie.talk import events, rules
from coterie.talk.actions import marking, wording
from coterie.talk.actions.posting import ChangedMeanwhile
from coterie.talk.models import Post


@transaction.atomic
def put(post: Post, *, by: Persona, note: str) -> None:
    """It stands folded behind this note, which says that the hosts put it there."""
    require(rules.may_note(by, post))
    words = tidy_note(note)
    if words:
        _say(post, by, words, by_hosts=True)


@transaction.atomic
def take_away(post: Post, *, by: Persona) -> None:
    """What the hosts had put before it is gone; a note of its author stays."""
    require(rules.may_note(by, post))
    if post.noted_by_hosts:
        _say(post, by, "", by_hosts=False)


def _say(post: Post, by: Persona, words: str, *, by_hosts: bool) -> None:
    if (words, by_hosts) == (post.note, post.noted_by_hosts):
        return
    as_it_was = Post.objects.filter(pk=post.pk, state=post.state, html=post.html)
    post.note, post.noted_by_hosts = words, by_hosts
    wording.refold(post)
    if not as_it_was.update(note=words, noted_by_hosts=by_hosts, html=post.html):
        raise ChangedMeanwhile
    marking.post(post)
    announce(events.Noted(post.pk, by.pk))
