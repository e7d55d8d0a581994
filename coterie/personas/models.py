"""Who people are here: a name, a flower, a few words. Never whose."""

from typing import Any

from django.db import models
from django.utils import timezone

from coterie.core.ids import new_public_id, random_key

NAME_LENGTH = 40


def today() -> Any:
    """The day in UTC; a finer time could be matched with a sign-up."""
    return timezone.now().date()


def new_seed() -> int:
    """A random flower; nothing else is derived from it and it is derived from nothing."""
    return random_key() & 0x7FFFFFFF


class Persona(models.Model):
    """Somebody. Only `sealed` can tell whose, and only with the key file.

    Without an `owner_tag` it is an imported author or a former member.
    """

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    public_id = models.CharField(max_length=18, unique=True, default=new_public_id)
    name = models.CharField(max_length=NAME_LENGTH)
    seed = models.PositiveIntegerField(default=new_seed)
    bio = models.CharField(max_length=300, blank=True)
    created_on = models.DateField(default=today)
    owner_tag = models.CharField(max_length=64, unique=True, null=True)
    owner_box = models.CharField(max_length=200, blank=True)
    gone = models.BooleanField(default=False)
    """Erased: shown as "a former member" for ever."""

    def __str__(self) -> str:
        return self.name


class Intention(models.Model):
    """What a persona is about to do, and until it is due may still undo."""

    kind = models.CharField(max_length=40)
    """The act, as `config/wiring.py` knows it."""
    subject = models.BigIntegerField()
    """The row that the act is about."""
    persona = models.ForeignKey(Persona, models.CASCADE, related_name="+")
    due_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "subject"], name="meant_once")]
        indexes = [models.Index(fields=["due_at"])]

    def __str__(self) -> str:
        return self.kind
