"""What is to be said at a time that its author chose."""

from __future__ import annotations

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
    def asked(self) -> Asked | None:
        """The poll that goes with it."""
        return Asked(**self.poll | {"options": tuple(self.poll["options"])}) if self.poll else None

    @property
    def said(self) -> Said:
        """What goes out."""
        return Said(
            source=self.source, note=self.note, voice=self.voice, photos=tuple(self.photos),
            tags=tuple(self.tags), asked=self.asked,
        )  # fmt: skip
