"""A question with options on a post, and what people answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coterie.core.ids import random_key
from coterie.personas.models import Persona
from coterie.talk.models.post import Post

MOST_OPTIONS, MOST_PLACES = 20, 60
OPTION_LENGTH = 100
YES = "yes"
"""What a form says of a wish that is not the usual one."""


class PollKind(models.TextChoices):
    ONE = "one", _("One of them")
    SEVERAL = "several", _("Several of them")
    RANKED = "ranked", _("Put them in an order")


class Shown(models.TextChoices):
    """When the result can be read."""

    VOTED = "voted", _("Whoever has voted")
    CLOSED = "closed", _("Everybody, once it is closed")


@dataclass(frozen=True)
class Asked:
    """A poll as somebody wishes it."""

    options: tuple[str, ...]
    kind: str = PollKind.ONE
    most: int = 0
    """How many may be chosen of several; 0: as many as there are."""
    named: bool = False
    grows: bool = False
    may_change: bool = True
    shown: str = Shown.VOTED
    hours: int = 0
    """How long it is open once the post is out; 0: until somebody closes it."""

    def written(self) -> dict[str, str]:
        """As it stands in a form, and in a draft."""
        return {
            "poll_options": "\n".join(self.options),
            "poll_kind": self.kind,
            "poll_most": str(self.most or ""),
            "poll_named": YES if self.named else "",
            "poll_grows": YES if self.grows else "",
            "poll_fixed": "" if self.may_change else YES,
            "poll_shown": self.shown,
            "poll_hours": str(self.hours),
        }


class PollQuerySet(models.QuerySet["Poll"]):
    def open(self) -> PollQuerySet:
        """Those in which a vote still counts."""
        return self.filter(Q(closes_at=None) | Q(closes_at__gt=timezone.now()), settled=False)

    def due(self) -> PollQuerySet:
        """Those that are closed and not counted for the last time."""
        return self.filter(closes_at__lte=timezone.now(), settled=False)


def is_full(options: list[str]) -> bool:
    """Whether no more fit: what was struck out is none, but keeps its place, and places end."""
    return sum(map(bool, options)) >= MOST_OPTIONS or len(options) >= MOST_PLACES


class Poll(models.Model):
    """What a post asks. Nothing in it says when anybody voted."""

    post = models.OneToOneField(Post, models.CASCADE, related_name="poll")
    kind = models.CharField(max_length=8, choices=PollKind, default=PollKind.ONE)
    options: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    """In their order. One that was struck out is empty, so that the others keep their places."""
    most = models.PositiveSmallIntegerField(default=0)
    named = models.BooleanField(default=False)
    grows = models.BooleanField(default=False)
    """Members may add an option."""
    may_change = models.BooleanField(default=True)
    shown = models.CharField(max_length=8, choices=Shown, default=Shown.VOTED)
    hours = models.PositiveSmallIntegerField(default=0)
    closes_at = models.DateTimeField(null=True)
    settled = models.BooleanField(default=False)
    """Closed, and counted for the last time."""
    votes = models.PositiveIntegerField(default=0)
    """How many people have voted: told to nobody as it goes up."""
    counted = models.PositiveIntegerField(default=0)
    """How many had when `tally` was made."""
    tally: models.JSONField[Any, Any] = models.JSONField(null=True)

    objects = PollQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["closes_at"], condition=Q(settled=False), name="polls_to_settle")
        ]

    def __str__(self) -> str:
        return f"poll on {self.post_id}"

    @property
    def is_open(self) -> bool:
        return not self.settled and (self.closes_at is None or self.closes_at > timezone.now())

    @property
    def is_full(self) -> bool:
        return is_full(self.options)

    @property
    def asked(self) -> Asked:
        """What was wished."""
        same = ("kind", "most", "named", "grows", "may_change", "shown", "hours")
        return Asked(tuple(self.options), **{name: getattr(self, name) for name in same})

    @property
    def scope(self) -> str:
        """The scope of nullifiers in this poll."""
        return scope_of(self.pk)


def scope_of(poll_id: int) -> str:
    """The scope of nullifiers in the poll with this id."""
    return f"poll:{poll_id}"


class Ballot(models.Model):
    """What one person chose. The nullifier says "the same person" in this poll alone.

    In an anonymous poll there is nothing else: no persona, no time, and a random key, so that no
    order tells who came after whom.
    """

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    poll = models.ForeignKey(Poll, models.CASCADE, related_name="ballots")
    nullifier = models.CharField(max_length=64)
    choices: models.JSONField[list[int], list[int]] = models.JSONField(default=list)
    """Places in the poll's options, counted from 0; of a ranked poll the best first."""
    persona = models.ForeignKey(Persona, models.SET_NULL, null=True, related_name="+")
    """Who is seen to have chosen it; nobody in an anonymous poll."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["poll", "nullifier"], name="voted_once")]

    def __str__(self) -> str:
        return "a ballot"
