"""How far a persona has read a community as a whole."""

from __future__ import annotations

from django.db import models

from coterie.communities.models import Membership


class CaughtUp(models.Model):
    """No conversation that was last added to at `until`, or before, has anything new for this seat.

    So what is new is found among the conversations that moved since, however many there are.
    Without a row it is the moment of joining. `until` is the time of a post, never that of
    reading: it tells nothing of when somebody was here.
    """

    seat = models.OneToOneField(
        Membership, models.CASCADE, primary_key=True, related_name="caught_up"
    )
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"caught up to {self.until}"
