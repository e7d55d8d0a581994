"""What was said, by which voice, and what became of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coterie.core.ids import new_public_id
from coterie.personas.models import Persona
from coterie.talk.models.conversation import Conversation


class PostState(models.TextChoices):
    PUBLISHED = "published", _("Published")
    HELD = "held", _("Waiting for a host")
    RETRACTED = "retracted", _("Taken back by its author")
    REMOVED = "removed", _("Removed by the hosts")
    ERASED = "erased", _("Erased")


TOMBSTONES = (PostState.RETRACTED, PostState.REMOVED, PostState.ERASED)


class Voice(models.TextChoices):
    OWN = "own", _("Myself")
    HOSTS = "hosts", _("The hosts")
    MEMBER = "member", _("A member, anonymously")


class Post(models.Model):
    """An utterance. Its `seq` is gapless among what was published to the whole audience."""

    public_id = models.CharField(max_length=18, unique=True, default=new_public_id)
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="posts")
    persona = models.ForeignKey(Persona, models.SET_NULL, null=True, related_name="posts")
    voice = models.CharField(max_length=8, choices=Voice, default=Voice.OWN)
    state = models.CharField(max_length=10, choices=PostState, default=PostState.PUBLISHED)
    seq = models.PositiveIntegerField(null=True)
    after_seq = models.PositiveIntegerField(default=0)
    """Where a post without seq stands for those who see it."""
    reply_to = models.ForeignKey("self", models.SET_NULL, null=True, related_name="replies")
    client_key = models.CharField(max_length=40)
    source = models.TextField(blank=True)
    html = models.TextField(blank=True)
    renderer = models.PositiveSmallIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True)
    edited_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "persona", "client_key"], name="said_once"
            ),
            models.UniqueConstraint(
                fields=["conversation", "seq"], condition=Q(seq__isnull=False), name="seq_once"
            ),
        ]
        indexes = [models.Index(fields=["persona", "conversation"])]

    def __str__(self) -> str:
        return f"post {self.public_id}"

    @property
    def path(self) -> str:
        return f"/p/{self.public_id}/"


class PostVersion(models.Model):
    """What a post said before it was edited."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="versions")
    source = models.TextField()
    html = models.TextField()
    until = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"before {self.until}"


class Reaction(models.Model):
    """One persona's one emoji on one post."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="reactions")
    persona = models.ForeignKey(Persona, models.CASCADE, related_name="reactions")
    emoji = models.CharField(max_length=16)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "persona", "emoji"], name="reaction_once")
        ]

    def __str__(self) -> str:
        return self.emoji
