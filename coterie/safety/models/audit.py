"""The chain: one entry per act, and beside it the readable fact, which may be erased."""

from __future__ import annotations

from django.db import models

from coterie.communities.models import Community
from coterie.personas.models import Persona

HASH = 64


class AuditEntry(models.Model):
    """A link of a community's chain. It holds hashes only, so it never has to go."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="audit")
    n = models.PositiveIntegerField()
    day = models.DateField()
    prev_hash = models.CharField(max_length=HASH, blank=True)
    content_hash = models.CharField(max_length=HASH)
    hash = models.CharField(max_length=HASH)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "n"], name="audit_in_order")]

    def __str__(self) -> str:
        return f"entry {self.n}"


class AuditFact(models.Model):
    """What an entry is about. Erased for the person it concerns, the chain stays whole."""

    entry = models.OneToOneField(AuditEntry, models.CASCADE, primary_key=True, related_name="fact")
    salt = models.CharField(max_length=32)
    kind = models.CharField(max_length=24)
    actor = models.ForeignKey(Persona, models.SET_NULL, null=True, related_name="+")
    actor_salt = models.CharField(max_length=32, blank=True)
    actor_seal = models.CharField(max_length=HASH, blank=True)
    """Commits to the actor, who can be forgotten while the rest stays readable."""
    subject = models.ForeignKey(Persona, models.CASCADE, null=True, related_name="+")
    sentence = models.CharField(max_length=500, blank=True)
    rule = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.kind
