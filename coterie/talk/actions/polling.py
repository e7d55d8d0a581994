"""Asking with options, and answering: one vote per person, whichever persona casts it.

Every action first holds the conversation and updates the poll's row, so that two of them come
one after the other and each count has seen every ballot before it. Nothing here writes down
when somebody voted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from coterie.core.events import announce
from coterie.core.verdict import Refused, require
from coterie.personas import sealed
from coterie.personas.models import Persona
from coterie.pure import ranking
from coterie.talk import poll_rules
from coterie.talk.actions import holding, marking
from coterie.talk.events import PollChanged
from coterie.talk.models import Asked, Ballot, Poll, PollKind, Post, Shown

TOGETHER = 3
"""So many anonymous votes are counted at once: one alone would tell whose it was."""
AT_ONCE = 100


def hang(asked: Asked | None, post: Post) -> None:
    """The poll stands on the saved post; called inside an action that asked the rules."""
    if asked is None:
        return
    Poll.objects.create(
        post=post,
        kind=asked.kind,
        options=[option.strip() for option in asked.options],
        most=asked.most if asked.kind == PollKind.SEVERAL else 0,
        named=asked.named,
        grows=asked.grows,
        may_change=asked.may_change,
        shown=asked.shown,
        hours=asked.hours,
    )


def begin(post: Post, now: datetime) -> None:
    """The post is out: the poll's time runs from now on."""
    for poll in Poll.objects.filter(post=post, hours__gt=0):
        Poll.objects.filter(pk=poll.pk).update(closes_at=now + timedelta(hours=poll.hours))


@transaction.atomic
def vote(poll: Poll, *, by: Persona, places: Sequence[int]) -> None:
    """This person has chosen these options, whichever persona they chose with before."""
    require(poll_rules.may_vote(by, poll))
    poll = _held(poll)
    require(poll_rules.can_be_chosen(poll, places))
    nullifier = sealed.nullifier_of(by, poll.scope)
    named = by if poll.named else None
    earlier = Ballot.objects.filter(poll=poll, nullifier=nullifier).first()
    if earlier is None:
        Ballot.objects.create(poll=poll, nullifier=nullifier, choices=list(places), persona=named)
        Poll.objects.filter(pk=poll.pk).update(votes=F("votes") + 1)
        poll.votes += 1
    elif earlier.choices == list(places):
        return
    elif not poll.may_change:
        raise Refused(_("You have voted. In this poll a vote stays as it is."))
    else:
        Ballot.objects.filter(pk=earlier.pk).update(choices=list(places), persona=named)
    _show(poll)


@transaction.atomic
def add_option(poll: Poll, *, by: Persona, option: str) -> None:
    """It stands at the end of the list. Who added it is not kept."""
    poll = _held(poll)
    require(poll_rules.may_add_option(by, poll))
    require(poll_rules.can_be_listed(option, poll.options))
    Poll.objects.filter(pk=poll.pk).update(options=[*poll.options, option.strip()])
    _tell(poll)


@transaction.atomic
def strike(poll: Poll, *, by: Persona, place: int) -> None:
    """The option is on the list no more; ballots that name it keep their other choices."""
    poll = _held(poll)
    require(poll_rules.may_end_poll(by, poll))
    if place not in range(len(poll.options)) or not poll.options[place]:
        return
    if sum(bool(option) for option in poll.options) <= 2:
        raise Refused(_("A poll needs at least two options."))
    poll.options[place] = ""
    Poll.objects.filter(pk=poll.pk).update(options=poll.options)
    Poll.objects.filter(pk=poll.pk).update(tally=_without(poll, place))
    _tell(poll)


@transaction.atomic
def close(poll: Poll, *, by: Persona) -> None:
    """Nobody votes any more, and everybody who reads it reads the result."""
    poll = _held(poll)
    require(poll_rules.may_end_poll(by, poll))
    Poll.objects.filter(pk=poll.pk).update(closes_at=timezone.now())
    _settle(poll)


def settle_due() -> int:
    """Polls whose time is over are counted for the last time; how many."""
    due = Poll.objects.due().select_related("post").order_by("closes_at")[:AT_ONCE]
    return sum(_settle(poll) for poll in due)


@transaction.atomic
def _settle(poll: Poll) -> bool:
    holding.conversation(poll.post.conversation_id)
    # Nobody else settles it, and no vote is on its way any more: the row is ours from here on.
    if not Poll.objects.due().filter(pk=poll.pk).update(settled=True):
        return False
    votes = Poll.objects.values_list("votes", flat=True).get(pk=poll.pk)
    told = poll.named or votes >= TOGETHER
    tally = count(poll) if told else None
    Poll.objects.filter(pk=poll.pk).update(tally=tally, counted=votes if told else 0)
    _tell(poll)
    return True


def unname(persona_id: int, **on: Any) -> int:
    """This persona is seen beside no ballot any more, on these posts or anywhere; how many."""
    polls = Poll.objects.filter(**on)
    named = Ballot.objects.filter(persona=persona_id)
    return (named.filter(poll__in=polls.values("pk")) if on else named).update(persona=None)


def count(poll: Poll) -> dict[str, Any]:
    """What the ballots say now: counts by place, of a ranked poll also its rounds."""
    papers = list(Ballot.objects.filter(poll=poll).values_list("choices", flat=True))
    places = [place for place, option in enumerate(poll.options) if option]
    if poll.kind != PollKind.RANKED:
        chosen = Counter(place for paper in papers for place in paper)
        return {"counts": {str(place): chosen[place] for place in places}}
    outcome = ranking.count(papers, places)
    first = outcome.rounds[0].counts if outcome.rounds else {}
    return {
        "counts": {str(place): first.get(place, 0) for place in places},
        "winner": outcome.winner,
        "rounds": [
            {
                "counts": [[*pair] for pair in each.counts.items()],
                "out": each.out,
                "spent": each.spent,
            }
            for each in outcome.rounds
        ],
    }


def _without(poll: Poll, place: int) -> dict[str, Any] | None:
    """The tally without an option that was struck out.

    An anonymous one is not made anew: it would tell of the votes since it was made, and they may
    be one. So of a ranked poll the rounds are missing until more people vote.
    """
    if not poll.tally:
        return None
    if poll.named:
        return count(poll)
    left = {at: n for at, n in poll.tally["counts"].items() if at != str(place)}
    return {"counts": left}


def _held(poll: Poll) -> Poll:
    """The open poll as it is now; until this transaction ends nobody else changes it."""
    holding.conversation(poll.post.conversation_id)
    if not Poll.objects.open().filter(pk=poll.pk).update(votes=F("votes")):
        raise Refused(_("This poll is closed."))
    places = ("post__conversation__community__parent", "post__persona")
    return Poll.objects.select_related(*places).get(pk=poll.pk)


def _show(poll: Poll) -> None:
    """Who may read the result reads this vote too; an anonymous one only with others."""
    if poll.shown == Shown.CLOSED or (not poll.named and poll.votes - poll.counted < TOGETHER):
        return
    Poll.objects.filter(pk=poll.pk).update(tally=count(poll), counted=poll.votes)
    _tell(poll)


def _tell(poll: Poll) -> None:
    marking.post(poll.post)
    announce(PollChanged(poll.post_id))
