"""A conversation and how far each persona has read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coterie.communities.models import Circle, CircleMember, Community, Membership, SeenBy
from coterie.core.ids import new_public_id
from coterie.personas.models import Persona

if TYPE_CHECKING:
    from coterie.personas.viewer import Viewer


class Kind(models.TextChoices):
    TOPIC = "topic", _("Topic")


class ConversationQuerySet(models.QuerySet["Conversation"]):
    def visible_to(self, who: Viewer | Persona | None) -> ConversationQuerySet:
        """What this person may read; `rules.may_see` says the same of one conversation."""
        from coterie.personas.viewer import ids_of

        ids = ids_of(who)
        seats = Membership.objects.living().filter(persona_id__in=ids)
        # A seat taken after the door was made wider does not see what began before.
        since = seats.filter(Q(history_from=None) | Q(history_from__lte=OuterRef("started_at")))
        here, above = OuterRef("community_id"), OuterRef("community__parent_id")
        member = Exists(since.filter(community_id=here)) | Q(
            Exists(seats.filter(community_id=here)), history_shared=True
        )
        from_above = Q(Exists(since.filter(community_id=above)), see=SeenBy.PARENT)
        outside = Q(see=SeenBy.EVERYONE) | from_above
        in_circle = CircleMember.objects.filter(membership__in=seats).values("circle_id")
        hosts = seats.filter(role=Membership.Role.HOST).values("community_id")
        # Nothing published yet: its author's and the hosts' only.
        begun = Q(last_seq__gt=0) | Q(started_by__in=ids) | Q(community__in=hosts)
        return self.filter(member | outside, begun).filter(Q(circle=None) | Q(circle__in=in_circle))


class Conversation(models.Model):
    """Something that was started. `see` is copied from the community and only ever narrows."""

    public_id = models.CharField(max_length=18, unique=True, default=new_public_id)
    community = models.ForeignKey(Community, models.CASCADE, related_name="conversations")
    circle = models.ForeignKey(Circle, models.CASCADE, null=True, related_name="conversations")
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.TOPIC)
    title = models.CharField(max_length=120)
    see = models.CharField(max_length=10, choices=SeenBy)
    history_shared = models.BooleanField(default=False)
    """Hosts opened it to members who came after `history_from`."""
    started_by = models.ForeignKey(Persona, models.SET_NULL, null=True, related_name="+")
    started_at = models.DateTimeField(default=timezone.now)
    last_seq = models.PositiveIntegerField(default=0)
    last_post_at = models.DateTimeField(default=timezone.now)
    epoch = models.PositiveIntegerField(default=1)
    locked_at = models.DateTimeField(null=True)
    pinned_at = models.DateTimeField(null=True)

    objects = ConversationQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["community", "-last_post_at", "-id"])]

    def __str__(self) -> str:
        return self.title

    @property
    def path(self) -> str:
        return f"/t/{self.public_id}/"


class ReadingPosition(models.Model):
    """How far a persona has read: everything up to `read_seq`, and nothing before `from_seq` counts."""

    persona = models.ForeignKey(Persona, models.CASCADE, related_name="reading")
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="readers")
    epoch = models.PositiveIntegerField(default=1)
    read_seq = models.PositiveIntegerField(default=0)
    from_seq = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["persona", "conversation"], name="position_once")
        ]

    def __str__(self) -> str:
        return f"read to {self.read_seq}"
