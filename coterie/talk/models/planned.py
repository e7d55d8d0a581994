"""What is to be said at a time that its author chose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import OuterRef, Subquery

from coterie.communities.models import Community, Membership
from coterie.core.ids import new_public_id
from coterie.personas.models import Intention, Persona
from coterie.personas.viewer import ids_of
from coterie.pure.markup import LONGEST_NOTE
from coterie.talk.models.conversation import Conversation, Voice
from coterie.talk.models.poll import Asked

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


class Planned(models.Model):
    """Words that become a post when they are due; until then nobody else's, hosts included."""

    public_id = models.CharField(max_length=18, unique=True, default=new_public_id)
    persona = models.ForeignKey(Persona, models.CASCADE, related_name="+")
    community = models.ForeignKey(Community, models.CASCADE, related_name="+")
    conversation = models.ForeignKey(Conversation, models.CASCADE, null=True, related_name="+")
    """Where it answers; None for a new topic."""
    client_key = models.CharField(max_length=40)
    title = models.CharField(max_length=120, blank=True)
    source = models.TextField(blank=True)
    note = models.CharField(max_length=LONGEST_NOTE, blank=True)
    voice = models.CharField(max_length=8, choices=Voice, default=Voice.OWN)
    photos: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    """Public ids of pictures that wait for as long as this does."""
    tags: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    poll: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    """The fields of what it asks, if it asks something."""
    refusal = models.CharField(max_length=300, blank=True)
    """Why it did not go out when it was due."""

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
