"""Words go for good, or become somebody else's."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from coterie.media.actions import using
from coterie.personas.models import Persona
from coterie.talk import keeping, rules
from coterie.talk.actions import holding, polling
from coterie.talk.models import (
    Conversation,
    Draft,
    Post,
    Reaction,
    ReadingPosition,
    SavedPost,
    Voice,
)


@transaction.atomic
def erase_words(persona_id: int, *, community_id: int | None = None) -> int:
    """This persona's posts are empty and nobody's, here or everywhere; how many there were.

    Their reactions are gone and what they started has no title. A constant number
    of statements, however many posts there are.
    """
    here: dict[str, Any] = {} if community_id is None else {"conversation__community": community_id}
    at: dict[str, Any] = {} if community_id is None else {"community": community_id}
    on = {f"post__{path}": value for path, value in here.items()}
    holding.of_persona(persona_id, **at)
    Reaction.objects.filter(persona=persona_id, **on).delete()
    polling.unname(persona_id, **on)
    SavedPost.objects.filter(persona=persona_id, **on).delete()
    keeping.untitle(persona_id, **at)
    emptied = keeping.empty_posts(persona_id, **here)
    ReadingPosition.objects.filter(persona=persona_id, **here).delete()
    Draft.objects.filter(persona=persona_id, **at).delete()
    return emptied


@transaction.atomic
def erase_named_words(persona_id: int, *, community_id: int) -> int:
    """The same here and now for what this persona said as itself; how many posts.

    What it said without a name stands: gone in the same second, it would tell whose it was.
    """
    holding.of_persona(persona_id, community=community_id)
    Reaction.objects.filter(persona=persona_id, post__conversation__community=community_id).delete()
    polling.unname(persona_id, post__conversation__community=community_id)
    keeping.untitle(persona_id, community=community_id, voice=Voice.OWN)
    here = {"conversation__community": community_id}
    emptied = keeping.empty_posts(persona_id, voice=Voice.OWN, **here)
    ReadingPosition.objects.filter(persona=persona_id, **here).delete()
    return emptied


def nameless(persona_id: int, *, community_id: int | None = None) -> list[int]:
    """The posts that this persona wrote as "a member" or as one of the hosts."""
    posts = Post.objects.filter(persona=persona_id).exclude(voice=Voice.OWN)
    here = posts if community_id is None else posts.filter(conversation__community=community_id)
    return list(here.values_list("pk", flat=True))


@transaction.atomic
def disown_nameless(persona_id: int) -> int:
    """Nothing says any more who wrote those posts, and every reader sees what they saw."""
    holding.of_persona(persona_id)
    begun = Conversation.objects.filter(started_by=persona_id).exclude(voice=Voice.OWN)
    begun.update(started_by=None)
    posts = Post.objects.filter(persona=persona_id).exclude(voice=Voice.OWN)
    using.disown(rules.PHOTOS, posts.filter(photos__gt=0).values("pk"))
    return posts.update(persona=None)


@transaction.atomic
def erase_post(post_id: int) -> None:
    """This one post is empty and nobody's, and what it began has no title."""
    post = Post.objects.filter(pk=post_id).first()
    if post is None:
        return
    holding.conversation(post.conversation_id)
    keeping.empty_posts(post.persona_id, pk=post.pk)
    Post.objects.filter(pk=post.pk).update(aside_with=None)
    before = Post.objects.filter(conversation=post.conversation_id, pk__lt=post.pk)
    if not before.exists():
        keeping.untitle(post.persona_id, pk=post.conversation_id)


@transaction.atomic
def repoint(old: Persona, *, to: Persona) -> int:
    """The words of an imported author are another persona's now; how many posts."""
    holding.of_persona(old.pk)
    Conversation.objects.filter(started_by=old).update(started_by=to)
    same = Reaction.objects.filter(persona=to, post=OuterRef("post"), emoji=OuterRef("emoji"))
    Reaction.objects.filter(Exists(same), persona=old).delete()
    Reaction.objects.filter(persona=old).update(persona=to)
    return Post.objects.filter(persona=old).update(persona=to)


@transaction.atomic
def let_go(persona: Persona) -> int:
    """Its words stay, as those of a former member; how many posts."""
    holding.of_persona(persona.pk)
    Conversation.objects.filter(started_by=persona).update(started_by=None)
    Reaction.objects.filter(persona=persona).delete()
    polling.unname(persona.pk)
    return Post.objects.filter(persona=persona).update(persona=None)
