"""A conversation by its name in the URL, for whoever may read it."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from coterie.core.prepared import prepared
from coterie.personas.viewer import Viewer
from coterie.talk import rules
from coterie.talk.models import Conversation, Draft, Post


def conversation(viewer: Viewer, public_id: str) -> Conversation | None:
    """The one of this name, if this viewer may read it.

    It knows `seen`, up to where nothing is new, whether it holds posts `without_seq`, and
    whether this viewer has `begun` to say something there.
    """
    found = next(iter(_named(public_id, tuple(sorted(viewer.ids)))), None)
    # The rule is the pair of `visible_to`, and what it asks lies in memory already.
    return found if found and rules.may_see(viewer, found) else None


@prepared
def _named(public_id: str, ids: tuple[int, ...]) -> QuerySet[Conversation]:
    unnumbered = Post.objects.filter(conversation=OuterRef("pk"), seq=None)
    found = Conversation.objects.with_seen(ids).filter(public_id=public_id)
    told = found.select_related("community__parent", "started_by")
    begun = Draft.objects.filter(place=public_id, persona__in=ids)
    return told.annotate(without_seq=Exists(unnumbered), begun=Exists(begun))
