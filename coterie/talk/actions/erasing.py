"""Words go for good, or become somebody else's."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from coterie.personas.models import Persona
from coterie.talk import keeping
from coterie.talk.models import Conversation, Draft, Post, Reaction, ReadingPosition


@transaction.atomic
def erase_words(persona_id: int, *, community_id: int | None = None) -> int:
    """This persona's posts are empty and nobody's, here or everywhere; how many there were.

    Their reactions are gone and what they started has no title. A constant number
    of statements, however many posts there are.
    """
    here: dict[str, Any] = {} if community_id is None else {"conversation__community": community_id}
    at: dict[str, Any] = {} if community_id is None else {"community": community_id}
    on = {f"post__{path}": value for path, value in here.items()}
    Reaction.objects.filter(persona=persona_id, **on).delete()
    ReadingPosition.objects.filter(persona=persona_id, **here).delete()
    Draft.objects.filter(persona=persona_id, **at).delete()
    keeping.untitle(persona_id, **at)
    return keeping.empty_posts(persona_id, **here)


@transaction.atomic
def repoint(old: Persona, *, to: Persona) -> int:
    """The words of an imported author are another persona's now; how many posts."""
    Conversation.objects.filter(started_by=old).update(started_by=to)
    same = Reaction.objects.filter(persona=to, post=OuterRef("post"), emoji=OuterRef("emoji"))
    Reaction.objects.filter(Exists(same), persona=old).delete()
    Reaction.objects.filter(persona=old).update(persona=to)
    return Post.objects.filter(persona=old).update(persona=to)


@transaction.atomic
def let_go(persona: Persona) -> int:
    """Its words stay, as those of a former member; how many posts."""
    Conversation.objects.filter(started_by=persona).update(started_by=None)
    Reaction.objects.filter(persona=persona).delete()
    return Post.objects.filter(persona=persona).update(persona=None)
