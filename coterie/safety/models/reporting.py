"""Reports join in a case; a case ends with decisions, and each decision has its reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coterie.communities.models import Community, Membership, Rule
from coterie.core.ids import new_public_id
from coterie.personas.models import Persona
from coterie.personas.viewer import ids_of
from coterie.talk.models import Post
from coterie.talk.models.conversation import keepers, seats_of

if TYPE_CHECKING:
    from coterie.personas.viewer import Viewer

EVIDENCE_BOX = "safety-evidence"


class Reason(models.TextChoices):
    """Why somebody reports; the order is the order of gravity."""

    DANGER = "danger", _("Somebody is in danger")
    MINORS = "minors", _("It puts a child at risk")
    HATE = "hate", _("Hate or threats")
    HARASSMENT = "harassment", _("It goes after a person")
    PRIVATE = "private", _("It tells private things about somebody")
    SEXUAL = "sexual", _("Sexual content that does not belong here")
    SPAM = "spam", _("Spam or a scam")
    RULE = "rule", _("It breaks a rule of this community")
    OTHER = "other", _("Something else")


GRAVITY = {reason: place for place, reason in enumerate(Reason.values)}


class Subject(models.TextChoices):
    """What a report is about."""

    POST = "post", _("A post")
    MEMBER = "member", _("A member")
    COMMUNITY = "community", _("The community")


class Desk(models.TextChoices):
    """Who looks at it."""

    HOSTS = "hosts", _("The hosts")
    OPERATOR = "operator", _("The operator of this server")


class Outcome(models.TextChoices):
    """What was decided."""

    DISMISSED = "dismissed", _("No rule was broken")
    WARNED = "warned", _("A note was written")
    POST_REMOVED = "post-removed", _("The post was removed")
    LOCKED = "locked", _("The conversation was locked")
    MEMBER_REMOVED = "member-removed", _("The member was removed")
    MEMBER_BANNED = "member-banned", _("The member was banned")


class CaseQuerySet(models.QuerySet["Case"]):
    def open(self) -> CaseQuerySet:
        """Cases that nobody has decided."""
        return self.filter(closed_at=None)

    def for_the_operator(self) -> CaseQuerySet:
        """Cases that were sent to the operator, and those that hosts asked about."""
        return self.filter(Q(desk=Desk.OPERATOR) | Q(asked_operator_at__isnull=False))

    def judged_by(self, who: Viewer | Persona | tuple[int, ...] | None) -> CaseQuerySet:
        """Cases on the desk of hosts who may decide about them: never about themselves."""
        kept = keepers(seats_of(who)).values("community_id")
        ids = ids_of(who)
        return (
            self.filter(desk=Desk.HOSTS, community__in=kept)
            .exclude(post__persona__in=ids)
            .exclude(membership__persona__in=ids)
        )


class Case(models.Model):
    """Everything that was reported about one thing, until somebody decides."""

    public_id = models.CharField(max_length=18, unique=True, default=new_public_id)
    community = models.ForeignKey(Community, models.CASCADE, related_name="cases")
    subject = models.CharField(max_length=10, choices=Subject)
    post = models.ForeignKey(Post, models.SET_NULL, null=True, related_name="cases")
    membership = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="cases")
    thing = models.CharField(max_length=40)
    """Names the post, member or community, so that reports of one thing meet."""
    desk = models.CharField(max_length=10, choices=Desk, default=Desk.HOSTS)
    gravity = models.PositiveSmallIntegerField()
    """The place of its gravest reason: 0 is the worst."""
    opened_at = models.DateTimeField(default=timezone.now)
    asked_operator_at = models.DateTimeField(null=True)
    asked_operator = models.CharField(max_length=500, blank=True)
    operator_told_at = models.DateTimeField(null=True)
    """When a mail told operators that something waits, this among it."""
    closed_at = models.DateTimeField(null=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["thing", "desk"], condition=Q(closed_at=None), name="one_open_case"
            )
        ]
        indexes = [models.Index(fields=["community", "desk", "closed_at", "gravity", "id"])]

    def __str__(self) -> str:
        return f"a case about {self.thing}"

    @property
    def path(self) -> str:
        if self.desk == Desk.OPERATOR:
            return f"/operator/cases/{self.public_id}/"
        return f"{self.community.path}reports/{self.public_id}/"


class Report(models.Model):
    """What one person saw. What they saw and wrote is sealed and outlives its post."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="reports")
    reporter = models.ForeignKey(Persona, models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(max_length=12, choices=Reason)
    evidence = models.TextField(blank=True)
    """Sealed; empty once the case has been closed for 30 days."""
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "reporter"], name="reported_once")]

    def __str__(self) -> str:
        return f"a report: {self.reason}"


class EvidencePhoto(models.Model):
    """A photo of what was reported, as it was at the first report; it outlives its post, sealed."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="photos")
    place = models.PositiveSmallIntegerField()
    content = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "place"], name="one_photo_a_place")]

    def __str__(self) -> str:
        return f"photo {self.place}"


class DecisionQuerySet(models.QuerySet["Decision"]):
    def about(self, who: Viewer | Persona | None) -> DecisionQuerySet:
        """Decisions whose statement this person reads."""
        ids = ids_of(who)
        return self.filter(Q(subject__in=ids) | Q(post__persona__in=ids)).exclude(
            outcome=Outcome.DISMISSED
        )


class Decision(models.Model):
    """What was done, under which rule, in which words: the statement its subject can read."""

    public_id = models.CharField(max_length=18, unique=True, default=new_public_id)
    community = models.ForeignKey(Community, models.CASCADE, related_name="decisions")
    case = models.ForeignKey(Case, models.SET_NULL, null=True, related_name="decisions")
    outcome = models.CharField(max_length=16, choices=Outcome)
    subject = models.ForeignKey(Persona, models.SET_NULL, null=True, related_name="+")
    """Empty for the anonymous voice: nothing in a decision may tell who it was."""
    post = models.ForeignKey(Post, models.SET_NULL, null=True, related_name="+")
    rule = models.ForeignKey(Rule, models.SET_NULL, null=True, related_name="+")
    sentence = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(Persona, models.SET_NULL, null=True, related_name="+")
    """Empty for the operator. Never shown to the subject."""
    until = models.DateTimeField(null=True)
    """When a ban ends by itself."""
    made_at = models.DateTimeField(default=timezone.now)
    is_logged = models.BooleanField(default=False)
    """The audit entry of what was done has its rule and words already."""

    objects = DecisionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["community", "subject"])]

    def __str__(self) -> str:
        return self.outcome

    @property
    def path(self) -> str:
        return f"/statements/{self.public_id}/"
