"""What hosts wrote for those who begin: a welcome for who came in, and frames for new topics."""

from __future__ import annotations

from django.db import models

from coterie.communities.models import Community
from coterie.core.ids import new_public_id
from coterie.talk.models.conversation import Conversation

MOST_FRAMES = 12
LONGEST_FRAME = 4000
LONGEST_GREETING = 4000


class Frame(models.Model):
    """A topic half begun, for a member to fill: people call it a template."""

    public_id = models.CharField(max_length=18, unique=True, default=new_public_id)
    community = models.ForeignKey(Community, models.CASCADE, related_name="+")
    name = models.CharField(max_length=40)
    hint = models.CharField(max_length=120, blank=True)
    """What a good title of it looks like."""
    source = models.TextField(blank=True)
    tags: models.JSONField[list[str], list[str]] = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "name"], name="frame_named_once")
        ]

    def __str__(self) -> str:
        return self.name


class Greeting(models.Model):
    """What a member meets who has just come in. Nothing says who has read it."""

    community = models.OneToOneField(Community, models.CASCADE, related_name="+")
    source = models.TextField(blank=True)
    html = models.TextField(blank=True)
    hello = models.ForeignKey(Conversation, models.SET_NULL, null=True, related_name="+")
    """The topic in which newcomers say hello."""

    def __str__(self) -> str:
        return "a greeting"
