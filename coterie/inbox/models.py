"""What a persona is told, and how much of it may call on the person behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone

from coterie.communities.models import Community
from coterie.core.ids import hashed, new_public_id, random_key
from coterie.personas.models import Persona
from coterie.talk.models import Conversation, Post

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

    def taken(self) -> None:
        """Nobody else changes these before this transaction ends; whoever changes several takes
        them in this order, so that no two wait for each other."""
        list(self.order_by("pk").select_for_update().values_list("pk", flat=True))


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
    post = models.ForeignKey(Post, models.CASCADE, null=True, related_name="+")
    """Whose words a letter may quote: read when it is written, if they may still be read."""
    facts = models.JSONField(default=dict)
    """Numbers, and sentences that were written to this persona."""
    path = models.CharField(max_length=200, blank=True)
    told_at = models.DateTimeField(default=timezone.now)
    # No time of reading: one visit reads for all personas of a sign-in, and equal
    # times would tell which personas are one person.
    is_unread = models.BooleanField(default=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["persona", "key"], name="told_once")]
        indexes = [models.Index(fields=["persona", "is_unread", "-id"])]

    def __str__(self) -> str:
        return f"{self.kind} for {self.persona_id}"

    @property
    def way(self) -> str:
        """Where it leads: to a post among those around it, not to its page alone."""
        parts = self.path.strip("/").split("/")
        return f"{self.path}context/" if parts[0] == "p" and len(parts) == 2 else self.path


class Attention(models.Model):
    """What a person wants, and how often they were called on today, over all their personas.

    It hangs on a tag that only they can compute. All else lies in the box, also what has
    interrupted and what waits: next to a notification it would tell that another persona
    of theirs had used up the day, or in which zone they sleep.
    """

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    tag = models.CharField(max_length=64, unique=True)
    box = models.TextField()

    def __str__(self) -> str:
        return "somebody's attention"


class LetterboxQuerySet(models.QuerySet["Letterbox"]):
    def keyed(self, token: str) -> LetterboxQuerySet:
        """The one that this token of a letter belongs to."""
        return self.filter(token_hash=hashed(token))


class Letterbox(models.Model):
    """Whether letters come for a persona, and the token that stops them.

    Which persona, and whether it is open, lies in the box: people who want no letters want
    none for any of their personas.
    """

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    tag = models.CharField(max_length=64, unique=True)
    token_hash = models.CharField(max_length=64, unique=True)
    box = models.CharField(max_length=200)

    objects = LetterboxQuerySet.as_manager()

    def __str__(self) -> str:
        return "a letterbox"
