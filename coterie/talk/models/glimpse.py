"""That somebody looked behind the link of a post."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from coterie.talk.models.post import Post


class Glimpse(models.Model):
    """What was seen stands on the post (`Post.card`); here is what was looked at, and when.

    A later post may show the same without asking again: only one whose author reads this one.
    """

    post = models.OneToOneField(Post, models.CASCADE, related_name="glimpse")
    key = models.CharField(max_length=64, db_index=True)
    """Which address it was: a hash, for an address may be long."""
    looked_at = models.DateTimeField(default=timezone.now)
    put_away = models.BooleanField(default=False)
    """Its author or a host wants no preview of this link."""

    def __str__(self) -> str:
        return f"a look behind the link of {self.post_id}"
