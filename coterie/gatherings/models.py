"""A gathering is a conversation with dates: when and where, and who comes to which of them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coterie.communities.models import Membership
from coterie.core.ids import new_public_id
from coterie.personas.models import Persona
from coterie.personas.viewer import ids_of
from coterie.pure.calendar import zones
from coterie.talk.models import Conversation, Kind

if TYPE_CHECKING:
    from coterie.personas.viewer import Viewer

MOST_GUESTS = 5
MOST_PLACES = 10_000


class Where(models.Model):
    """Where people meet, and how many fit in."""

    place = models.CharField(max_length=200, blank=True)
    map_link = models.URLField(max_length=500, blank=True)
    online_link = models.URLField(max_length=500, blank=True)
    """For members only; see `Gathering.link_for_goers`."""
    capacity = models.PositiveIntegerField(null=True)
    """None: as many as like."""

    class Meta:
        abstract = True


class GatheringQuerySet(models.QuerySet["Gathering"]):
    def visible_to(self, who: Viewer | Persona | None) -> GatheringQuerySet:
        """Whoever may read the conversation; `rules.may_see` says the same of one."""
        talked = Conversation.objects.visible_to(who).filter(kind=Kind.GATHERING)
        return self.filter(conversation__in=talked.values("pk"))


class Gathering(Where):
    """What a conversation of this kind has beside its words. Its `Where` is for dates to come."""

    conversation = models.OneToOneField(Conversation, models.CASCADE, related_name="gathering")
    zone = models.CharField(max_length=64)
    """On whose clocks its times stand, such as Europe/Berlin."""
    starts_at = models.DateTimeField()
    """The first date that its rule stands for; moves on when the rule is changed."""
    lasts = models.PositiveIntegerField()
    """Minutes on the wall clock."""
    rule = models.CharField(max_length=120, blank=True)
    """As RFC 5545 writes it; empty for what happens once."""
    until = models.DateField(null=True)
    """The last day on which it may come again."""
    link_for_goers = models.BooleanField(default=False)
    """Only who goes, and who arranges it, reads the online link."""
    guests = models.PositiveSmallIntegerField(default=0)
    """How many each may bring along."""
    sequence = models.PositiveIntegerField(default=0)
    """Raised with each change that calendars have to hear of."""
    changed_at = models.DateTimeField(default=timezone.now)
    cancelled_at = models.DateTimeField(null=True)

    objects = GatheringQuerySet.as_manager()

    def __str__(self) -> str:
        return self.conversation.title

    @property
    def path(self) -> str:
        return self.conversation.path

    @property
    def begins(self) -> datetime:
        """What the clock of its zone shows as the first date begins."""
        return zones.clock(self.starts_at, self.zone)


class Convener(models.Model):
    """Somebody who calls people together: starts, changes, cancels it beside the hosts."""

    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="conveners")
    persona = models.ForeignKey(Persona, models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["gathering", "persona"], name="convenes_once")
        ]

    def __str__(self) -> str:
        return f"{self.persona_id} convenes {self.gathering_id}"


class OccurrenceQuerySet(models.QuerySet["Occurrence"]):
    def visible_to(self, who: Viewer | Persona | None) -> OccurrenceQuerySet:
        """Dates of what this person may see; `rules.may_see_date` says the same of one."""
        return self.filter(gathering__in=Gathering.objects.visible_to(who).values("pk"))

    def ahead(self) -> OccurrenceQuerySet:
        """Those that are not over."""
        return self.filter(ends_at__gt=timezone.now())

    def hold(self, pk: int) -> Occurrence:
        """That date, fresh, and nobody else answers for it until we commit."""
        # An UPDATE takes the row's lock on PostgreSQL; SQLite writers already stand in line.
        self.filter(pk=pk).update(taken=F("taken"))
        rows = self.select_related("gathering__conversation__community__parent")
        return rows.get(pk=pk)


class Occurrence(Where):
    """One date of a gathering, with its own places; each has at least one."""

    public_id = models.CharField(max_length=18, unique=True, default=new_public_id)
    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="occurrences")
    original_at = models.DateTimeField()
    """When the rule has it, whatever became of it: how calendars know it again."""
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    moved_from = models.DateTimeField(null=True)
    """When it was to begin at first, if that is another moment now."""
    is_changed = models.BooleanField(default=False)
    """It was changed by itself, so a change of the whole leaves it alone."""
    taken = models.PositiveIntegerField(default=0)
    """Places of those who go, their guests included."""
    turns = models.PositiveIntegerField(default=0)
    """How often somebody began to wait: the next one's turn."""
    cancelled_at = models.DateTimeField(null=True)

    objects = OccurrenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["gathering", "original_at"], name="one_of_each_date"),
            models.CheckConstraint(
                condition=Q(capacity=None) | Q(taken__lte=F("capacity")), name="never_too_many"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="ends_after_it_begins"
            ),
        ]
        indexes = [models.Index(fields=["gathering", "starts_at"])]

    def __str__(self) -> str:
        return f"{self.gathering} on {self.starts_at:%Y-%m-%d}"

    @property
    def path(self) -> str:
        """The gathering's page with this date on it."""
        return f"{self.gathering.path}?on={self.public_id}"

    @property
    def own_path(self) -> str:
        """Under which everything lies that is about this date alone."""
        return f"/gatherings/dates/{self.public_id}/"

    @property
    def is_over(self) -> bool:
        return self.ends_at <= timezone.now()

    @property
    def is_cancelled(self) -> bool:
        return self.cancelled_at is not None or self.gathering.cancelled_at is not None

    @property
    def free(self) -> int | None:
        """Places that are left; None where nobody counts."""
        return None if self.capacity is None else max(self.capacity - self.taken, 0)


class Reply(models.TextChoices):
    """Whether somebody comes."""

    GOING = "going", _("Going")
    MAYBE = "maybe", _("Maybe")
    NOT = "not", _("Not going")
    WAITING = "waiting", _("Waiting")


class Before(models.IntegerChoices):
    """How long before it begins somebody is reminded, in minutes."""

    NEVER = 0, _("Do not remind me")
    HOUR = 60, _("An hour before")
    DAY = 24 * 60, _("A day before")
    WEEK = 7 * 24 * 60, _("A week before")


COMING = (Reply.GOING, Reply.MAYBE)


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    def visible_to(self, who: Viewer | Persona | None) -> AttendanceQuerySet:
        """Who comes, as far as this person may know it; `rules.may_know_goer` says it of one."""
        seats = Membership.objects.living().of(who)
        here = "occurrence__gathering__conversation__community"
        beside = seats.filter(community=OuterRef(here))
        goer = Membership.objects.visible_to(who).filter(
            community=OuterRef(here), persona=OuterRef("persona")
        )
        kept = Exists(beside.carrying(Membership.Duty.TALK))
        met = Q(Exists(beside), Exists(goer), answer__in=COMING) & Q(
            **{f"{here}__members_meet": True}
        )
        mine = Q(Exists(beside), persona__in=ids_of(who))
        seen = Gathering.objects.visible_to(who).values("pk")
        return self.filter(Q(kept) | met | mine, occurrence__gathering__in=seen)

    def of_date(self, occurrence: Occurrence) -> AttendanceQuerySet:
        return self.filter(occurrence=occurrence)

    def in_line(self) -> AttendanceQuerySet:
        """Those who wait, first come first."""
        return self.filter(answer=Reply.WAITING).order_by("turn")


class Attendance(models.Model):
    """What somebody answered for one date."""

    occurrence = models.ForeignKey(Occurrence, models.CASCADE, related_name="attendances")
    persona = models.ForeignKey(Persona, models.CASCADE, related_name="+")
    answer = models.CharField(max_length=8, choices=Reply)
    guests = models.PositiveSmallIntegerField(default=0)
    turn = models.PositiveIntegerField(null=True)
    """Whose turn it is next on the waiting list: the lowest."""
    before = models.PositiveIntegerField(choices=Before, default=Before.DAY)
    remind_at = models.DateTimeField(null=True)
    """When the reminder is due; None once it is sent, or when there is none."""
    answered_at = models.DateTimeField(default=timezone.now)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["occurrence", "persona"], name="answers_once"),
            models.UniqueConstraint(
                fields=["occurrence", "turn"],
                condition=Q(turn__isnull=False),
                name="one_at_each_turn",
            ),
        ]
        indexes = [
            models.Index(
                fields=["remind_at"], condition=Q(remind_at__isnull=False), name="reminders"
            ),
            models.Index(fields=["persona", "occurrence"]),
        ]

    def __str__(self) -> str:
        return f"{self.persona_id} {self.answer} {self.occurrence_id}"

    @property
    def needs(self) -> int:
        """How many places."""
        return 1 + self.guests


class Feed(models.Model):
    """A member's own calendar address for one community; who has the address reads the feed."""

    seat = models.OneToOneField(Membership, models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    only_mine = models.BooleanField(default=False)
    """Only what they go to, might go to or wait for."""

    def __str__(self) -> str:
        return f"the feed of seat {self.seat_id}"
