"""How people come in: questions, rules, invitations, requests."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coterie.communities.models.community import Community
from coterie.core.boxes import unseal
from coterie.core.ids import hashed, new_public_id
from coterie.personas.models import Persona

TOKEN_BOX = "invitation"  # noqa: S105 - the purpose of a key, not a token


class Rule(models.Model):
    """One rule of a community; a removal may name it, so a changed rule is a new row."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="rules")
    place = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["place"]

    def __str__(self) -> str:
        return self.text


class Question(models.Model):
    """Asked of those who want to join."""

    class Kind(models.TextChoices):
        TEXT = "text", _("In their own words")
        ONE = "one", _("One of these")
        SEVERAL = "several", _("Several of these")

    community = models.ForeignKey(Community, models.CASCADE, related_name="questions")
    place = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.TEXT)
    text = models.CharField(max_length=200)
    choices = models.JSONField(default=list, blank=True)
    required = models.BooleanField(default=True)

    class Meta:
        ordering = ["place"]

    def __str__(self) -> str:
        return self.text


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def at(self, token: str) -> InvitationQuerySet:
        """The one that this link carries, usable or not."""
        return self.filter(token_hash=hashed(token))

    def usable(self) -> InvitationQuerySet:
        """Neither revoked, nor over, nor used up, into a community that takes people."""
        return self.filter(
            Q(expires_at=None) | Q(expires_at__gt=timezone.now()),
            Q(use_limit=None) | Q(uses__lt=F("use_limit")),
            revoked_at=None,
            community__closed_at=None,
            community__orphaned_at=None,
        )


class Invitation(models.Model):
    """A link into a community; the token itself is stored only hashed and sealed."""

    class Policy(models.TextChoices):
        TRUSTED = "trusted", _("Straight in")
        QUESTIONS = "questions", _("Answer the questions, a host decides")

    public_id = models.CharField(max_length=18, unique=True, default=new_public_id)
    community = models.ForeignKey(Community, models.CASCADE, related_name="invitations")
    token_hash = models.CharField(max_length=64, unique=True)
    token_box = models.CharField(max_length=200)
    """The token, sealed, so that hosts can show the link and its QR again."""
    name = models.CharField(max_length=60, blank=True)
    policy = models.CharField(max_length=10, choices=Policy, default=Policy.QUESTIONS)
    made_by = models.ForeignKey(Persona, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(null=True)
    use_limit = models.PositiveIntegerField(null=True)
    uses = models.PositiveIntegerField(default=0)
    mailed = models.BooleanField(default=False)
    """Sent to an address that is kept nowhere."""
    revoked_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name or "an invitation"

    @property
    def token(self) -> str:
        """What stands in the link; for the hosts' eyes."""
        return unseal(self.token_box, TOKEN_BOX)

    @property
    def path(self) -> str:
        return f"/j/{self.token}/"


class JoinRequestQuerySet(models.QuerySet["JoinRequest"]):
    def pending(self) -> JoinRequestQuerySet:
        """Those that nobody has answered yet."""
        return self.filter(state=JoinRequest.State.PENDING)


class JoinRequest(models.Model):
    """Somebody asks to come in, under one persona, and hears back either way."""

    class State(models.TextChoices):
        PENDING = "pending", _("Waiting")
        ADMITTED = "admitted", _("Let in")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class CameBefore(models.TextChoices):
        NEW = "new", _("New here")
        LEFT = "left", _("Was a member before")
        REMOVED = "removed", _("Was removed before")

    class AlreadyAnswered(Exception):
        """Somebody else answered first."""

    public_id = models.CharField(max_length=18, unique=True, default=new_public_id)
    community = models.ForeignKey(Community, models.CASCADE, related_name="join_requests")
    persona = models.ForeignKey(Persona, models.CASCADE, related_name="join_requests")
    invitation = models.ForeignKey(Invitation, models.SET_NULL, null=True, related_name="requests")
    state = models.CharField(max_length=10, choices=State, default=State.PENDING)
    known_as = models.CharField(max_length=60, blank=True)
    """The community's name as they asked: all they may know once they cannot find it any more."""
    agreed_version = models.PositiveIntegerField(default=0)
    came_before = models.CharField(max_length=8, choices=CameBefore, default=CameBefore.NEW)
    """What hosts may know of this person's past here, as a class only."""
    sentence = models.CharField(max_length=500, blank=True)
    """The hosts' words to the asker."""
    asked_back = models.BooleanField(default=False)
    """The hosts asked something, and it is the asker's turn."""
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Persona, models.SET_NULL, null=True, related_name="+")

    objects = JoinRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "persona"],
                condition=Q(state="pending"),
                name="one_pending_request",
            )
        ]
        indexes = [models.Index(fields=["community", "state", "asked_at"])]

    def __str__(self) -> str:
        return f"{self.persona} asks to join {self.community}"

    @property
    def path(self) -> str:
        """Where the asker sees how it stands."""
        return f"/join-requests/{self.public_id}/"


class Answer(models.Model):
    """What the asker said; keeps the question's words as they were asked."""

    join_request = models.ForeignKey(JoinRequest, models.CASCADE, related_name="answers")
    place = models.PositiveSmallIntegerField()
    question = models.CharField(max_length=200)
    text = models.TextField(max_length=2000, blank=True)

    class Meta:
        ordering = ["place"]

    def __str__(self) -> str:
        return self.text


class Remark(models.Model):
    """A short message between the hosts and somebody at the door, while they wait."""

    join_request = models.ForeignKey(JoinRequest, models.CASCADE, related_name="remarks")
    from_hosts = models.BooleanField()
    """Which host it was is told to nobody."""
    text = models.CharField(max_length=500)
    said_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text
