"""A picture: what is said of it. Its prints lie on the shelf (shelf.py)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone

from coterie.communities.models import Community
from coterie.core.ids import new_token
from coterie.personas.models import Persona
from coterie.personas.viewer import ids_of

if TYPE_CHECKING:
    from coterie.personas.viewer import Viewer

ALT_LENGTH = 500


class PictureQuerySet(models.QuerySet["Picture"]):
    def waiting(self) -> PictureQuerySet:
        """Those that are sent but belong to nothing yet."""
        return self.filter(guard="")

    def waiting_of(self, who: Viewer | Persona | None) -> PictureQuerySet:
        """Those that this person has sent and not used yet: theirs alone to see."""
        return self.waiting().filter(persona__in=ids_of(who))


class Picture(models.Model):
    """A photo as it was drawn anew. It belongs to a persona, a community and, through its
    guard, to one thing: who may see the thing may see the picture.

    The row is there once its prints are whole, and goes before them.
    """

    public_id = models.CharField(max_length=22, unique=True, default=new_token)
    """128 random bits: names it in URLs and on the shelf, derived from nothing."""
    persona = models.ForeignKey(Persona, models.SET_NULL, null=True, related_name="pictures")
    community = models.ForeignKey(Community, models.CASCADE, related_name="pictures")
    guard = models.CharField(max_length=24, blank=True)
    """Which rule is asked (config/wiring.py, GUARDS); empty while it waits for its use."""
    subject = models.BigIntegerField(null=True)
    """The id of what it belongs to, in the guard's own table."""
    place = models.PositiveSmallIntegerField(default=0)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    thumbhash = models.CharField(max_length=40)
    alt = models.CharField(max_length=ALT_LENGTH, blank=True)
    bytes = models.PositiveIntegerField()
    """All its prints together."""
    made_at = models.DateTimeField(default=timezone.now)

    objects = PictureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(guard="", subject=None) | ~Q(guard="") & Q(subject__isnull=False),
                name="guard_has_a_subject",
            )
        ]
        indexes = [
            models.Index(
                fields=["guard", "subject", "place"], condition=~Q(guard=""), name="pictures_of"
            ),
            models.Index(fields=["made_at"], condition=Q(guard=""), name="waiting_pictures"),
        ]

    def __str__(self) -> str:
        return "a picture"

    @property
    def path(self) -> str:
        return f"/m/{self.public_id}/"
