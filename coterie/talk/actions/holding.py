"""Rows that others change too are held until we commit, everywhere in the same order.

PostgreSQL gives a row that somebody changes to them alone until they commit. Two who each wait
for what the other holds wait for ever: it throws one of them out. So whoever changes more than
one takes them in this order, and several of a kind by rising key:

    what hosts judge       a case
    who means to leave     its `Intention`
    communities            `Community.objects.hold`, and before more than one of them `hold_tree`
    who belongs there      memberships, requests to join, invitations
    who means to speak     its `Intention`, then `Planned`
    conversations          here; whoever changes what is in one that others can see holds it
    what is in them        posts, polls, dates, pictures, tags, how far each had read there
    what is somebody's     drafts, and how far they had caught up
    what hosts did         their log

What nobody else can know of yet keeps nobody waiting: a post that is new, and brings nothing
along that was there before, takes its number last. A position or a draft may be changed alone.
"""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from coterie.core.prepared import prepared
from coterie.core.verdict import Refused
from coterie.talk.models import Conversation, Post


class ChangedMeanwhile(Refused):
    """Somebody else was first; what was asked for no longer applies."""

    def __init__(self) -> None:
        super().__init__(_("Somebody else was first. Look at it again."))


def conversation(pk: int) -> None:
    """Until we commit nobody else changes it, nor what is in it."""
    # Of SQLite's writers one alone is at work.
    if connection.features.has_select_for_update:
        _locked(pk)


def conversations(which: QuerySet[Conversation]) -> None:
    """The same for all of these."""
    if connection.features.has_select_for_update:
        list(_in_order(which))


def of_persona(persona_id: int, **here: Any) -> None:
    """The same for all that it began or said something in, `here` or anywhere."""
    spoke = Post.objects.filter(Q(persona=persona_id) | Q(aside_with=persona_id))
    began = Q(started_by=persona_id) | Q(aside_with=persona_id)
    mine = Conversation.objects.filter(began | Q(pk__in=spoke.values("conversation")), **here)
    conversations(mine)


@prepared
def _locked(pk: int) -> Any:
    return _in_order(Conversation.objects.filter(pk=pk))


def _in_order(which: QuerySet[Conversation]) -> QuerySet[Conversation, int]:
    # Whoever writes a row that names one of them need not wait.
    rows = which.order_by("pk").select_for_update(no_key=True)
    return rows.values_list("pk", flat=True)
