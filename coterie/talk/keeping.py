"""What becomes of words when their author goes: empty places stay, names and words do not."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from coterie.core.keeping import keep
from coterie.media.actions import using
from coterie.personas.models import Intention
from coterie.talk import glimpse_rules, rules
from coterie.talk.actions import holding, indexing, marking, polling
from coterie.talk.models import (
    SAYING_AS_PLANNED,
    Ballot,
    BroughtReaction,
    CaughtUp,
    Conversation,
    Draft,
    Frame,
    Glimpse,
    Greeting,
    Planned,
    Poll,
    Post,
    PostState,
    PostVersion,
    Reaction,
    ReadingPosition,
    Removal,
    SavedPost,
    Tag,
    Tagging,
    TagLevel,
    TopicLevel,
)

HERE = "conversation__community__name"
OF_THE_TOPIC = ("conversation__title", HERE)


def empty_posts(persona_id: int | None, **within: Any) -> int:
    """This persona's posts hold no word and no name any more; how many there were.

    `within` narrows it to some posts; photos, versions, reasons and reactions on them go too.
    """
    marking.posts(Q(persona=persona_id, **within))
    posts = Post.objects.filter(persona=persona_id, **within)
    indexing.drop_posts(posts)
    using.let_go(rules.PHOTOS, posts.filter(photos__gt=0).values("pk"))
    using.let_go(glimpse_rules.PICTURES, posts.exclude(card="").values("pk"))
    for model in (PostVersion, Removal, Reaction, BroughtReaction, Glimpse):
        model.objects.filter(post__in=posts.values("pk")).delete()
    Post.objects.filter(aside_with=persona_id, **within).update(aside_with=None)
    Poll.objects.filter(post__in=posts.filter(polled=True).values("pk")).delete()
    empty = dict.fromkeys(("source", "note", "hosts_note", "html", "held_because", "card"), "")
    return posts.update(state=PostState.ERASED, persona=None, photos=0, polled=False, **empty)


def untitle(persona_id: int | None, **within: Any) -> int:
    """What this persona started has no title, no tags and no starter any more."""
    mine = Q(aside_with=persona_id) | Q(started_by=persona_id)
    holding.conversations(Conversation.objects.filter(mine, **within))
    Conversation.objects.filter(aside_with=persona_id, **within).update(aside_with=None)
    started = Conversation.objects.filter(started_by=persona_id, **within)
    indexing.drop_titles(started)
    bore = Tagging.objects.filter(conversation__in=started.values("pk"))
    brought = list(bore.filter(tag__by_hosts=False).values_list("tag", flat=True))
    bore.delete()
    Tag.objects.filter(pk__in=brought, taggings=None).delete()
    return started.update(title="", tagged=[], started_by=None, client_key="")


def _posts(persona_id: int) -> list[dict[str, Any]]:
    rows = Post.objects.filter(persona_id=persona_id).order_by("pk")
    said = ("voice", "state", "note", "hosts_note", "source")
    times = ("created_at", "published_at", "edited_at")
    return [dict(row) for row in rows.values("public_id", *said, *times, *OF_THE_TOPIC)]


def _versions(persona_id: int) -> list[dict[str, Any]]:
    rows = PostVersion.objects.filter(post__persona=persona_id).order_by("pk")
    return [dict(row) for row in rows.values("post__public_id", "source", "until", "about_photos")]


def _glimpses(persona_id: int) -> list[dict[str, Any]]:
    rows = Glimpse.objects.filter(post__persona=persona_id).order_by("pk")
    return [dict(row) for row in rows.values("post__public_id", "post__card", "put_away")]


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


def _polls(persona_id: int) -> list[dict[str, Any]]:
    rows = Poll.objects.filter(post__persona=persona_id).order_by("pk")
    fields = ("kind", "options", "named", "shown", "closes_at", "tally")
    return [dict(row) for row in rows.values("post__public_id", *fields)]


def _ballots(persona_id: int) -> list[dict[str, Any]]:
    """What this persona is seen to have chosen; of other ballots nothing says whose they are."""
    rows = Ballot.objects.filter(persona_id=persona_id).values_list(
        "poll__post__public_id", "choices", "poll__options"
    )
    return [
        {"post__public_id": post, "chosen": [options[place] for place in choices]}
        for post, choices, options in rows
    ]


def _positions(persona_id: int) -> list[dict[str, Any]]:
    rows = ReadingPosition.objects.filter(persona_id=persona_id).order_by("pk")
    return [dict(row) for row in rows.values("conversation__public_id", "read_seq")]


def _caught_up(persona_id: int) -> list[dict[str, Any]]:
    rows = CaughtUp.objects.filter(seat__persona=persona_id).order_by("pk")
    return [dict(row) for row in rows.values("seat__community__name", "until")]


def _started(persona_id: int) -> list[dict[str, Any]]:
    rows = Conversation.objects.filter(started_by=persona_id).order_by("pk")
    return [dict(row) for row in rows.values("public_id", "title", "started_at", "community__name")]


def _levels(persona_id: int) -> list[dict[str, Any]]:
    rows = TopicLevel.objects.filter(persona_id=persona_id).order_by("pk")
    return [dict(row) for row in rows.values("conversation__title", "level", HERE)]


def _tag_levels(persona_id: int) -> list[dict[str, Any]]:
    rows = TagLevel.objects.filter(persona_id=persona_id).order_by("pk")
    return [dict(row) for row in rows.values("tag__word", "level", "tag__community__name")]


WORDS = ("title", "note", "source", "voice", "tags", "poll", "photos", "refusal")
"""What somebody wrote, and what became of it; photos by the names that they have here."""


def _drafts(persona_id: int) -> list[dict[str, Any]]:
    rows = Draft.objects.filter(persona_id=persona_id).order_by("pk")
    where = ("place", "reply_to__public_id", "community__name", "later")
    return [dict(row) for row in rows.values(*WORDS, *where)]


def _planned(persona_id: int) -> list[dict[str, Any]]:
    rows = Planned.objects.filter(persona_id=persona_id).with_due().order_by("pk")
    where = ("due", "conversation__public_id", "community__name")
    return [dict(row) for row in rows.values(*WORDS, *where)]


def _erase_planned(persona_id: int) -> int:
    Intention.objects.filter(kind=SAYING_AS_PLANNED, persona=persona_id).delete()
    return Planned.objects.filter(persona=persona_id).delete()[0]


def _saved(persona_id: int) -> list[dict[str, Any]]:
    rows = SavedPost.objects.filter(persona_id=persona_id).order_by("pk")
    return [dict(row) for row in rows.values("post__public_id", "note", "saved_on")]


keep(
    SavedPost,
    why="So that one finds a post again; nobody else sees it.",
    export=_saved,
    erase=lambda persona_id: SavedPost.objects.filter(persona=persona_id).delete()[0],
)
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
    Glimpse,
    why="So that readers see what a link leads to without being seen there.",
    export=_glimpses,
    erase=lambda persona_id: Glimpse.objects.filter(post__persona=persona_id).delete()[0],
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
    Poll,
    why="What its author asked; it goes with the post that it stands on.",
    export=_polls,
    erase=lambda persona_id: Poll.objects.filter(post__persona=persona_id).delete()[0],
)
keep(
    Ballot,
    why="Others were told the count, so it stands; a name that stood beside it goes.",
    export=_ballots,
    erase=polling.unname,
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
keep(
    Planned,
    why="So that it goes out at the time that its author chose; nobody else sees it before.",
    export=_planned,
    erase=_erase_planned,
)
keep(Frame, why="the community's own words", export=None, erase=None)
keep(Greeting, why="the community's own words", export=None, erase=None)
keep(Tag, why="the community's own words", export=None, erase=None)
keep(
    Tagging,
    why="Where a topic is listed; it goes with the topic's title.",
    export=None,
    erase=None,
)
keep(
    TopicLevel,
    why="So that a person hears of a topic as much as they want to.",
    export=_levels,
    erase=lambda persona_id: TopicLevel.objects.filter(persona=persona_id).delete()[0],
)
keep(
    TagLevel,
    why="So that a person hears of a tag as much as they want to.",
    export=_tag_levels,
    erase=lambda persona_id: TagLevel.objects.filter(persona=persona_id).delete()[0],
)
