"""Who belongs, in what role, and who must not come back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coterie.communities.models.community import Community
from coterie.core.ids import new_public_id
from coterie.personas.models import Persona

if TYPE_CHECKING:
    from coterie.personas.viewer import Viewer


class Role(models.TextChoices):
    MEMBER = "member", _("Member")
    MODERATOR = "moderator", _("Moderator")
    HOST = "host", _("Host")


class Duty(models.TextChoices):
    """What a moderator may be trusted with; hosts have all of them."""

    DOOR = "door", _("Answer join requests and invite")
    TALK = "talk", _("Remove posts, lock, answer reports")
    PEOPLE = "people", _("Remove and ban members")
    SHAPE = "shape", _("Change name, rules and settings")


class State(models.TextChoices):
    LIVING = "living", _("Member")
    LEFT = "left", _("Left")
    REMOVED = "removed", _("Removed")
    BANNED = "banned", _("Banned")


class MembershipQuerySet(models.QuerySet["Membership"]):
    def living(self) -> MembershipQuerySet:
        """Those who are members now."""
        return self.filter(state=State.LIVING)

    def of(self, who: Viewer | Persona | None) -> MembershipQuerySet:
        """Seats of this person."""
        from coterie.personas.viewer import ids_of

        return self.filter(persona_id__in=ids_of(who))


class Membership(models.Model):
    """A persona in a community. The nullifier says "the same person" here and nothing elsewhere."""

    State = State
    Role = Role
    Duty = Duty

    public_id = models.CharField(max_length=18, unique=True, default=new_public_id)
    community = models.ForeignKey(Community, models.CASCADE, related_name="memberships")
    persona = models.ForeignKey(Persona, models.CASCADE, related_name="memberships")
    nullifier = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State, default=State.LIVING)
    role = models.CharField(max_length=10, choices=Role, default=Role.MEMBER)
    duties = models.JSONField(default=list, blank=True)
    """A moderator's responsibilities, values of Duty."""
    joined_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    history_from = models.DateTimeField(null=True)
    """What began before this moment they do not see, unless the hosts share it."""
    hidden = models.BooleanField(default=False)
    """Not in the directory and no page of their own, for everybody but hosts."""
    agreed_version = models.PositiveIntegerField(default=0)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "nullifier"],
                condition=Q(state="living"),
                name="one_living_membership_per_person",
            ),
            models.UniqueConstraint(fields=["community", "persona"], name="membership_once"),
        ]
        indexes = [
            models.Index(fields=["persona", "state", "community"]),
            models.Index(fields=["community", "nullifier"]),
        ]

    def __str__(self) -> str:
        return f"{self.persona} in {self.community}"

    @property
    def is_host(self) -> bool:
        return self.role == Role.HOST

    def may(self, duty: str) -> bool:
        """Whether this seat carries a duty: hosts all, moderators what they were given."""
        if self.state != State.LIVING:
            return False
        return self.role == Role.HOST or (self.role == Role.MODERATOR and duty in self.duties)


class BanQuerySet(models.QuerySet["Ban"]):
    def in_force(self) -> BanQuerySet:
        """Bans that are neither lifted nor over."""
        over = Q(expires_at__lte=timezone.now())
        return self.filter(lifted_at=None).exclude(over)


class Ban(models.Model):
    """A person, known only by the nullifier here, may not come back until it ends."""

    public_id = models.CharField(max_length=18, unique=True, default=new_public_id)
    community = models.ForeignKey(Community, models.CASCADE, related_name="bans")
    persona = models.ForeignKey(Persona, models.SET_NULL, null=True, related_name="+")
    nullifier = models.CharField(max_length=64)
    sentence = models.CharField(max_length=300)
    banned_by = models.ForeignKey(Persona, models.SET_NULL, null=True, related_name="+")
    banned_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(null=True)
    lifted_at = models.DateTimeField(null=True)

    objects = BanQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["community", "nullifier"])]

    def __str__(self) -> str:
        return f"a ban in {self.community}"


class Block(models.Model):
    """Neither of two people meets the other here; it follows the person to a new persona."""

    blocker = models.ForeignKey(Membership, models.CASCADE, related_name="blocks")
    blocked = models.ForeignKey(Membership, models.CASCADE, related_name="blocked_by")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["blocker", "blocked"], name="block_once")]

    def __str__(self) -> str:
        return "a block"


class Mute(models.Model):
    """One person does not want to read another here; the other never learns of it."""

    muter = models.ForeignKey(Membership, models.CASCADE, related_name="mutes")
    muted = models.ForeignKey(Membership, models.CASCADE, related_name="muted_by")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["muter", "muted"], name="mute_once")]

    def __str__(self) -> str:
        return "a mute"


class Circle(models.Model):
    """A list of memberships inside one community: the audience of some conversations."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="circles")
    name = models.CharField(max_length=60)
    access_version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.name


class CircleMember(models.Model):
    """A membership's place in a circle."""

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="members")
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="circles")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["circle", "membership"], name="in_circle_once")
        ]

    def __str__(self) -> str:
        return f"{self.membership_id} in {self.circle}"
