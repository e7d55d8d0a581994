"""What a member's calendar reads: when, where and a link, and no other person at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import groupby, takewhile
from typing import Any

from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from coterie.communities import rules as communities
from coterie.communities.models import Community, Membership
from coterie.core.ids import hashed
from coterie.gatherings import rules
from coterie.gatherings.models import COMING, Attendance, Feed, Gathering, Occurrence, Reply
from coterie.personas.viewer import Viewer, ids_of
from coterie.pure.calendar import recurring, zones
from coterie.pure.calendar.entries import Entry
from coterie.talk.models import Voice
from coterie.talk.reads.reader import hidden_ids

SINCE = timedelta(days=60)
MOST = 500
MINE = (*COMING, Reply.WAITING)


def feed_of(token: str) -> Feed | None:
    """The feed of this address, as long as its member is one."""
    rows = Feed.objects.select_related("seat__persona", "seat__community__parent")
    here = rows.filter(token_hash=hashed(token), seat__state=Membership.State.LIVING)
    return here.filter(seat__persona__gone=False).first()


def feed_text(feed: Feed, *, origin: str) -> bytes:
    """The calendar of this member: the same bytes until something in it changes."""
    persona, community = feed.seat.persona, feed.seat.community
    viewer = Viewer((persona,), persona)
    rows = _dates(viewer, community).filter(
        ends_at__gt=timezone.now() - SINCE, gathering__conversation__unlisted_at=None
    )
    if feed.only_mine:
        rows = rows.filter(answer__in=MINE)
    else:
        # Who has said nothing has no answer, and to SQL nothing is not different from "not".
        rows = rows.exclude(gathering__rule="", answer__isnull=False, answer=Reply.NOT)
    listed = list(rows.order_by("gathering", "starts_at")[:MOST])
    entries = _entries(viewer, listed, origin, alone=feed.only_mine)
    return _written(entries, name=community.name)


def file_text(viewer: Viewer, gathering: Gathering, *, origin: str) -> bytes:
    """One gathering as a file, with all its dates."""
    rows = _dates(viewer, gathering.conversation.community).filter(gathering=gathering)
    return _written(_entries(viewer, list(rows.order_by("starts_at")[:MOST]), origin))


def _written(entries: Iterable[Entry], *, name: str = "") -> bytes:
    # Its library takes 3 MB of the server and of the worker, and few houses ask for a file soon.
    from coterie.pure.calendar import ics

    return ics.written(entries, name=name)


def _dates(viewer: Viewer, community: Community) -> Any:
    mine = Attendance.objects.filter(occurrence=OuterRef("pk"), persona__in=ids_of(viewer))
    seen = Gathering.objects.visible_to(viewer).filter(
        conversation__community=community, conversation__last_seq__gt=0
    )
    hidden = Q(
        gathering__conversation__voice=Voice.OWN,
        gathering__conversation__started_by__in=hidden_ids(viewer, community),
    )
    found = Occurrence.objects.filter(gathering__in=seen.values("pk")).exclude(hidden)
    known = found.select_related("gathering__conversation__community")
    return known.annotate(answer=Subquery(mine.values("answer")[:1]))


def _entries(
    viewer: Viewer, dates: list[Occurrence], origin: str, *, alone: bool = False
) -> Iterator[Entry]:
    for gathering, rows in groupby(dates, key=lambda each: each.gathering):
        shared = _shared(gathering, origin)
        listed = list(rows)
        if not gathering.rule or alone:
            yield from (_one(viewer, each, shared, alone=alone) for each in listed)
        else:
            yield from _series(viewer, gathering, listed, shared)


def _shared(gathering: Gathering, origin: str) -> Entry:
    talked = gathering.conversation
    return Entry(
        uid=f"{talked.public_id}@gatherings.coterie",
        title=talked.title or _("A gathering"),
        begins=gathering.begins,
        ends=gathering.begins + timedelta(minutes=gathering.lasts),
        zone=gathering.zone,
        changed_at=gathering.changed_at,
        sequence=gathering.sequence,
        place=gathering.place,
        url=f"{origin}{talked.path}",
        is_off=gathering.cancelled_at is not None,
    )


def _one(viewer: Viewer, each: Occurrence, shared: Entry, *, alone: bool) -> Entry:
    """A date by itself; of several from one gathering each has a name of its own."""
    entry = _dated(viewer, each, shared)
    if alone and each.gathering.rule:
        return _by_itself(each, entry)
    return entry


def _series(
    viewer: Viewer, gathering: Gathering, dates: list[Occurrence], shared: Entry
) -> Iterator[Entry]:
    # For all dates at once: who goes to one of them reads its link on the page.
    told = rules.may_read_link(viewer, dates[-1], "", arranges=False)
    words = gathering.online_link if told else ""
    yield replace(shared, rule=gathering.rule, until=gathering.until, words=words)
    known = _of_the_rule(gathering, dates[-1])
    for each in dates:
        clock = zones.clock(each.original_at, gathering.zone)
        if clock not in known:
            # Of a rule that was another once: it stands for itself.
            yield _by_itself(each, _dated(viewer, each, shared))
        elif each.is_changed or each.cancelled_at:
            yield replace(_dated(viewer, each, shared), instead_of=clock)


def _of_the_rule(gathering: Gathering, last: Occurrence) -> set[datetime]:
    end = max(zones.clock(last.original_at, gathering.zone), gathering.begins)
    all_dates = recurring.dates(gathering.rule, gathering.begins, gathering.until)
    return set(takewhile(lambda each: each <= end, all_dates))


def _by_itself(each: Occurrence, entry: Entry) -> Entry:
    return replace(entry, uid=f"{each.public_id}.{entry.uid}")


def _dated(viewer: Viewer, each: Occurrence, shared: Entry) -> Entry:
    return replace(
        shared,
        begins=zones.clock(each.starts_at, shared.zone),
        ends=zones.clock(each.ends_at, shared.zone),
        place=each.place,
        is_off=shared.is_off or each.cancelled_at is not None,
        words=_link(viewer, each),
    )


def _link(viewer: Viewer, each: Occurrence) -> str:
    """The way in online, for whoever may read it without being asked who arranges it."""
    if not each.online_link:
        return ""
    answer = getattr(each, "answer", "") or ""
    return each.online_link if rules.may_read_link(viewer, each, answer, arranges=False) else ""


def has_feed(viewer: Viewer, community: Community) -> Feed | None:
    """This member's own feed here, if they have one."""
    seat = communities.seat(viewer, community)
    return Feed.objects.filter(seat=seat).first() if seat else None
