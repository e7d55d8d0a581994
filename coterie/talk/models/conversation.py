"""A conversation, who may read it, and how far each persona has read."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from coterie.communities.models import Ban, Circle, CircleMember, Community, Membership, SeenBy
from coterie.core.ids import new_public_id
from coterie.personas.models import Persona
from coterie.personas.viewer import ids_of

if TYPE_CHECKING:
    from coterie.communities.models.belonging import MembershipQuerySet
    from coterie.personas.viewer import Viewer


class Kind(models.TextChoices):
    TOPIC = "topic", _("Topic")
    ROOM = "room", _("Room")
    """A chat of the whole community or of its hosts: it names no starter, and may be empty.

    It goes on for years, so each of its posts is seen or not by when it was said; of anything
    else that is started by when it was."""
    GATHERING = "gathering", _("Gathering")
    """Something with dates; they stand in `gatherings`, above its talk."""


def path_of(kind: str, public_id: str) -> str:
    """Where a conversation of this kind is read; what changes it lies under `/t/` for all."""
    return f"/r/{public_id}/" if kind == Kind.ROOM else f"/t/{public_id}/"


def in_context(kind: str, conversation: str, post: str) -> str:
    """Where a post stands among those before and after it, and is lit."""
    return f"{path_of(kind, conversation)}?at={post}#p-{post}"


NOT_A_SLUG = frozenset(
    [
        "announcement",
        "attention",
        "draft",
        "later",
        "merging",
        "moving",
        "order",
        "pace",
        "posts",
        "reading",
        "since",
        "title",
    ]
)
"""What has a page of its own under the address of a conversation."""
LONGEST_SLUG = 60


@lru_cache(maxsize=4_096)
def slug_of(title: str) -> str:
    """A title as words in an address, in whatever script; empty where none are left."""
    slug = slugify(title, allow_unicode=True)[:LONGEST_SLUG].strip("-_")
    return "" if slug in NOT_A_SLUG else slug


def open_path_of(kind: str, public_id: str, see: str, title: str) -> str:
    """As `path_of`, and with the title in it where everybody may read that."""
    path = path_of(kind, public_id)
    slug = slug_of(title) if see == SeenBy.EVERYONE and kind != Kind.ROOM else ""
    return f"{path}{quote(slug)}/" if slug else path


class Voice(models.TextChoices):
    """Who is heard to speak."""

    OWN = "own", _("Myself")
    HOSTS = "hosts", _("The hosts")
    MEMBER = "member", _("A member, anonymously")


def seats_of(who: Viewer | Persona | tuple[int, ...] | None) -> MembershipQuerySet:
    """The living memberships of this person, as a subquery."""
    return Membership.objects.living().filter(persona_id__in=ids_of(who))


def keepers(seats: MembershipQuerySet) -> MembershipQuerySet:
    """Those of these seats that carry the duty of talk."""
    return seats.carrying(Membership.Duty.TALK)


class ConversationQuerySet(models.QuerySet["Conversation"]):
    def visible_to(
        self, who: Viewer | Persona | None, *, said: OuterRef | None = None
    ) -> ConversationQuerySet:
        """What this person may read; `rules.may_see` says the same of one conversation.

        With `said`, the moment of a post, whether they may read that post of it.
        """
        seats = seats_of(who)
        # A seat taken after the door was made wider does not see what was said before.
        since = seats.filter(Q(history_from=None) | Q(history_from__lte=OuterRef("started_at")))
        later = seats if said is None else seats.filter(history_from__lte=said)

        def reaching(place: OuterRef) -> Q:
            began = Exists(since.filter(community_id=place))
            return began | Q(Exists(later.filter(community_id=place)), kind=Kind.ROOM)

        here, above = OuterRef("community_id"), OuterRef("community__parent_id")
        shared = Q(Exists(seats.filter(community_id=here)), history_shared=True)
        member = reaching(here) | shared
        from_above = Q(reaching(above), see=SeenBy.PARENT)
        from_above &= ~Q(community__in=Ban.objects.shutting_out(who))
        outside = Q(see=SeenBy.EVERYONE) | from_above
        in_circle = CircleMember.objects.filter(membership__in=seats).values("circle_id")
        return self.filter(
            member | outside,
            Q(arriving=False),
            Q(last_seq__gt=0) | Q(kind=Kind.ROOM) | self._in_the_making(who),
            Q(circle=None) | Q(circle__in=in_circle),
        )

    def listed(self) -> ConversationQuerySet:
        """What lists and counts of what is new show: neither kept out of them nor archived."""
        return self.filter(unlisted_at=None, archived_at=None)

    def _in_the_making(self, who: Viewer | Persona | None) -> Q:
        """Nothing is published yet: its author's and the hosts' only, while anything is in it."""
        post = apps.get_model("talk", "Post")
        posts = post.objects.filter(conversation=OuterRef("pk"))
        kept = keepers(seats_of(who)).filter(community_id=OuterRef("community_id"))
        member = Exists(seats_of(who).filter(community_id=OuterRef("community_id")))
        said = Exists(posts.filter(state__in=post.SAID))
        lives = Exists(posts.filter(state__in=post.LIVING))
        return Q(said, member, started_by__in=ids_of(who)) | Q(lives, Exists(kept))

    def with_seen(self, who: Viewer | Persona | tuple[int, ...] | None) -> ConversationQuerySet:
        """Each row knows `seen`: nothing up to that seq is new to this person.

        What was there before a member came, and what an import brought, is not news;
        to somebody without a seat nothing is.
        """
        seat = seats_of(who).filter(community_id=OuterRef("community_id"))
        position = ReadingPosition.objects.filter(
            conversation=OuterRef("pk"),
            epoch=OuterRef("epoch"),
            persona__in=ids_of(who),
            persona__memberships__community=OuterRef("community_id"),
            persona__memberships__state=Membership.State.LIVING,
        )
        first_news = (
            apps.get_model("talk", "Post")
            .objects.filter(conversation=OuterRef("pk"), seq__isnull=False, brought=False)
            .filter(published_at__gt=OuterRef("seat_since"))
            .order_by("published_at", "seq")
        )
        return self.alias(seat_since=Subquery(seat.values("joined_at")[:1])).annotate(
            seen=Coalesce(
                Subquery(position.values_list(Greatest("read_seq", "from_seq"))[:1]),
                Subquery(first_news.values_list(F("seq") - 1)[:1]),
                F("last_seq"),
            )
        )


class Conversation(models.Model):
    """Something that was started. `see` is copied from the community and only ever narrows."""

    public_id = models.CharField(max_length=18, unique=True, default=new_public_id)
    community = models.ForeignKey(Community, models.CASCADE, related_name="conversations")
    circle = models.ForeignKey(Circle, models.CASCADE, null=True, related_name="conversations")
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.TOPIC)
    title = models.CharField(max_length=120, blank=True)
    """Empty once its author took their words along."""
    see = models.CharField(max_length=10, choices=SeenBy)
    arriving = models.BooleanField(default=False)
    """An import is still filling it: it is not there for anybody yet."""
    history_shared = models.BooleanField(default=False)
    """Hosts opened it to members whose seat began after it."""
    started_by = models.ForeignKey(Persona, models.SET_NULL, null=True, related_name="+")
    voice = models.CharField(max_length=8, choices=Voice, default=Voice.OWN)
    aside_with = models.ForeignKey(Persona, models.SET_NULL, null=True, related_name="+")
    """A member's word to the hosts where members do not meet: theirs and the hosts' for ever."""
    client_key = models.CharField(max_length=40, blank=True)
    started_at = models.DateTimeField(default=timezone.now)
    last_seq = models.PositiveIntegerField(default=0)
    last_post_at = models.DateTimeField(default=timezone.now)
    last_rev = models.PositiveIntegerField(default=0)
    """Raised whenever something that was out already changes: words, reactions, title, lock."""
    epoch = models.PositiveIntegerField(default=1)
    locked_at = models.DateTimeField(null=True)
    pinned_at = models.DateTimeField(null=True)
    unlisted_at = models.DateTimeField(null=True)
    """Since then it is in no list; whoever may read it still finds it by its address."""
    archived_at = models.DateTimeField(null=True)
    """Since then nobody adds to it, hosts included, and it is listed among the archived."""
    slow_seconds = models.PositiveIntegerField(default=0)
    """So long a member waits between two posts; 0 where nobody waits."""
    tagged: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    """The words of its tags, so that lists and pages need not ask; `Tagging` is what counts."""
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    """Where its posts went: its address leads there, and it holds nothing any more."""
    announced_at = models.DateTimeField(null=True)
    """When the hosts asked everybody here to read it; they can once."""

    objects = ConversationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "started_by", "client_key"],
                condition=~Q(client_key=""),
                name="started_once",
            )
        ]
        indexes = [
            models.Index(fields=["community", "-last_post_at", "-id"]),
            models.Index(fields=["community", "-started_at", "-id"]),
            models.Index(
                fields=["community", "-pinned_at"],
                condition=Q(pinned_at__isnull=False),
                name="pinned",
            ),
            models.Index(
                fields=["community", "-last_post_at", "-id"],
                condition=Q(kind="room"),
                name="rooms",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def path(self) -> str:
        return path_of(self.kind, self.public_id)

    @property
    def open_path(self) -> str:
        """The one address that the world is told."""
        return open_path_of(self.kind, self.public_id, self.see, self.title)


class ReadingPosition(models.Model):
    """How far a persona has read: all up to `read_seq`; nothing up to `from_seq` counts.

    Its numbers are those of its epoch; of another epoch than the conversation's it says nothing.
    """

    persona = models.ForeignKey(Persona, models.CASCADE, related_name="reading")
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="readers")
    epoch = models.PositiveIntegerField(default=1)
    read_seq = models.PositiveIntegerField(default=0)
    from_seq = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["persona", "conversation"], name="position_once")
        ]

    def __str__(self) -> str:
        return f"read to {self.read_seq}"
