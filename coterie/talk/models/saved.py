"""What a persona wants to find again."""

from __future__ import annotations

from django.db import models

from coterie.personas.models import Persona, today
from coterie.talk.models.post import Post


class SavedPost(models.Model):
    """A post that a persona keeps for itself, with a note; nobody else learns of it."""

    persona = models.ForeignKey(Persona, models.CASCADE, related_name="+")
    post = models.ForeignKey(Post, models.CASCADE, related_name="saved_by")
    note = models.CharField(max_length=300, blank=True)
    saved_on = models.DateField(default=today)
    """A day, as with drafts: finer, it would tell of two personas in turns."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["persona", "post"], name="saved_once")]

    def __str__(self) -> str:
        return "a saved post"
