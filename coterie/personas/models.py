"""Who people are here: a name, a flower, a few words. Never whose."""

from typing import Any

from django.db import models
from django.utils import timezone

from coterie.core.ids import new_public_id, random_key
from coterie.search.words import folded

NAME_LENGTH = 40


def today() -> Any:
    """The day in UTC; a finer time could be matched with a sign-up."""
    return timezone.now().date()


def new_seed() -> int:
    """A random flower; nothing else is derived from it and it is derived from nothing."""
    return random_key() & 0x7FFFFFFF


def called(name: str) -> str:
    """A name as others look for it: its folded words, each between spaces."""
    return f" {folded(name)} "


class Called(models.TextField[str, str]):
    """`called` of the row's name, whoever makes the row. Who writes a name later writes both."""

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        found: str = called(model_instance.name)  # type: ignore[attr-defined]
        setattr(model_instance, self.attname, found)
        return found


class Persona(models.Model):
    """Somebody. Only `sealed` can tell whose, and only with the key file.

    Without an `owner_tag` it is an imported author or a former member.
    """

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    public_id = models.CharField(max_length=18, unique=True, default=new_public_id)
    name = models.CharField(max_length=NAME_LENGTH)
    called = Called(default="")
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
    claimed_until = models.DateTimeField(null=True)
    """A worker has it at hand, or had it and is gone."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "subject"], name="meant_once")]
        indexes = [models.Index(fields=["due_at"])]

    def __str__(self) -> str:
        return self.kind
