"""What becomes of words when their author goes: empty places stay, names and words do not."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from coterie.core.keeping import keep
from coterie.media.actions import using
from coterie.talk import rules
from coterie.talk.actions import marking
from coterie.talk.models import (
    BroughtReaction,
    CaughtUp,
    Conversation,
    Draft,
    Post,
    PostState,
    PostVersion,
    Reaction,
    ReadingPosition,
    Removal,
)

HERE = "conversation__community__name"


def empty_posts(persona_id: int | None, **within: Any) -> int:
    """This persona's posts hold no word and no name any more; how many there were.

    `within` narrows it to some posts; photos, versions, reasons and reactions on them go too.
    """
    marking.posts(Q(persona=persona_id, **within))
    posts = Post.objects.filter(persona=persona_id, **within)
    using.let_go(rules.PHOTOS, posts.filter(photos__gt=0).values("pk"))
    for model in (PostVersion, Removal, Reaction, BroughtReaction):
        model.objects.filter(post__in=posts.values("pk")).delete()
    Post.objects.filter(aside_with=persona_id, **within).update(aside_with=None)
    empty = {"source": "", "html": "", "held_because": "", "photos": 0}
    return posts.update(state=PostState.ERASED, persona=None, **empty)


def untitle(persona_id: int | None, **within: Any) -> int:
    """What this persona started has no title and no starter any more."""
    Conversation.objects.filter(aside_with=persona_id, **within).update(aside_with=None)
    started = Conversation.objects.filter(started_by=persona_id, **within)
    return started.update(title="", started_by=None, client_key="")


def _posts(persona_id: int) -> list[dict[str, Any]]:
    rows = Post.objects.filter(persona_id=persona_id).order_by("pk")
    fields = ("public_id", "voice", "state", "source", "created_at", "published_at", "edited_at")
    return [dict(row) for row in rows.values(*fields, "conversation__title", HERE)]


def _versions(persona_id: int) -> list[dict[str, Any]]:
    rows = PostVersion.objects.filter(post__persona=persona_id).order_by("pk")
    return [dict(row) for row in rows.values("post__public_id", "source", "until")]


def _removals(persona_id: int) -> list[dict[str, Any]]:
    """What its author may know of a removal: never which host it was."""
    rows = Removal.objects.filter(post__persona=persona_id).order_by("pk")
    return [dict(row) for row in rows.values("post__public_id", "rule__text", "sentence")]


def _forget_remover(persona_id: int) -> int:
    return Removal.objects.filter(removed_by=persona_id).update(removed_by=None)


def _reactions(persona_id: int) -> list[dict[str, Any]]:
    rows = Reaction.objects.filter(persona_id=persona_id).order_by("pk")
    return [dict(row) for row in rows.values("post__public_id", "emoji")]


def _brought_reactions(persona_id: int) -> list[dict[str, Any]]:
    """How often others answered this persona's posts where they came from."""
    rows = BroughtReaction.objects.filter(post__persona=persona_id).order_by("pk")
    return [dict(row) for row in rows.values("post__public_id", "emoji", "times")]


def _positions(persona_id: int) -> list[dict[str, Any]]:
    rows = ReadingPosition.objects.filter(persona_id=persona_id).order_by("pk")
    return [dict(row) for row in rows.values("conversation__public_id", "read_seq")]


def _caught_up(persona_id: int) -> list[dict[str, Any]]:
    rows = CaughtUp.objects.filter(seat__persona=persona_id).order_by("pk")
    return [dict(row) for row in rows.values("seat__community__name", "until")]


def _started(persona_id: int) -> list[dict[str, Any]]:
    rows = Conversation.objects.filter(started_by=persona_id).order_by("pk")
    return [dict(row) for row in rows.values("public_id", "title", "started_at", "community__name")]


def _drafts(persona_id: int) -> list[dict[str, Any]]:
    rows = Draft.objects.filter(persona_id=persona_id).order_by("pk")
    return [dict(row) for row in rows.values("title", "source", "voice", "community__name")]


keep(
    Conversation,
    why="What others said in it stays readable; it loses its title and its starter.",
    export=_started,
    erase=untitle,
)
keep(
    Post,
    why="A community is what its people say; an empty place keeps the answers in order.",
    export=_posts,
    erase=empty_posts,
)
keep(
    PostVersion,
    why="Readers can see what was changed; hosts can put a removed post back.",
    export=_versions,
    erase=lambda persona_id: PostVersion.objects.filter(post__persona=persona_id).delete()[0],
)
keep(
    Removal,
    why="Its author can read why a post was removed.",
    export=_removals,
    erase=_forget_remover,
)
keep(
    Reaction,
    why="A short answer that others count on.",
    export=_reactions,
    erase=lambda persona_id: Reaction.objects.filter(persona=persona_id).delete()[0],
)
keep(
    BroughtReaction,
    why="What people answered where the post came from; nobody knows here who they are.",
    export=_brought_reactions,
    erase=lambda persona_id: BroughtReaction.objects.filter(post__persona=persona_id).delete()[0],
)
keep(
    CaughtUp,
    why="So that pages look for what is new only where something can be.",
    export=_caught_up,
    erase=lambda persona_id: CaughtUp.objects.filter(seat__persona=persona_id).delete()[0],
)
keep(
    ReadingPosition,
    why="So that a reader finds where they left off; nobody else sees it.",
    export=_positions,
    erase=lambda persona_id: ReadingPosition.objects.filter(persona=persona_id).delete()[0],
)
keep(
    Draft,
    why="So that nothing typed is lost; nobody but its writer sees it.",
    export=_drafts,
    erase=lambda persona_id: Draft.objects.filter(persona=persona_id).delete()[0],
)
