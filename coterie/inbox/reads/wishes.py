"""What a person said they want, and how their day stands."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from coterie.communities.models import Community, Membership
from coterie.inbox import desks, letterboxes
from coterie.inbox.reads.letters import count_folded
from coterie.personas.models import Persona
from coterie.personas.viewer import Viewer
from coterie.pure.attention import Wishes
from coterie.talk import reads as talk
from coterie.talk.models import Tag, TagLevel, key_of


def wishes(viewer: Viewer) -> Wishes:
    """What this person wants; nobody who is not signed in wants anything."""
    return desks.of(viewer.owner).wishes if viewer.owner else Wishes()


def zone(viewer: Viewer) -> str:
    """By which clock this person lives."""
    return wishes(viewer).zone


def today(viewer: Viewer) -> dict[str, Any] | None:
    """How often they were called today, and what waits for their digest. Two queries."""
    if viewer.owner is None:
        return None
    desk, now = desks.of(viewer.owner), timezone.now()
    things, places = count_folded(viewer, desk)
    wanted = desk.wishes
    return {
        "used": desk.used_today(now),
        "a_day": wanted.a_day,
        "calls": [n < desk.used_today(now) for n in range(min(wanted.a_day, 20))],
        "quiet": wanted.keeps_quiet,
        "quiet_now": wanted.is_quiet(now),
        "quiet_from": _clock(wanted.quiet_from),
        "quiet_to": _clock(wanted.quiet_to),
        "zone": wanted.zone.replace("_", " "),
        "digest_at": _clock(wanted.digest_at),
        "things": things,
        "places": places,
    }


def selves(viewer: Viewer) -> list[dict[str, Any]]:
    """My personas with what each hears from where, and whether letters come for it."""
    seats = Membership.objects.living().of(viewer).select_related("community")
    closed = letterboxes.closed(viewer.ids)
    places: dict[int, list[Membership]] = {}
    for seat in seats.order_by("community__name", "pk"):
        places.setdefault(seat.persona_id, []).append(seat)
    return [
        {"persona": each, "seats": places[each.pk], "closed": each.pk in closed}
        for each in viewer.personas
        if each.pk in places
    ]


def tag(viewer: Viewer, community: Community, word: str) -> Tag | None:
    """The tag of this word, if this viewer meets it here."""
    shown = {each["key"]: each["pk"] for each in talk.tags(viewer, community)}
    return Tag.objects.filter(pk=shown.get(key_of(word), 0)).first()


def tag_level(tag: Tag, persona: Persona) -> str:
    """What this persona said of the tag; nothing where it said nothing."""
    said = TagLevel.objects.filter(tag=tag, persona=persona)
    return said.values_list("level", flat=True).first() or ""


def _clock(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02}"
