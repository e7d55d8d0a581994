"""What somebody has begun to say and not sent."""

from __future__ import annotations

from django.db import models

from coterie.communities.models import Community
from coterie.personas.models import Persona, today
from coterie.pure.markup import LONGEST_NOTE
from coterie.talk.models.conversation import Voice
from coterie.talk.models.post import Post


class Draft(models.Model):
    """What a persona has begun to say and not sent: nobody else's to read, hosts included."""

    persona = models.ForeignKey(Persona, models.CASCADE, related_name="+")
    community = models.ForeignKey(Community, models.CASCADE, related_name="+")
    place = models.CharField(max_length=18)
    """The public id of what is written in: a community (a new topic), a conversation, or the
    post whose words are to change."""
    title = models.CharField(max_length=120, blank=True)
    source = models.TextField(blank=True)
    note = models.CharField(max_length=LONGEST_NOTE, blank=True)
    voice = models.CharField(max_length=8, choices=Voice, default=Voice.OWN, blank=True)
    """Nothing where the one that was meant is lost and no other has been chosen."""
    reply_to = models.ForeignKey(Post, models.SET_NULL, null=True, related_name="+")
    photos: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    """Public ids of pictures that wait for as long as this does."""
    tags: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    poll: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(default=dict)
    """What a form holds of a poll that is begun."""
    refusal = models.CharField(max_length=300, blank=True)
    """Why these words came back when they were to go out."""
    kept_on = models.DateField(default=today)
    """A day: two personas whose drafts grow in turns would be one person to a finer clock."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["persona", "place"], name="draft_once")]

    def __str__(self) -> str:
        return f"draft for {self.place}"
