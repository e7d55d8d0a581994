"""A conversation by its name in the URL, for whoever may read it."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from coterie.core.prepared import prepared
from coterie.personas.viewer import Viewer
from coterie.talk import rules
from coterie.talk.models import Conversation, Draft, Post, TopicLevel


def conversation(viewer: Viewer, public_id: str) -> Conversation | None:
    """The one of this name, if this viewer may read it.

    It knows `seen`, up to where nothing is new, whether it holds posts `without_seq` that this
    viewer reads, whether they have `begun` to say something there, and at what `level` they
    hear of it.
    """
    found = next(iter(_named(public_id, tuple(sorted(viewer.ids)))), None)
    # The rule is the pair of `visible_to`, and what it asks lies in memory already.
    return found if found and rules.may_see(viewer, found) else None


def successor(viewer: Viewer, public_id: str) -> Conversation | None:
    """What the one of this name was merged into, if this viewer may read it."""
    merged = Conversation.objects.filter(public_id=public_id, merged_into__isnull=False)
    led_to = merged.values_list("merged_into__public_id", flat=True).first()
    return conversation(viewer, led_to) if led_to else None


@prepared
def _named(public_id: str, ids: tuple[int, ...]) -> QuerySet[Conversation]:
    unnumbered = Post.objects.unnumbered_for(ids).filter(conversation=OuterRef("pk"))
    found = Conversation.objects.with_seen(ids).filter(public_id=public_id)
    told = found.select_related("community__parent")
    begun = Draft.objects.filter(place=public_id, persona__in=ids)
    level = TopicLevel.objects.filter(conversation=OuterRef("pk"), persona__in=ids)
    return told.annotate(
        without_seq=Exists(unnumbered),
        begun=Exists(begun),
        level=Subquery(level.values("level")[:1]),
    )
