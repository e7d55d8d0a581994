"""What is to be said at a time that its author chose."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import OuterRef, Subquery

from coterie.communities.models import Membership
from coterie.core.ids import new_public_id
from coterie.personas.models import Intention, Persona
from coterie.personas.viewer import ids_of
from coterie.talk.models.conversation import Conversation
from coterie.talk.models.poll import Asked
from coterie.talk.models.said import Said
from coterie.talk.models.unsaid import Unsaid

if TYPE_CHECKING:
    from datetime import datetime

    from coterie.personas.viewer import Viewer

AS_SAID, LISTED = ("source", "note", "voice"), ("photos", "tags")
"""Columns that hold what a `Said` holds, as it is or as a list; a poll is one by its fields."""

type Words = dict[str, Any]
"""What is kept of what is to be said, by column."""

SAYING_AS_PLANNED = "talk.saying-as-planned"
"""What an author means to do with what is planned; its `Intention` says when."""


class PlannedQuerySet(models.QuerySet["Planned"]):
    def of(self, who: Viewer | Persona | None) -> PlannedQuerySet:
        """What this person planned where they have a seat."""
        ids = ids_of(who)
        seats = Membership.objects.living().filter(persona_id__in=ids)
        return self.filter(persona_id__in=ids, community__in=seats.values("community_id"))

    def with_due(self) -> PlannedQuerySet:
        """Each knows when it is `due`; None where it was due and did not go out."""
        meant = Intention.objects.filter(kind=SAYING_AS_PLANNED, subject=OuterRef("pk"))
        # Any: the row declares `due` itself, for it is also set without this.
        rows: Any = self
        found: PlannedQuerySet = rows.annotate(due=Subquery(meant.values("due_at")[:1]))
        return found


class Planned(Unsaid):
    """Words that become a post when they are due; of a poll, the fields of what is asked."""

    public_id = models.CharField(max_length=18, unique=True, default=new_public_id)
    conversation = models.ForeignKey(Conversation, models.CASCADE, null=True, related_name="+")
    """Where it answers; None for a new topic."""
    client_key = models.CharField(max_length=40)
    changed_from = models.CharField(max_length=40, blank=True)
    """The opening of the form that was sent last to change it."""

    if TYPE_CHECKING:
        due: datetime | None
        """When it goes out; known after `with_due`, and to whoever just set it."""

    objects = PlannedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["persona", "community", "client_key"], name="planned_once"
            )
        ]

    def __str__(self) -> str:
        return f"planned {self.public_id}"

    @property
    def path(self) -> str:
        return f"{self.community.path}planned/{self.public_id}/"

    @property
    def said(self) -> Said:
        """What goes out."""
        words = {name: getattr(self, name) for name in AS_SAID}
        words |= {name: tuple(getattr(self, name)) for name in LISTED}
        poll = self.poll and Asked(**self.poll | {"options": tuple(self.poll["options"])})
        return Said(**words, asked=poll or None)

    @staticmethod
    def words_of(said: Said, title: str = "") -> Words:
        """The way back: what is kept of it."""
        words = {name: getattr(said, name) for name in AS_SAID}
        words |= {name: list(getattr(said, name)) for name in LISTED}
        poll = said.asked and asdict(said.asked) | {"options": list(said.asked.options)}
        named = {"title": title.strip()[:120], "note": said.kept_note}
        return words | named | {"poll": poll or {}}
