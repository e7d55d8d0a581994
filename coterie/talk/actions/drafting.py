"""Keeping what is being written until it is sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from coterie.communities.models import Community
from coterie.core.prepared import prepared
from coterie.core.verdict import require
from coterie.personas.models import Persona
from coterie.pure.markup import tidy_note
from coterie.talk import rules
from coterie.talk.models import Conversation, Draft, Planned, Post, Voice, sent_from, tidy_tags

type Place = Community | Conversation | Post | Planned

UNTOUCHED = timedelta(days=180)
KEPT = (
    "community",
    "title",
    "source",
    "note",
    "voice",
    "reply_to",
    "photos",
    "tags",
    "poll",
    "later",
    "opening",
    "refusal",
    "kept_on",
)


@transaction.atomic
def keep(
    place: Place,
    *,
    by: Persona,
    source: str,
    title: str = "",
    note: str = "",
    voice: str = Voice.OWN,
    reply_to: Post | None = None,
    photos: Sequence[str] = (),
    tags: Sequence[str] = (),
    poll: Mapping[str, str] | None = None,
    later: Mapping[str, str] | None = None,
    opening: str = "",
) -> bool:
    """These words wait here for this persona; False when they have been sent meanwhile."""
    require(rules.may_draft(by, community_of(place)))
    if was_sent(place, by=by, opening=opening):
        return False
    if source.strip() or title.strip() or note.strip() or photos or tags or poll or later:
        put(
            place, by=by, source=source, title=title, note=tidy_note(note), voice=voice,
            reply_to=reply_to, photos=list(photos), tags=list(tags), poll=dict(poll or {}),
            later=dict(later or {}), opening=opening,
        )  # fmt: skip
    else:
        clear(place, by=by)
    return True


def put(place: Place, *, by: Persona, **words: object) -> None:
    """The draft of this place says exactly this; called inside an action."""
    row = Draft(persona=by, community=community_of(place), place=place.public_id, **words)
    Draft.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["persona", "place"], update_fields=KEPT
    )


def bring_back(
    place: Place, *, by: Persona, source: str, voice: str, photos: Sequence[str], **words: Any
) -> int:
    """What did not go out waits here, before whatever has been begun since; the draft's id."""
    later = _begun(place, by) or Draft(voice=voice)
    title = words.get("title", "")
    # Of two titles the second is text: neither is lost.
    below = later.title if title and title != later.title else ""
    told = "\n\n".join(filter(None, [source, below, later.source]))
    # Words that were meant for two voices wait until one is chosen for both.
    voice = voice if later.voice == voice else ""
    for name in ("title", "note", "poll", "reply_to", "later", "refusal"):
        words[name] = words.get(name) or getattr(later, name)
    words["tags"] = tidy_tags([*later.tags, *words.get("tags", ())])
    photos = list(dict.fromkeys([*photos, *later.photos]))
    put(place, by=by, source=told, voice=voice, photos=photos, **words)
    return Draft.objects.values_list("pk", flat=True).get(persona=by, place=place.public_id)


@transaction.atomic
def rescue(
    place: Place, *, by: Persona, source: str, voice: str, photos: Sequence[str], **words: Any
) -> None:
    """What was meant for something that is not there any more waits here, before all else.

    Once, however often it was sent.
    """
    require(rules.may_draft(by, community_of(place)))
    later = _begun(place, by)
    if later is not None and f"{later.source}\n\n".startswith(f"{source}\n\n"):
        source = ""
    bring_back(place, by=by, source=source, voice=voice, photos=photos, **words)


def _begun(place: Place, by: Persona) -> Draft | None:
    return Draft.objects.begun(place.public_id, by).first()


def hand_on(place: Place, *, to: Post, by: Persona) -> None:
    """What was begun here is begun there: other words for what has become this post."""
    begun = Draft.objects.filter(persona=by, place=place.public_id)
    begun.update(place=to.public_id, community=community_of(to))


def clear(place: Place, *, by: Persona) -> None:
    """Nothing waits here any more: it was sent, or deleted."""
    for pk in _kept(by.pk, place.public_id):
        Draft.objects.filter(pk=pk).delete()


@prepared
def _kept(by: int, place: str) -> Any:
    return Draft.objects.filter(persona=by, place=place).values_list("pk", flat=True)


def forget(persona_id: int, *, community_id: int) -> None:
    """Nothing of this persona waits in this community."""
    Draft.objects.filter(persona=persona_id, community=community_id).delete()


def was_sent(place: Place, *, by: Persona, opening: str) -> bool:
    """Whether what was written here since this opening of the form has been sent."""
    found = sent_from(opening, place.public_id, by) if opening else ()
    return any(each.exists() for each in found)


def community_of(place: Place) -> Community:
    """Where it is written."""
    if isinstance(place, Post):
        return place.conversation.community
    return place if isinstance(place, Community) else place.community


def forget_old() -> int:
    """Drafts that nobody has touched for half a year, or whose place is gone, are; how many."""
    before = (timezone.now() - UNTOUCHED).date()
    places: tuple[Any, ...] = (Community, Conversation, Post, Planned)
    stands = [Exists(each.objects.filter(public_id=OuterRef("place"))) for each in places]
    homeless = ~stands[0] & ~stands[1] & ~stands[2] & ~stands[3]
    return Draft.objects.filter(Q(kept_on__lt=before) | homeless).delete()[0]
