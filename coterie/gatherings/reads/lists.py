"""The gatherings of a community: those to come, each once, and the dates that have been."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Case, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils import timezone

from coterie.communities import rules as communities
from coterie.communities.models import Community
from coterie.core.pages import Page, cut
from coterie.gatherings.models import Attendance, Occurrence
from coterie.gatherings.reads.words import repeats, tile
from coterie.personas.viewer import Viewer
from coterie.talk.models import Kind, Voice, path_of
from coterie.talk.reads.here import readable, standing
from coterie.talk.reads.reader import hidden_ids
from coterie.ui.times import band

PAGE = 20
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
G, C = "gathering__", "gathering__conversation__"
COLUMNS = (
    "pk", "public_id", "starts_at", "ends_at", "place", "online_link", "capacity", "taken",
    "cancelled_at", f"{G}cancelled_at", f"{G}zone", f"{G}rule", f"{C}title", f"{C}public_id",
    f"{C}last_seq", "answer",
)  # fmt: skip


def upcoming(viewer: Viewer, community: Community, after: str = "") -> Page[dict[str, Any]]:
    """Each gathering with its next date, the soonest first."""
    found = _next(viewer, community).order_by("starts_at", "pk")
    moment, this = _split(after)
    if moment:
        same = Occurrence.objects.filter(public_id=this).values("pk")[:1]
        found = found.filter(Q(starts_at__gt=moment) | Q(starts_at=moment, pk__gt=same))
    return _page(found, community, viewer)


def past(viewer: Viewer, community: Community, before: str = "") -> Page[dict[str, Any]]:
    """Every date that is over, the latest first."""
    here = _here(viewer, community).filter(ends_at__lte=timezone.now())
    found = here.order_by("-starts_at", "-pk")
    moment, this = _split(before)
    if moment:
        same = Occurrence.objects.filter(public_id=this).values("pk")[:1]
        found = found.filter(Q(starts_at__lt=moment) | Q(starts_at=moment, pk__lt=same))
    return _page(found, community, viewer)


def soon(viewer: Viewer, community: Community) -> dict[str, Any] | None:
    """The very next one, for the community's home; no query where there are no dates."""
    if community.gathers_until is None or community.gathers_until <= timezone.now():
        return None
    found = _next(viewer, community).filter(cancelled_at=None, gathering__cancelled_at=None)
    rows = list(found.order_by("starts_at", "pk").values(*COLUMNS)[:1])
    return _row(rows[0], _exact(viewer, community)) if rows else None


def _here(viewer: Viewer, community: Community) -> QuerySet[Occurrence]:
    at = standing(viewer, community.pk, community.parent_id)
    talked = readable(at).filter(kind=Kind.GATHERING, unlisted_at=None)
    hidden = hidden_ids(viewer, community)
    if hidden:
        talked = talked.exclude(voice=Voice.OWN, started_by__in=hidden)
    mine = Attendance.objects.filter(occurrence=OuterRef("pk"), persona=at.me)
    found = Occurrence.objects.filter(gathering__conversation__in=talked.values("pk"))
    return found.annotate(answer=Subquery(mine.values("answer")[:1]))


def _next(viewer: Viewer, community: Community) -> QuerySet[Occurrence]:
    """Of what comes again, the next date that takes place; what is called off until it is over."""
    off = Case(
        When(cancelled_at=None, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    ahead = Occurrence.objects.ahead().filter(gathering=OuterRef("gathering"))
    first = ahead.order_by(off, "starts_at", "pk").values("pk")[:1]
    return _here(viewer, community).filter(ends_at__gt=timezone.now(), pk=Subquery(first))


def _page(
    found: QuerySet[Occurrence], community: Community, viewer: Viewer
) -> Page[dict[str, Any]]:
    rows = list(found.values(*COLUMNS)[: PAGE + 1])
    exact = _exact(viewer, community)
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    told = [_row(row, exact) for row in rows]
    return cut(told, PAGE, _cursor(last) if last else "")


def _exact(viewer: Viewer, community: Community) -> bool:
    """Whether this reader knows how many come, and not only about how many."""
    seat = communities.seat(viewer, community)
    return community.members_meet or (seat is not None and seat.may(seat.Duty.TALK))


def _cursor(row: dict[str, Any]) -> str:
    return f"{(row['starts_at'] - EPOCH) // MICROSECOND:x}-{row['public_id']}"


def _split(after: str) -> tuple[datetime | None, str]:
    moment, _dash, public_id = after.partition("-")
    try:
        return EPOCH + int(moment, 16) * MICROSECOND, public_id
    except (ValueError, OverflowError):
        return None, ""


def _row(row: dict[str, Any], exact: bool) -> dict[str, Any]:
    off = row["cancelled_at"] is not None or row[f"{G}cancelled_at"] is not None
    path = path_of(Kind.GATHERING, row[f"{C}public_id"])
    full = row["capacity"] is not None and row["taken"] >= row["capacity"]
    return {
        **tile(row["starts_at"], row["ends_at"], row[f"{G}zone"]),
        "path": f"{path}?on={row['public_id']}",
        "title": row[f"{C}title"],
        "place": row["place"],
        "online": bool(row["online_link"]),
        "repeats": repeats(row[f"{G}rule"]),
        "off": off,
        "full": full,
        "waits": not row[f"{C}last_seq"],
        "answer": row["answer"],
        "going": row["taken"] if exact else 0,
        "band": "" if exact or not row["taken"] else band(row["taken"]),
    }
