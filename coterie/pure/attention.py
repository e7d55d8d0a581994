"""How often somebody may be interrupted, and what becomes of everything else.

Three promises, over all personas of one person together: on no day of theirs more
interruptions than they set; none in their quiet hours; none of what they muted. What
does not interrupt stands in the list and comes with the digest, at their hour.
Wall clocks are theirs, so a day may have 23 or 25 hours.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import IntEnum, StrEnum
from functools import cache
from zoneinfo import ZoneInfo

MOST_A_DAY = 20
DAY = 24 * 60
BETWEEN = timedelta(hours=12)
"""Two digests are further apart than this, also for somebody who flies around the world."""
FIRST_REACH = timedelta(hours=2)
"""How far back the first digest of a persona reaches at least."""
SETTLED = timedelta(minutes=1)
"""What is younger than this may not be written yet, and waits for the next digest."""
KEPT = timedelta(days=3).total_seconds()
"""How long it is known what has interrupted: longer than any digest reaches back."""


class Urgency(IntEnum):
    """What kind of call on somebody's attention."""

    QUIET = 0
    """Good to know: never more than the digest, unless they follow where it happened."""
    NORMAL = 1
    """Said to them."""
    URGENT = 2
    """About themselves, or about somebody's safety."""


class Level(StrEnum):
    """How much somebody wants to hear from one place."""

    FOLLOW = "follow"
    NORMAL = "normal"
    MUTE = "mute"


class Way(StrEnum):
    """What becomes of one thing."""

    LIST = "list"
    DIGEST = "digest"
    LATER = "later"
    NOW = "now"


@dataclass(frozen=True)
class Wishes:
    """What a person wants; times are minutes after their midnight."""

    a_day: int = 5
    digest_at: int = 18 * 60
    keeps_quiet: bool = True
    quiet_from: int = 21 * 60 + 30
    quiet_to: int = 7 * 60 + 30
    zone: str = "UTC"

    def here(self, at: datetime) -> datetime:
        """That moment on their clock."""
        return at.astimezone(_zone(self.zone))

    def is_quiet(self, at: datetime) -> bool:
        """Whether that moment lies in their quiet hours."""
        clock = self.here(at)
        return self.is_quiet_at(clock.hour * 60 + clock.minute)

    def is_quiet_at(self, minute: int) -> bool:
        """Whether their clock stands in the quiet hours then."""
        if not self.keeps_quiet or self.quiet_from == self.quiet_to:
            return False
        if self.quiet_from < self.quiet_to:
            return self.quiet_from <= minute < self.quiet_to
        return minute >= self.quiet_from or minute < self.quiet_to

    def quiet_end(self, at: datetime) -> datetime:
        """When the quiet hours that hold at that moment are over."""
        today = self.here(at).date()
        ends = (self.moment(today + timedelta(days=n), self.quiet_to) for n in (0, 1))
        return next((end for end in ends if end > at), at + timedelta(hours=1))

    def digest_moment(self, day: date, spread: int = 0) -> datetime:
        """When the digest of that day comes: never in the quiet hours, or it would never come."""
        minute = self.quiet_to if self.is_quiet_at(self.digest_at) else self.digest_at
        base = self.moment(day, minute)
        later = base + timedelta(minutes=spread)
        return base if self.is_quiet(later) else later

    def moment(self, day: date, minute: int) -> datetime:
        """When their clock shows this minute on that day, or would if it did not leap over it."""
        wall = datetime.combine(day, time(minute // 60, minute % 60), _zone(self.zone))
        return wall.astimezone(UTC)


@dataclass(frozen=True)
class Desk:
    """All that is known of one person's attention, whichever persona it was called by."""

    wishes: Wishes = field(default_factory=Wishes)
    day: int = 0
    """Ordinal of the day that `used` counts; it never goes back, whatever zone they are in."""
    used: int = 0
    fired: Mapping[str, float] = field(default_factory=dict)
    """What has interrupted lately, and when it had been told."""
    digested: Mapping[str, float] = field(default_factory=dict)
    """Up to when each persona's digest has reached."""

    def today(self, at: datetime) -> int:
        return max(self.day, self.wishes.here(at).date().toordinal())

    def used_today(self, at: datetime) -> int:
        return self.used if self.today(at) == self.day else 0

    def left(self, at: datetime) -> int:
        return max(self.wishes.a_day - self.used_today(at), 0)


@dataclass(frozen=True)
class Thing:
    """Something that a persona was told; told again later it is another thing."""

    what: str
    persona: str
    told: datetime
    urgency: Urgency


def effective(topic: Level | None, tags: tuple[Level, ...], community: Level | None) -> Level:
    """The nearest wish counts: the topic's own, else that of its tags, else the community's."""
    if topic is not None:
        return topic
    if Level.FOLLOW in tags:
        return Level.FOLLOW
    if Level.MUTE in tags:
        return Level.MUTE
    return community or Level.NORMAL


def decide(desk: Desk, urgency: Urgency, level: Level, at: datetime) -> Way:
    """What becomes of one thing at that moment. The last call of a day is kept for the urgent."""
    if level is Level.MUTE:
        return Way.LIST
    if urgency is Urgency.QUIET and level is not Level.FOLLOW:
        return Way.DIGEST
    urgent = urgency is Urgency.URGENT
    if desk.wishes.is_quiet(at):
        return Way.LATER if urgent and desk.wishes.a_day else Way.DIGEST
    kept = 1 if desk.wishes.a_day > 1 and not urgent else 0
    return Way.NOW if desk.left(at) > kept else Way.DIGEST


def settle(desk: Desk, thing: Thing, level: Level, at: datetime) -> tuple[Desk, Way]:
    """The same, and what interrupts is counted, once; what a digest has told is not told again."""
    told = thing.told.timestamp()
    if desk.fired.get(thing.what) == told or told <= desk.digested.get(thing.persona, 0):
        return desk, Way.LIST
    way = decide(desk, thing.urgency, level, at)
    if way is not Way.NOW:
        return desk, way
    lately = {what: when for what, when in desk.fired.items() if told - when < KEPT}
    fired = {**lately, thing.what: told}
    return replace(desk, day=desk.today(at), used=desk.used_today(at) + 1, fired=fired), way


@dataclass(frozen=True)
class Span:
    """What a digest reaches over, both ends on the clock of the world."""

    since: datetime
    until: datetime


def meet(desk: Desk, persona: str, at: datetime) -> Desk:
    """The same person is called as this persona too; what it was told lately is not lost."""
    if persona in desk.digested:
        return desk
    return _reached(desk, persona, min(_latest(desk.wishes, at, 0), at - FIRST_REACH).timestamp())


def part(desk: Desk, persona: str) -> Desk:
    """They are not that persona any more."""
    left = {name: when for name, when in desk.digested.items() if name != persona}
    return replace(desk, digested=left)


def digest(desk: Desk, persona: str, at: datetime, spread: int = 0) -> tuple[Desk, Span | None]:
    """The digest of this persona that is due now, if one is; then it has been taken.

    `spread` is by how many minutes it comes after the hour, so that those of two personas
    do not come together.
    """
    desk, wishes = meet(desk, persona, at), desk.wishes
    before, today = datetime.fromtimestamp(desk.digested[persona], UTC), wishes.here(at).date()
    if (
        wishes.is_quiet(at)
        or at - before < BETWEEN
        or wishes.here(before + SETTLED).date() >= today
    ):
        return desk, None
    missed = wishes.digest_moment(today - timedelta(days=1), spread) - BETWEEN
    if at < wishes.digest_moment(today, spread) and before >= missed:
        return desk, None
    until = at - SETTLED
    return _reached(desk, persona, until.timestamp()), Span(before, until)


def _latest(wishes: Wishes, at: datetime, spread: int) -> datetime:
    today = wishes.here(at).date()
    days = (today, today - timedelta(days=1))
    return next(
        (each for day in days if (each := wishes.digest_moment(day, spread)) <= at),
        at - timedelta(days=1),
    )


def _reached(desk: Desk, persona: str, until: float) -> Desk:
    return replace(desk, digested={**desk.digested, persona: until})


def folds(desk: Desk, span: Span, what: str, told: datetime) -> bool:
    """Whether the digest over this span tells of something that has not interrupted."""
    return span.since < told <= span.until and desk.fired.get(what) != told.timestamp()


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)
