"""Who belongs, in what role, and who must not come back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Exists, OuterRef, Q, TextField
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coterie.communities.models.community import Community
from coterie.core.ids import new_public_id
from coterie.personas import sealed
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


class Level(models.TextChoices):
    """How much somebody wants to hear from one place."""

    FOLLOW = "follow", _("Follow")
    NORMAL = "normal", _("Normal")
    MUTE = "mute", _("Mute")


class State(models.TextChoices):
    LIVING = "living", _("Member")
    LEFT = "left", _("Left")
    REMOVED = "removed", _("Removed")
    BANNED = "banned", _("Banned")


class MembershipQuerySet(models.QuerySet["Membership"]):
    def living(self) -> MembershipQuerySet:
        """Those who are members now."""
        return self.filter(state=State.LIVING)

    def of(self, who: Viewer | Persona | tuple[int, ...] | None) -> MembershipQuerySet:
        """Seats of this person."""
        from coterie.personas.viewer import ids_of

        return self.filter(persona_id__in=ids_of(who))

    def carrying(self, duty: str) -> MembershipQuerySet:
        """Those that carry this duty; `Membership.may` as a query."""
        trusted = Q(role=Role.MODERATOR, duties_text__contains=f'"{duty}"')
        # JSON `contains` is not to be had on SQLite; a duty's name has no quotes in it.
        seats = self.alias(duties_text=Cast("duties", TextField()))
        return seats.filter(Q(role=Role.HOST) | trusted)

    def visible_to(self, who: Viewer | Persona | tuple[int, ...] | None) -> MembershipQuerySet:
        """Those whom this person meets; `rules.may_meet` says the same of one."""
        mine = Membership.objects.living().of(who)
        beside = mine.filter(community_id=OuterRef("community_id"))
        listed = Q(role=Role.HOST) | Q(hidden=False, community__members_meet=True)
        met = Q(Exists(beside)) & listed & ~Block.objects.apart_from(mine)
        cared_for = Exists(beside.carrying(Duty.PEOPLE))
        return self.living().filter(met | Q(cared_for) | Q(pk__in=mine.values("pk")))


class Membership(models.Model):
    """A persona in a community. The nullifier says "the same person" here and nothing elsewhere."""

    State = State
    Role = Role
    Duty = Duty
    Level = Level

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
    level = models.CharField(max_length=6, choices=Level, default=Level.NORMAL)
    """How much they want to hear from here; no host and no member can see it."""

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
            # Unlike any other pair, a nullifier stands in one community only.
            models.Index(fields=["nullifier"]),
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

    def shutting_out(self, who: Viewer | Persona | None) -> frozenset[int]:
        """The communities below those of this person from which they are banned.

        A nullifier cannot be computed in a query, so these are looked up before one, once
        per viewer.
        """
        memo: dict[str, Any] = getattr(who, "memo", {})
        if "shut out" not in memo:
            memo["shut out"] = self._shutting_out(who)
        found: frozenset[int] = memo["shut out"]
        return found

    def _shutting_out(self, who: Viewer | Persona | None) -> frozenset[int]:
        if who is None:
            return frozenset()
        owner = sealed.owner_of(who) if isinstance(who, Persona) else who.owner
        if owner is None:
            return frozenset()
        seats = Membership.objects.living().of(who).values("community_id")
        bans = self.in_force().filter(community__parent_id__in=seats)
        places = bans.values_list("community_id", flat=True).distinct()
        keys = [sealed.nullifier(owner, Community(pk=place).scope) for place in places]
        mine = bans.filter(nullifier__in=keys) if keys else bans.none()
        return frozenset(mine.values_list("community_id", flat=True))


class Ban(models.Model):
    """A person, known only by the nullifier here, may not come back until it ends."""

    public_id = models.CharField(max_length=18, unique=True, default=new_public_id)
    community = models.ForeignKey(Community, models.CASCADE, related_name="bans")
    persona = models.ForeignKey(Persona, models.SET_NULL, null=True, related_name="+")
    nullifier = models.CharField(max_length=64)
    sentence = models.CharField(max_length=300)
    banned_by = models.ForeignKey(Persona, models.SET_NULL, null=True, related_name="+")
    by_operator = models.BooleanField(default=False)
    """Only the operator lifts it. An empty `banned_by` may also be a host who was erased."""
    banned_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(null=True)
    lifted_at = models.DateTimeField(null=True)

    objects = BanQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["community", "nullifier"])]

    def __str__(self) -> str:
        return f"a ban in {self.community}"


class BlockQuerySet(models.QuerySet["Block"]):
    def between(self, one: Membership, other: Membership) -> BlockQuerySet:
        """Blocks of either by the other, under any persona here."""
        this, that = one.nullifier, other.nullifier
        return self.filter(
            Q(blocker__nullifier=this, blocked__nullifier=that)
            | Q(blocker__nullifier=that, blocked__nullifier=this)
        )

    def apart_from(self, seats: MembershipQuerySet) -> Q:
        """Memberships of all whom a block keeps apart from the people in these seats."""
        # A nullifier stands in one community only, so no block acts elsewhere.
        me = seats.values("nullifier")
        blocked = self.filter(blocker__nullifier__in=me).values("blocked__nullifier")
        blockers = self.filter(blocked__nullifier__in=me).values("blocker__nullifier")
        return Q(nullifier__in=blocked) | Q(nullifier__in=blockers)


class Block(models.Model):
    """Neither of two people meets the other here; it follows the person to a new persona."""

    blocker = models.ForeignKey(Membership, models.CASCADE, related_name="blocks")
    blocked = models.ForeignKey(Membership, models.CASCADE, related_name="blocked_by")
    made_at = models.DateTimeField(default=timezone.now)

    objects = BlockQuerySet.as_manager()

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
    duty = models.CharField(max_length=10, choices=Duty, blank=True)
    """In a circle of a duty sit exactly those who carry it; `seating` keeps that true."""
    access_version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "duty"], condition=~Q(duty=""), name="one_circle_of_a_duty"
            )
        ]

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
