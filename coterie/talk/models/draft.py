"""What somebody has begun to say and not sent."""

from __future__ import annotations

from django.db import models

from coterie.personas.models import today
from coterie.talk.models.conversation import Voice
from coterie.talk.models.post import Post
from coterie.talk.models.unsaid import Unsaid


class Draft(Unsaid):
    """What a persona has begun to say and not sent; of a poll, what a form holds."""

    place = models.CharField(max_length=18)
    """The public id of what is written in: a community (a new topic), a conversation, or the
    post or what waits for its time whose words are to change."""
    voice = models.CharField(max_length=8, choices=Voice, default=Voice.OWN, blank=True)
    """Nothing where the one that was meant is lost and no other has been chosen."""
    reply_to = models.ForeignKey(Post, models.SET_NULL, null=True, related_name="+")
    kept_on = models.DateField(default=today)
    """A day: two personas whose drafts grow in turns would be one person to a finer clock."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["persona", "place"], name="draft_once")]

    def __str__(self) -> str:
        return f"draft for {self.place}"
