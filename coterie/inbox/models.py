"""What a persona is told. It belongs to the persona, never to an account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone

from coterie.communities.models import Community
from coterie.core.ids import new_public_id
from coterie.personas.models import Persona
from coterie.talk.models import Conversation

if TYPE_CHECKING:
    from coterie.personas.viewer import Viewer

KEY_LENGTH = 120


class NotificationQuerySet(models.QuerySet["Notification"]):
    def of(self, who: Viewer | Persona | tuple[int, ...] | None) -> NotificationQuerySet:
        """What this person was told, under any persona of this sign-in."""
        from coterie.personas.viewer import ids_of

        return self.filter(persona_id__in=ids_of(who))

    def unread(self) -> NotificationQuerySet:
        """What nobody has looked at yet."""
        return self.filter(is_unread=True)


class Notification(models.Model):
    """One thing a persona should know; others in it are references, never copies of their words."""

    public_id = models.CharField(max_length=18, unique=True, default=new_public_id)
    persona = models.ForeignKey(Persona, models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=24)
    """A name in kinds.py, where its words are."""
    key = models.CharField(max_length=KEY_LENGTH)
    """The same fact tells the same persona once."""
    community = models.ForeignKey(Community, models.CASCADE, null=True, related_name="+")
    known_as = models.CharField(max_length=60, blank=True)
    """The community's name as this was told: for who may not find it any more."""
    actor = models.ForeignKey(Persona, models.SET_NULL, null=True, related_name="+")
    conversation = models.ForeignKey(Conversation, models.CASCADE, null=True, related_name="+")
    facts = models.JSONField(default=dict)
    """Numbers, and sentences that were written to this persona."""
    path = models.CharField(max_length=200, blank=True)
    told_at = models.DateTimeField(default=timezone.now)
    # No time of reading: one visit reads for all personas of a sign-in, and equal
    # times would tell which personas are one person.
    is_unread = models.BooleanField(default=True)
    mail_due = models.BooleanField(default=False)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["persona", "key"], name="told_once")]
        indexes = [models.Index(fields=["persona", "is_unread", "-id"])]

    def __str__(self) -> str:
        return f"{self.kind} for {self.persona_id}"
