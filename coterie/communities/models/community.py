"""A community: a tree of places, each shaped by four independent settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coterie.core.ids import new_public_id

if TYPE_CHECKING:
    from coterie.personas.models import Persona
    from coterie.personas.viewer import Viewer

DEEPEST = 5
"""Levels that the tree may have; pages show three."""


class FoundBy(models.TextChoices):
    EVERYONE = "everyone", _("everyone")
    PARENT = "parent", _("members of the parent")
    NOBODY = "nobody", _("nobody, only by invitation")


class SeenBy(models.TextChoices):
    EVERYONE = "everyone", _("everyone")
    PARENT = "parent", _("members of the parent")
    MEMBERS = "members", _("members")


class JoinedBy(models.TextChoices):
    OPEN = "open", _("anyone, at once")
    PARENT = "parent", _("members of the parent, at once")
    REQUEST = "request", _("by request")
    INVITATION = "invitation", _("by invitation")


class PostedBy(models.TextChoices):
    ALL = "all", _("all members")
    APPROVED = "approved", _("all members, after a host looked")
    HOSTS = "hosts", _("hosts")


class MicroBy(models.TextChoices):
    """Who may start a micro community under this one."""

    HOSTS = "hosts", _("hosts")
    MEMBERS = "members", _("all members")


class TaggedBy(models.TextChoices):
    """Whose words may stand as tags on topics."""

    HOSTS = "hosts", _("the hosts alone: members choose among theirs")
    MEMBERS = "members", _("all members, as they go")


class GatheredBy(models.TextChoices):
    """Who may call a gathering."""

    MEMBERS = "members", _("all members who can post")
    HOSTS = "hosts", _("hosts")


class CoverAt(models.TextChoices):
    """Which part of its cover is always in sight."""

    TOP = "top", _("the upper part")
    MIDDLE = "middle", _("the middle")
    BOTTOM = "bottom", _("the lower part")


class Interest(models.Model):
    """A word for what people are into, casefolded once for all communities."""

    word = models.CharField(max_length=40, unique=True)

    def __str__(self) -> str:
        return self.word


class CommunityQuerySet(models.QuerySet["Community"]):
    """`may_find` and `may_see` of rules.py, as queries; a test keeps each pair equal."""

    def _member_of(self, path: str, who: Viewer | Persona | None) -> Q:
        from coterie.communities.models.belonging import Membership
        from coterie.personas.viewer import ids_of

        seats = Membership.objects.living().filter(persona_id__in=ids_of(who))
        return Q(**{f"{path}__in": seats.values("community_id")})

    def at(self, handle: str) -> CommunityQuerySet:
        """The one that this part of a URL names; no slug may look like a public id."""
        return self.filter(Q(slug=handle) | Q(public_id=handle))

    def hold(self, community_id: int) -> Community:
        """That community, fresh, and nobody else changes who belongs there until we commit."""
        # An UPDATE takes the row's lock on PostgreSQL; SQLite writers already stand in line.
        self.filter(pk=community_id).update(size=F("size"))
        return self.select_related("parent", "join_requires").get(pk=community_id)

    def hold_tree(self) -> None:
        """Nobody else changes what hangs below what until we commit."""
        first = self.order_by("pk").values("pk")[:1]
        self.filter(pk__in=list(first.values_list("pk", flat=True))).update(size=F("size"))

    def of(self, who: Viewer | Persona | None) -> CommunityQuerySet:
        """Those where this person is a member."""
        return self.filter(self._member_of("pk", who))

    def visible_to(self, who: Viewer | Persona | None) -> CommunityQuerySet:
        """Those whose inside this person may see."""
        from coterie.communities.models.belonging import Ban

        from_above = Q(seen_by=SeenBy.PARENT) & self._member_of("parent_id", who)
        return self.filter(
            Q(seen_by=SeenBy.EVERYONE)
            | from_above & ~Q(pk__in=Ban.objects.shutting_out(who))
            | self._member_of("pk", who)
        )

    def on_the_map(self) -> CommunityQuerySet:
        """Everyone may learn of them, somebody answers the door, and they are not closed."""
        return self.filter(found_by=FoundBy.EVERYONE, closed_at=None, orphaned_at=None)

    def in_the_open(self) -> CommunityQuerySet:
        """Those that the world is told of: on the map, and everyone may read them."""
        return self.on_the_map().filter(seen_by=SeenBy.EVERYONE)

    def findable_by(self, who: Viewer | Persona | None) -> CommunityQuerySet:
        """Those whose existence this person may learn: to all others they are not there."""
        return self.filter(
            Q(found_by=FoundBy.EVERYONE)
            | Q(found_by=FoundBy.PARENT) & self._member_of("parent_id", who)
            | Q(seen_by=SeenBy.EVERYONE)
            | Q(seen_by=SeenBy.PARENT) & self._member_of("parent_id", who)
            | self._member_of("pk", who)
        )


class Community(models.Model):
    """A place for people around one interest; with a parent it is a micro community."""

    public_id = models.CharField(max_length=18, unique=True, default=new_public_id)
    slug = models.SlugField(max_length=60, unique=True, null=True)
    """Readable name in URLs, only of a community that everyone may find and see."""
    parent = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="micro")
    depth = models.PositiveSmallIntegerField(default=1)

    name = models.CharField(max_length=60)
    purpose = models.CharField(max_length=200, blank=True)
    welcome = models.TextField(max_length=2000, blank=True)
    hue = models.PositiveSmallIntegerField(default=1)
    """Index 0 to 11 of the patch hues (15, 45 … 345 degrees)."""

    cover = models.CharField(max_length=22, blank=True)
    """The public id of the picture on its banner; without one there is only cloth."""
    cover_at = models.CharField(max_length=6, choices=CoverAt, default=CoverAt.MIDDLE)

    found_by = models.CharField(max_length=10, choices=FoundBy, default=FoundBy.EVERYONE)
    seen_by = models.CharField(max_length=10, choices=SeenBy, default=SeenBy.MEMBERS)
    joined_by = models.CharField(max_length=10, choices=JoinedBy, default=JoinedBy.REQUEST)
    posted_by = models.CharField(max_length=10, choices=PostedBy, default=PostedBy.ALL)
    micro_by = models.CharField(max_length=10, choices=MicroBy, default=MicroBy.HOSTS)
    tagged_by = models.CharField(max_length=10, choices=TaggedBy, default=TaggedBy.HOSTS)
    join_requires = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="required_by"
    )
    """Only members of that community may join this one."""
    gathered_by = models.CharField(max_length=10, choices=GatheredBy, default=GatheredBy.MEMBERS)
    members_meet = models.BooleanField(default=True)
    anonymous_voice = models.BooleanField(default=False)
    sensitive = models.BooleanField(default=False)
    """What is said here should cause nothing anywhere else: nobody looks behind its links."""
    learnable = models.BooleanField(default=False)
    """Whoever trains machines may take what everybody reads here; see `teaches`."""
    shows_size = models.BooleanField(default=False)
    """Shows the count of members; by default only a band."""
    topics = models.BooleanField(default=True)
    chat = models.BooleanField(default=False)
    gatherings = models.BooleanField(default=True)
    """Surfaces that are switched on."""

    interests = models.ManyToManyField(Interest, blank=True, related_name="communities")
    rules_version = models.PositiveIntegerField(default=0)
    """Raised when the rules change in a way that asks for agreeing anew."""
    history_from = models.DateTimeField(null=True)
    """When the door was last made wider: who comes now does not see what began before it.

    A membership copies it as it begins, so that a second widening opens nothing to anybody.
    """
    access_version = models.PositiveIntegerField(default=1)
    """Raised in every transaction that takes somebody's access away."""
    size = models.PositiveIntegerField(default=0)
    """Living members."""
    created_at = models.DateTimeField(default=timezone.now)
    orphaned_at = models.DateTimeField(null=True)
    """Since when no host is left; null while there is one."""
    gathers_until = models.DateTimeField(null=True)
    """Until when there are dates: pages of a place without any need not look for one."""
    closed_at = models.DateTimeField(null=True)
    """Closed for good: members still read, nobody joins or writes."""

    objects = CommunityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(depth__gte=1, depth__lte=DEEPEST), name="community_not_too_deep"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def handle(self) -> str:
        """What stands in URLs: the slug of a public one, else the random id."""
        return self.slug or self.public_id

    @property
    def path(self) -> str:
        return f"/c/{self.handle}/"

    @property
    def join_path(self) -> str:
        return f"{self.path}join/"

    @property
    def is_public(self) -> bool:
        return self.seen_by == SeenBy.EVERYONE

    @property
    def teaches(self) -> bool:
        """Whether machines may learn from it: its hosts let them, and so does the operator."""
        return self.learnable and self.is_public and settings.LEARNERS_WELCOME

    @property
    def in_the_open(self) -> bool:
        """Whether the world is told of it; `CommunityQuerySet.in_the_open` says the same."""
        on_the_map = self.found_by == FoundBy.EVERYONE and not (self.closed_at or self.orphaned_at)
        return on_the_map and self.is_public

    @property
    def card_path(self) -> str:
        """The picture that stands for it where somebody shares a link."""
        return f"{self.path}card.jpg"

    @property
    def privacy(self) -> str:
        """The stamp: public, private or secret."""
        return privacy_of(self.found_by, self.seen_by)

    @property
    def cover_path(self) -> str:
        """The picture on its banner, if it has one."""
        return cover_path(self.cover)

    @property
    def scope(self) -> str:
        """The scope of nullifiers here."""
        return f"community:{self.pk}"


def privacy_of(found_by: str, seen_by: str) -> str:
    """The stamp of a community with these settings: public, private or secret."""
    if seen_by == SeenBy.EVERYONE:
        return "public"
    return "secret" if found_by == FoundBy.NOBODY else "private"


def cover_path(cover: str, side: int = 960) -> str:
    """Where a cover is shown; empty when there is none."""
    return f"/m/{cover}/{side}.webp" if cover else ""


WIDTH = {"everyone": 2, "parent": 1, "members": 0, "nobody": 0}
"""How many a value of `found_by` or `seen_by` lets look."""


def opens_door(old: Community, new: dict[str, Any]) -> bool:
    """Whether with these settings somebody may come in, or come in unasked, who could not."""
    required = old.join_requires
    drops_requirement = required is not None and new["join_requires"] != required
    if drops_requirement or new["joined_by"] == JoinedBy.INVITATION:
        return drops_requirement
    reaches_more = max(WIDTH[new["found_by"]], WIDTH[new["seen_by"]]) > max(
        WIDTH[old.found_by], WIDTH[old.seen_by]
    )
    # Between "by request" and "members of the parent" each side lets in somebody new.
    asks_less = old.joined_by not in (new["joined_by"], JoinedBy.OPEN)
    return reaches_more or asks_less


class RelatedCommunity(models.Model):
    """A host's hint to another community; shown to those who may find both."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="related")
    other = models.ForeignKey(Community, models.CASCADE, related_name="related_from")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "other"], name="related_once")]

    def __str__(self) -> str:
        return f"{self.community} → {self.other}"
