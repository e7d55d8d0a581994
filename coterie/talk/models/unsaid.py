"""What somebody has written and not said: what is begun, and what waits for its time."""

from __future__ import annotations

from typing import Any

from django.db import models

from coterie.communities.models import Community
from coterie.personas.models import Persona
from coterie.pure.markup import LONGEST_NOTE
from coterie.talk.models.conversation import Voice


class Unsaid(models.Model):
    """Words, and all that goes with them; nobody else's to read, hosts included."""

    persona = models.ForeignKey(Persona, models.CASCADE, related_name="+")
    community = models.ForeignKey(Community, models.CASCADE, related_name="+")
    title = models.CharField(max_length=120, blank=True)
    source = models.TextField(blank=True)
    note = models.CharField(max_length=LONGEST_NOTE, blank=True)
    voice = models.CharField(max_length=8, choices=Voice, default=Voice.OWN)
    photos: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    """Public ids of pictures that wait for as long as this does."""
    tags: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    poll: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    """What it asks, if it asks something."""
    refusal = models.CharField(max_length=300, blank=True)
    """Why it did not go out when it was to."""

    class Meta:
        abstract = True
