"""The dates of a gathering: laid out a year ahead, and laid out anew when the rule changes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice

from django.db import transaction
from django.db.models import Exists, F, Max, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from coterie.communities.actions import describing
from coterie.communities.models import Community
from coterie.gatherings.actions import places
from coterie.gatherings.models import Attendance, Gathering, Occurrence
from coterie.gatherings.plans import Misplanned
from coterie.pure.calendar import recurring, zones
from coterie.talk.actions import holding

AHEAD = timedelta(days=400)
MOST = 60
"""Dates of one gathering that are laid out at a time."""


def clocks(gathering: Gathering) -> Iterator[datetime]:
    """What the clock of its zone shows at each date of the rule, perhaps without end."""
    return recurring.dates(gathering.rule, gathering.begins, gathering.until)


def to_come(gathering: Gathering) -> list[datetime]:
    """The next dates of the rule, as what the clock shows."""
    now, horizon = timezone.now(), timezone.now() + AHEAD
    ahead = (each for each in clocks(gathering) if zones.moment(each, gathering.zone) > now)
    near: list[datetime] = []
    for each in islice(ahead, MOST):
        if gathering.rule and near and zones.moment(each, gathering.zone) > horizon:
            break
        near.append(each)
    return near


def lay(gathering: Gathering) -> None:
    """Every date of the rule that is near has its row."""
    rows = [_row(gathering, clock) for clock in to_come(gathering)]
    Occurrence.objects.bulk_create(rows, ignore_conflicts=True)
    note(gathering)


def note(gathering: Gathering) -> None:
    """The community knows until when there are dates in it."""
    community = gathering.conversation.community_id
    dates = Occurrence.objects.filter(gathering__conversation__community=community)
    describing.note_dates(community, dates.aggregate(last=Max("ends_at"))["last"])


def extend_all() -> int:
    """What repeats without end reaches a year ahead again; how many gatherings do."""
    today = timezone.localdate()
    repeats = Gathering.objects.exclude(rule="").filter(cancelled_at=None)
    going_on = repeats.exclude(until__lt=today).select_related("conversation")
    for gathering in going_on:
        with transaction.atomic():
            lay(hold(gathering))
    return len(going_on)


def lay_anew(gathering: Gathering) -> None:
    """Dates to come stand where the rule has them now, and keep whoever comes to them.

    What was changed or called off by itself stays as it is. A date that the rule has no
    more goes, or is called off where somebody would come.
    """
    now = timezone.now()
    of_it = Occurrence.objects.filter(gathering=gathering)
    old = list(of_it.filter(original_at__gt=now).order_by("original_at"))
    behind = set(of_it.filter(original_at__lte=now).values_list("original_at", flat=True))
    rows = (_row(gathering, each) for each in to_come(gathering))
    wanted = {row.original_at: row for row in rows if row.original_at not in behind}
    kept = [(each, wanted.pop(each.original_at)) for each in old if each.original_at in wanted]
    staying = {each.pk for each, _same in kept}
    moved = [each for each in old if each.pk not in staying]
    # In their order, so that whoever comes to the third date comes to the third.
    pairs = list(zip(moved, [wanted[at] for at in sorted(wanted)], strict=False))
    for each, there in [*kept, *pairs]:
        _put(each, there)
        wanted.pop(there.original_at, None)
    _drop([each for each in moved[len(pairs) :] if not _stands_alone(each)])
    Occurrence.objects.bulk_create(wanted.values(), ignore_conflicts=True)
    note(gathering)


def _row(gathering: Gathering, clock: datetime) -> Occurrence:
    ends = clock + timedelta(minutes=gathering.lasts)
    starts_at = zones.moment(clock, gathering.zone)
    return Occurrence(
        gathering=gathering,
        original_at=starts_at,
        starts_at=starts_at,
        # Where the clocks jump over a short one entirely, it still lasts a moment.
        ends_at=max(zones.moment(ends, gathering.zone), starts_at + timedelta(minutes=1)),
        place=gathering.place,
        map_link=gathering.map_link,
        online_link=gathering.online_link,
        capacity=gathering.capacity,
    )


WHEN = ("original_at", "starts_at", "ends_at")
WHERE = ("place", "map_link", "online_link", "capacity")


def _stands_alone(each: Occurrence) -> bool:
    """Whether it was changed or called off by itself, or is about to end."""
    return each.is_changed or each.cancelled_at is not None or each.starts_at <= timezone.now()


def _put(each: Occurrence, there: Occurrence) -> None:
    if _stands_alone(each):
        # It takes the place of another date of the rule now; when it is, it says itself.
        Occurrence.objects.filter(pk=each.pk).update(original_at=there.original_at)
        return
    put(each, {name: getattr(there, name) for name in (*WHEN, *WHERE)})


def put(each: Occurrence, facts: dict[str, object]) -> None:
    """The date is then and there, and whoever can come now does."""
    date = Occurrence.objects.hold(each.pk)
    room = facts.get("capacity", date.capacity)
    if isinstance(room, int) and room < date.taken:
        raise Misplanned(
            "capacity",
            _("%(taken)d places are taken already on one of the dates. Fewer do not fit.")
            % {"taken": date.taken},
        )
    starts_at = facts.get("starts_at", date.starts_at)
    moved = starts_at != date.starts_at
    if moved:
        first = date.moved_from or date.starts_at
        facts = facts | {"moved_from": first if first != starts_at else None}
    Occurrence.objects.filter(pk=date.pk).update(**facts)
    for name, value in facts.items():
        setattr(date, name, value)
    if moved:
        places.remind_anew(date)
    places.settle(date)


def _drop(dates: list[Occurrence]) -> None:
    ids = [each.pk for each in dates]
    answered = Attendance.objects.filter(occurrence=OuterRef("pk"))
    gone = Occurrence.objects.filter(pk__in=ids)
    gone.filter(~Exists(answered)).delete()
    gone.update(cancelled_at=timezone.now())
    Attendance.objects.filter(occurrence__in=ids).update(remind_at=None)


def hold(gathering: Gathering) -> Gathering:
    """It, fresh, and nobody else rearranges it until we commit."""
    Community.objects.hold(gathering.conversation.community_id)
    holding.conversation(gathering.conversation_id)
    Gathering.objects.filter(pk=gathering.pk).update(sequence=F("sequence"))
    found = Gathering.objects.select_related("conversation__community__parent")
    return found.get(pk=gathering.pk)
