"""How much a persona wants to hear of one topic or one tag, where it said so."""

from __future__ import annotations

from django.db import models

from coterie.communities.models.belonging import Level
from coterie.personas.models import Persona
from coterie.talk.models.conversation import Conversation
from coterie.talk.models.tag import Tag


class TopicLevel(models.Model):
    """It goes before the community's. No time: nobody could say when somebody was here."""

    persona = models.ForeignKey(Persona, models.CASCADE, related_name="+")
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="levels")
    level = models.CharField(max_length=6, choices=Level)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "persona"], name="level_once")
        ]

    def __str__(self) -> str:
        return self.level


class TagLevel(models.Model):
    """It goes before the community's, and behind that of a single topic."""

    persona = models.ForeignKey(Persona, models.CASCADE, related_name="+")
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="levels")
    level = models.CharField(max_length=6, choices=Level)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "persona"], name="tag_level_once")]

    def __str__(self) -> str:
        return self.level
