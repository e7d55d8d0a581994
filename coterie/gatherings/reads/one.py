"""One gathering, one of its dates in sight, and who comes to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, OuterRef, Q, Subquery

from coterie.communities import rules as communities
from coterie.communities.models import Community, Membership
from coterie.core.pages import Page, cut
from coterie.gatherings import rules
from coterie.gatherings.models import (
    COMING,
    Attendance,
    Before,
    Convener,
    Gathering,
    Occurrence,
    Reply,
)
from coterie.gatherings.reads.lists import _exact
from coterie.gatherings.reads.words import moved, repeats, tile
from coterie.personas.viewer import Viewer, ids_of
from coterie.talk.models import Conversation, Voice
from coterie.ui.times import band

SHOWN = 8
DATES = 12
PAGE = 50
WITH_ALL = "gathering__conversation__community__parent"


def gathering(viewer: Viewer, public_id: str) -> Gathering | None:
    """The one of this name, if this viewer may see it."""
    rows = Gathering.objects.select_related("conversation__community__parent")
    found = rows.filter(conversation__public_id=public_id).first()
    return found if found and rules.may_see(viewer, found) else None


def date(viewer: Viewer, public_id: str) -> Occurrence | None:
    """The date of this name, if this viewer may see it."""
    found = Occurrence.objects.select_related(WITH_ALL).filter(public_id=public_id).first()
    return found if found and rules.may_see_date(viewer, found) else None


def detail(viewer: Viewer, conversation: Conversation, asked: Mapping[str, str]) -> dict[str, Any]:
    """What stands above the talk: a date, whether this viewer comes, who else does."""
    found = Gathering.objects.get(conversation=conversation)
    found.conversation = conversation
    dates = _dates(viewer, found)
    shown = _in_sight(dates, asked.get("on", ""))
    shown.gathering = found
    return {
        "gathering": found,
        "date": shown,
        "date_was_chosen": shown.public_id == asked.get("on"),
        "tile": tile(shown.starts_at, shown.ends_at, found.zone),
        "moved": moved(shown.moved_from, found.zone) if shown.moved_from else "",
        "repeats": repeats(found.rule),
        "dates": [_short(each, found, shown) for each in dates if _listed(each, shown)],
        "may_arrange": rules.may_arrange(viewer, found),
        "called_by": _called_by(viewer, found),
        **_mine(viewer, shown),
        **coming(viewer, shown),
    }


def _dates(viewer: Viewer, found: Gathering) -> list[Occurrence]:
    mine = Attendance.objects.filter(occurrence=OuterRef("pk"), persona__in=ids_of(viewer))
    rows = Occurrence.objects.filter(gathering=found).order_by("starts_at")
    return list(rows.annotate(answer=Subquery(mine.values("answer")[:1])))


def _in_sight(dates: list[Occurrence], public_id: str) -> Occurrence:
    """The one that was asked for, else the next that takes place, else the last."""
    for each in dates:
        if each.public_id == public_id:
            return each
    ahead = [each for each in dates if not each.is_over]
    on = [each for each in ahead if each.cancelled_at is None]
    return next(iter([*on, *ahead, *reversed(dates)]))


def _listed(each: Occurrence, shown: Occurrence) -> bool:
    return not each.is_over or each.pk == shown.pk


def _short(each: Occurrence, found: Gathering, shown: Occurrence) -> dict[str, Any]:
    return {
        **tile(each.starts_at, each.ends_at, found.zone),
        "path": f"{found.path}?on={each.public_id}",
        "current": each.pk == shown.pk,
        "off": each.cancelled_at is not None,
        "changed": each.is_changed,
        "answer": each.answer,  # type: ignore[attr-defined]
    }


def _mine(viewer: Viewer, shown: Occurrence) -> dict[str, Any]:
    mine = Attendance.objects.filter(occurrence=shown, persona__in=ids_of(viewer)).first()
    answer = mine.answer if mine else ""
    arranges = bool(rules.may_arrange(viewer, shown.gathering))
    link = rules.may_read_link(viewer, shown, answer, arranges=arranges)
    place = communities.seat(viewer, shown.gathering.conversation.community)
    return {
        "mine": mine,
        "answer": answer,
        "comes": answer in (*COMING, Reply.WAITING),
        "ahead_of_me": _ahead(mine),
        "may_answer": rules.may_answer(viewer, shown),
        "may_rearrange": rules.may_rearrange(viewer, shown),
        "online_link": shown.online_link if link else "",
        "link_later": link.sentence if shown.online_link and place and not link else "",
        "reminders": Before.choices,
        "before": mine.before if mine else Before.DAY,
        "guest_choices": range(shown.gathering.guests + 1),
    }


def _ahead(mine: Attendance | None) -> int:
    """How many wait in front."""
    if mine is None or mine.turn is None:
        return 0
    line = Attendance.objects.filter(occurrence=mine.occurrence_id).in_line()
    return line.filter(turn__lt=mine.turn).count()


def coming(viewer: Viewer, shown: Occurrence) -> dict[str, Any]:
    """How many come, exactly or about, and some of them by name."""
    community = shown.gathering.conversation.community
    counts = Attendance.objects.of_date(shown).aggregate(
        maybe=Count("pk", filter=Q(answer=Reply.MAYBE)),
        waiting=Count("pk", filter=Q(answer=Reply.WAITING)),
    )
    exact = _exact(viewer, community)
    knows = rules.may_know_goers(viewer, community)
    names = list(_faces(viewer, shown, Reply.GOING)[:SHOWN]) if knows and shown.taken else []
    return {
        "exact": exact,
        "going": shown.taken,
        "maybe": counts["maybe"],
        "waiting": counts["waiting"],
        "going_band": band(shown.taken) if shown.taken else "",
        "free": shown.free,
        "full": shown.free == 0 or counts["waiting"] > 0,
        "goers": names,
        "more": max(shown.taken - len(names), 0) if names else 0,
        "knows_goers": bool(knows),
    }


def _faces(viewer: Viewer, shown: Occurrence, answer: str) -> Any:
    met = Attendance.objects.visible_to(viewer).filter(occurrence=shown, answer=answer)
    order = "turn" if answer == Reply.WAITING else "pk"
    fields = ("pk", "persona__name", "persona__seed", "guests", "persona__public_id")
    return met.order_by(order).values(*fields)


def goers(viewer: Viewer, shown: Occurrence, answer: str, after: str = "") -> Page[dict[str, Any]]:
    """Everybody who gave this answer, as far as this viewer meets them."""
    found = _faces(viewer, shown, answer)
    if answer == Reply.WAITING:
        return Page(list(found[:PAGE]))
    # By the persona's public id: a number would tell how much is answered elsewhere.
    # Of somebody whom this viewer does not meet it would tell whether they answered.
    met = Attendance.objects.visible_to(viewer).filter(occurrence=shown)
    last = met.filter(persona__public_id=after)
    if after:
        found = found.filter(pk__gt=Subquery(last.values("pk")[:1]))
    rows = list(found[: PAGE + 1])
    return cut(rows, PAGE, rows[PAGE - 1]["persona__public_id"] if len(rows) > PAGE else "")


def _called_by(viewer: Viewer, found: Gathering) -> list[dict[str, Any]]:
    """Who calls it together, as far as one meets them; nobody where the hosts do."""
    return [
        {"name": seat.persona.name, "seed": seat.persona.seed}
        for seat in convener_seats(viewer, found)
    ]


def convener_seats(viewer: Viewer, found: Gathering) -> list[Membership]:
    """The seats of those who call it together, as far as this viewer meets them."""
    personas = Convener.objects.filter(gathering=found).values("persona")
    seats = Membership.objects.visible_to(viewer).filter(
        community=found.conversation.community_id, persona__in=personas
    )
    return list(seats.select_related("persona").order_by("joined_at", "pk"))


def nameable(viewer: Viewer, found: Gathering, name: str) -> list[Membership]:
    """Members of this name whom this viewer meets and who do not convene it yet."""
    personas = Convener.objects.filter(gathering=found).values("persona")
    seats = Membership.objects.visible_to(viewer).filter(
        community=found.conversation.community_id, persona__name__iexact=name.strip()
    )
    return list(seats.exclude(persona__in=personas).select_related("persona", "community")[:5])


def last_zone(community: Community) -> str:
    """The zone of the latest gathering here; UTC where there was none."""
    rows = Gathering.objects.filter(conversation__community=community).order_by("-pk")
    return rows.values_list("zone", flat=True).first() or "UTC"


def voices(viewer: Viewer, community: Community) -> list[Voice]:
    """In whose name this viewer may call a gathering."""
    return [voice for voice in Voice if rules.may_speak_as(viewer, community, voice)]
