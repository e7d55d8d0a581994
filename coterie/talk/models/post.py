"""What was said, by which voice, and what became of it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coterie.communities.models import Rule
from coterie.core.ids import new_public_id
from coterie.personas.models import Persona
from coterie.personas.viewer import ids_of
from coterie.pure.markup import LONGEST_NOTE, RENDERER, Note
from coterie.search.keys import key_of
from coterie.talk.models.conversation import (
    Conversation,
    Voice,
    in_context,
    keepers,
    seats_of,
)

if TYPE_CHECKING:
    from coterie.personas.viewer import Viewer


class PostState(models.TextChoices):
    PUBLISHED = "published", _("Published")
    SCHEDULED = "scheduled", _("Not out yet")
    HELD = "held", _("Waiting for a host")
    RETRACTED = "retracted", _("Taken back by its author")
    REMOVED = "removed", _("Removed by the hosts")
    ERASED = "erased", _("Erased")


SENDING, TAKING_BACK = "talk.sending", "talk.taking-back"
"""What an author may mean to do with a post, and undo until it is due."""

TOMBSTONES = (PostState.RETRACTED, PostState.REMOVED, PostState.ERASED)


SAID_AT = Coalesce("published_at", "created_at")


class PostQuerySet(models.QuerySet["Post"]):
    def visible_to(self, who: Viewer | Persona | None) -> PostQuerySet:
        """What this person may read; `rules.may_read` says the same of one post."""
        said = OuterRef(OuterRef("moment"))
        readable = Conversation.objects.visible_to(who, said=said)
        # EXISTS, not IN: a database must not list all conversations to find one post.
        here = Exists(readable.filter(pk=OuterRef("conversation")))
        return self.alias(moment=SAID_AT).filter(here, shown_to(who))

    def said_since(self, moment: datetime | None) -> PostQuerySet:
        """Those whom a reader meets who reads from this moment on; all without one."""
        if moment is None:
            return self
        return self.filter(
            Q(published_at__gte=moment) | Q(published_at=None, created_at__gte=moment)
        )

    def unnumbered_for(self, who: Viewer | Persona | tuple[int, ...] | None) -> PostQuerySet:
        """Posts without seq that this person reads, in a conversation they read anyway."""
        return self.filter(shown_to(who), seq=None)

    def with_place(self) -> PostQuerySet:
        """Each knows its conversation, where that is, and who said it: all that rules ask."""
        return self.select_related("conversation__community__parent", "persona")

    def with_entry(self) -> PostQuerySet:
        """Each knows the number of its `entry` in the index of words."""
        return self.annotate(entry=key_of(SAID_AT, F("pk")))


def shown_to(who: Viewer | Persona | tuple[int, ...] | None) -> Q:
    """With seq all readers'; held its author's and the hosts'; an aside also its member's.

    What is not out yet is its author's alone.
    """
    ids = ids_of(who)
    member = Q(conversation__community__in=seats_of(who).values("community_id"))
    kept = Q(conversation__community__in=keepers(seats_of(who)).values("community_id"))
    return (
        Q(seq__isnull=False)
        | Q(kept, state__in=Post.LIVING)
        | Q(member, persona__in=ids, state__in=Post.SAID)
        | Q(member, state=PostState.PUBLISHED, aside_with__in=ids)
    )


class Post(models.Model):
    """An utterance. Its `seq` is gapless among what was published to the whole audience."""

    LIVING: ClassVar = (PostState.PUBLISHED, PostState.HELD)
    SAID: ClassVar = (*LIVING, PostState.SCHEDULED)
    """What has words to read; not all of it is there for others."""

    public_id = models.CharField(max_length=18, unique=True, default=new_public_id)
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="posts")
    persona = models.ForeignKey(Persona, models.SET_NULL, null=True, related_name="posts")
    voice = models.CharField(max_length=8, choices=Voice, default=Voice.OWN)
    state = models.CharField(max_length=10, choices=PostState, default=PostState.PUBLISHED)
    held_because = models.CharField(max_length=200, blank=True)
    aside_with = models.ForeignKey(Persona, models.SET_NULL, null=True, related_name="+")
    """Between this member and the hosts; such a post never gets a seq."""
    seq = models.PositiveIntegerField(null=True)
    rev = models.PositiveIntegerField(default=0)
    """The conversation's `last_rev` when this post changed last; 0 while it never did."""
    after_seq = models.PositiveIntegerField(default=0)
    """Where a post without seq stands for those who see it."""
    reply_to = models.ForeignKey("self", models.SET_NULL, null=True, related_name="replies")
    client_key = models.CharField(max_length=40)
    changed_from = models.CharField(max_length=40, blank=True, default="")
    """The opening of the form that was sent last to change it."""
    source = models.TextField(blank=True)
    html = models.TextField(blank=True)
    photos = models.PositiveSmallIntegerField(default=0)
    """How many pictures hang on it: a page asks for them only where there are some."""
    polled = models.BooleanField(default=False)
    """It asks something: a page looks for the poll only then."""
    card = models.TextField(blank=True)
    """What is shown of where its first link leads, as JSON; a page reads it with the post."""
    note = models.CharField(max_length=LONGEST_NOTE, blank=True)
    """Its author's content note; `html` holds the one that is shown and what stands behind it."""
    hosts_note = models.CharField(max_length=LONGEST_NOTE, blank=True)
    """What the hosts put before it: while it is there, the author's own is not shown."""
    renderer = models.PositiveSmallIntegerField(default=1)
    brought = models.BooleanField(default=False)
    """Came with an import: it is news to nobody."""
    source_order = models.BigIntegerField(default=0)
    """Its place in the export it came from, for posts of the same moment."""
    created_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True)
    edited_at = models.DateTimeField(null=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "persona", "client_key"], name="said_once"
            ),
            models.UniqueConstraint(
                fields=["conversation", "client_key"],
                condition=Q(brought=True),
                name="brought_once",
            ),
            models.UniqueConstraint(
                fields=["conversation", "seq"], condition=Q(seq__isnull=False), name="seq_once"
            ),
            models.CheckConstraint(
                condition=Q(seq=None) | ~Q(state__in=("held", "scheduled")) & Q(aside_with=None),
                name="what_is_not_for_all_has_no_seq",
            ),
        ]
        indexes = [
            models.Index(fields=["persona", "conversation"]),
            models.Index(fields=["persona", "created_at"]),
            models.Index(fields=["conversation", "rev"], condition=Q(rev__gt=0), name="changes"),
            models.Index(
                fields=["conversation", "after_seq", "id"],
                condition=Q(seq=None),
                name="unnumbered",
            ),
            # Empty but for a while after the renderer was raised; each raise has its migration.
            models.Index(fields=["id"], condition=Q(renderer__lt=RENDERER), name="drawn_before"),
            models.Index(
                fields=["conversation"],
                condition=~Q(note="", hosts_note=""),
                name="noted",
            ),
            models.Index(
                fields=["conversation", "published_at", "seq"],
                condition=Q(seq__isnull=False, brought=False),
                name="news",
            ),
        ]

    def __str__(self) -> str:
        return f"post {self.public_id}"

    @property
    def path(self) -> str:
        return f"/p/{self.public_id}/"

    @property
    def in_context(self) -> str:
        """Where it stands in its conversation."""
        home = self.conversation
        return in_context(home.kind, home.public_id, self.public_id)

    @property
    def said_at(self) -> datetime:
        """When it was said to its readers; while it waits, when it was written."""
        return self.published_at or self.created_at

    @property
    def noted(self) -> Note:
        """The note that stands before it: the hosts' word for it, or else its author's."""
        return Note(self.hosts_note or self.note, bool(self.hosts_note))

    @property
    def lives(self) -> bool:
        return self.state in self.LIVING


class PostVersion(models.Model):
    """What a post said before it was edited, or before the hosts removed it."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="versions")
    source = models.TextField()
    html = models.TextField()
    until = models.DateTimeField(default=timezone.now)
    about_photos: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    """What became different then about its pictures; none of them, and no words of theirs."""

    def __str__(self) -> str:
        return f"before {self.until}"


class Removal(models.Model):
    """Why the hosts took a post away; nobody but hosts learns which of them."""

    post = models.OneToOneField(Post, models.CASCADE, related_name="removal")
    rule = models.ForeignKey(Rule, models.SET_NULL, null=True, related_name="+")
    sentence = models.CharField(max_length=500, blank=True)
    removed_by = models.ForeignKey(Persona, models.SET_NULL, null=True, related_name="+")
    removed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"removal of {self.post}"


class Reaction(models.Model):
    """One persona's one emoji on one post."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="reactions")
    persona = models.ForeignKey(Persona, models.CASCADE, related_name="reactions")
    emoji = models.CharField(max_length=24)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "persona", "emoji"], name="reaction_once")
        ]

    def __str__(self) -> str:
        return self.emoji


class BroughtReaction(models.Model):
    """How many people gave a brought post this emoji elsewhere; nobody knows here who they are."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="brought_reactions")
    emoji = models.CharField(max_length=24)
    times = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "emoji"], name="brought_reaction_once")
        ]

    def __str__(self) -> str:
        return f"{self.emoji} {self.times}"


class HiddenPost(models.Model):
    """A post that one reader put out of sight; for the anonymous voice the only kind of block."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="hidden_from")
    persona = models.ForeignKey(Persona, models.CASCADE, related_name="hidden_posts")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["persona", "post"], name="hidden_once")]

    def __str__(self) -> str:
        return "a hidden post"
