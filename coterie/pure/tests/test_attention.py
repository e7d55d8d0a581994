"""Never more than was wished, never in quiet hours, never what was muted; nothing is lost."""

import heapq
import random
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from coterie.pure import attention
from coterie.pure.attention import Desk, Level, Thing, Urgency, Way, Wishes

ZONES = (
    "UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata",
    "Pacific/Apia", "America/Sao_Paulo", "Africa/Casablanca",
)  # fmt: skip
# Around the days on which clocks leap, both ways and on both halves of the globe.
STARTS = tuple(
    datetime(2026, month, day, tzinfo=UTC)
    for month, day in ((3, 7), (3, 28), (4, 3), (6, 15), (10, 3), (10, 23), (10, 31))
)
STREAMS = 10_000


class Life:
    """A few days of one person, and a witness that counts for itself."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self.desk = Desk(some_wishes(dice))
        self.personas = [f"p{n}" for n in range(dice.randint(1, 3))]
        self.spreads = {name: dice.randrange(45) for name in self.personas}
        self.start = dice.choice(STARTS)
        self.told = {name: {} for name in self.personas}
        self.fired, self.days, self.letters, self.muted = Counter(), Counter(), Counter(), set()
        self.sent = Counter()
        self.begun = self.start - timedelta(hours=2)

    def live(self, things: int, days: int) -> None:
        queue = []
        for n in range(things):
            at = self.start + timedelta(minutes=self.dice.randrange(days * 1440))
            heapq.heappush(queue, (at, n, self.something(n, at)))
        for n in range(days * 12 + 40):
            at = self.start + timedelta(minutes=self.dice.randrange(120) + n * 120)
            heapq.heappush(queue, (at, -n - 1, None))
        while queue:
            at, n, thing = heapq.heappop(queue)
            if thing is None:
                self.tick(at)
            elif self.meet(thing, at) is Way.LATER:
                again = self.desk.wishes.quiet_end(at)
                assert again > at
                heapq.heappush(queue, (again, n, thing))

    def something(self, n, at):
        name, level = self.dice.choice(self.personas), self.dice.choice([*Level, Level.NORMAL])
        what = f"{n}@{int(at.timestamp())}"
        if level is Level.MUTE:
            self.muted.add(what)
        else:
            self.told[name][what] = at
        return Thing(what, name, at, self.dice.choice(list(Urgency))), level

    def meet(self, told, at):
        thing, level = told
        for _ in range(self.dice.choice((1, 1, 2))):  # a task may run twice
            self.desk, way = attention.settle(self.desk, thing, level, at)
            if way is Way.NOW:
                self.fires(thing.what, at)
        return way

    def fires(self, what, at):
        wishes = self.desk.wishes
        self.fired[what] += 1
        clock = at.astimezone(ZoneInfo(wishes.zone))
        self.days[clock.date()] += 1
        assert self.days[clock.date()] <= wishes.a_day
        assert not quiet(wishes, clock)

    def tick(self, at):
        if self.dice.random() < 0.02:
            changed = some_wishes(self.dice)
            self.desk = replace(self.desk, wishes=replace(changed, zone=self.desk.wishes.zone))
        for name in self.personas:
            self.desk, span = attention.digest(self.desk, name, at, self.spreads[name])
            if span:
                clock = at.astimezone(ZoneInfo(self.desk.wishes.zone))
                self.sent[name, clock.date()] += 1
                assert not quiet(self.desk.wishes, clock)
                known = [(what, when) for what, when in self.told[name].items() if when <= at]
                self.letters.update(
                    what for what, when in known if attention.folds(self.desk, span, what, when)
                )


def some_wishes(dice) -> Wishes:
    begin = dice.randrange(96) * 15
    return Wishes(
        a_day=dice.choice((0, 1, 2, 3, 5, 20)),
        digest_at=dice.randrange(96) * 15,
        keeps_quiet=dice.random() < 0.8,
        quiet_from=begin,
        quiet_to=(begin + dice.randrange(81) * 15) % 1440,
        zone=dice.choice(ZONES),
    )


def quiet(wishes, clock) -> bool:
    """Said again in other words than the code's."""
    if not wishes.keeps_quiet:
        return False
    minute = clock.hour * 60 + clock.minute
    into, length = (minute - wishes.quiet_from) % 1440, (wishes.quiet_to - wishes.quiet_from) % 1440
    return into < length


def test_ten_thousand_lives():
    interrupted = folded = kept = 0
    for seed in range(STREAMS):
        life = Life(random.Random(seed))
        life.live(things=life.dice.randint(1, 30), days=3)
        assert not life.muted & (set(life.fired) | set(life.letters)), seed
        assert max(life.fired.values(), default=1) == 1, seed
        assert max(life.sent.values(), default=1) == 1, seed
        for name in life.personas:
            for what in life.told[name]:
                # Once, one way or the other.
                assert life.fired[what] + life.letters[what] == 1, (seed, what)
        interrupted += len(life.fired)
        folded += len(life.letters)
        kept += len(life.muted)
    assert min(interrupted, folded, kept) > STREAMS


@pytest.mark.parametrize(
    "broken",
    [
        lambda desk, thing, level, at: (desk, Way.NOW),
        lambda desk, thing, level, at: (desk, Way.LIST),
    ],
)
def test_the_witness_catches_a_broken_dispatcher(broken, monkeypatch):
    monkeypatch.setattr(attention, "settle", broken)
    monkeypatch.setattr(attention, "digest", lambda desk, *more: (desk, None))
    lives = [Life(random.Random(seed)) for seed in range(5)]
    with pytest.raises(AssertionError):
        for life in lives:
            life.live(things=20, days=3)
            assert not life.muted & set(life.fired)
            assert all(life.fired[what] for name in life.personas for what in life.told[name])


def answer(what: str, urgency=Urgency.NORMAL) -> Thing:
    return Thing(what, "p", at("2026-06-01 11:00"), urgency)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Berlin"))


BERLIN = Wishes(zone="Europe/Berlin")


def test_an_answer_calls_and_the_last_call_is_kept_for_the_urgent():
    desk, noon = Desk(replace(BERLIN, a_day=3)), at("2026-06-01 12:00")
    ways = []
    for n in range(4):
        desk, way = attention.settle(desk, answer(f"a{n}"), Level.NORMAL, noon)
        ways.append(way)
    assert ways == [Way.NOW, Way.NOW, Way.DIGEST, Way.DIGEST]
    assert attention.decide(desk, Urgency.URGENT, Level.NORMAL, noon) is Way.NOW
    desk, _ = attention.settle(desk, answer("u", Urgency.URGENT), Level.NORMAL, noon)
    assert attention.decide(desk, Urgency.URGENT, Level.NORMAL, noon) is Way.DIGEST
    assert attention.decide(desk, Urgency.NORMAL, Level.NORMAL, at("2026-06-02 12:00")) is Way.NOW


def test_nobody_is_called_who_wants_none():
    desk = Desk(replace(BERLIN, a_day=0))
    for urgency in Urgency:
        assert attention.decide(desk, urgency, Level.FOLLOW, at("2026-06-01 12:00")) is Way.DIGEST


def test_what_is_urgent_waits_for_the_morning_and_the_rest_for_the_evening():
    desk, night = Desk(BERLIN), at("2026-06-01 23:10")
    assert attention.decide(desk, Urgency.URGENT, Level.NORMAL, night) is Way.LATER
    assert attention.decide(desk, Urgency.NORMAL, Level.FOLLOW, night) is Way.DIGEST
    assert BERLIN.quiet_end(night) == at("2026-06-02 07:30")


@pytest.mark.parametrize(
    ("night", "morning"),
    [("2026-03-28 23:00", "2026-03-29 07:30"), ("2026-10-24 23:00", "2026-10-25 07:30")],
)
def test_the_night_in_which_clocks_leap_ends_by_the_wall(night, morning):
    assert BERLIN.quiet_end(at(night)) == at(morning)


def test_a_quiet_matter_calls_only_those_who_follow():
    noon = at("2026-06-01 12:00")
    for level, way in ((Level.FOLLOW, Way.NOW), (Level.NORMAL, Way.DIGEST), (Level.MUTE, Way.LIST)):
        assert attention.decide(Desk(BERLIN), Urgency.QUIET, level, noon) is way


def test_the_nearest_wish_counts():
    follow, normal, mute = Level.FOLLOW, Level.NORMAL, Level.MUTE
    assert attention.effective(follow, (mute,), mute) is follow
    assert attention.effective(normal, (follow,), mute) is normal
    assert attention.effective(None, (mute, follow), normal) is follow
    assert attention.effective(None, (mute, normal), follow) is mute
    assert attention.effective(None, (), mute) is mute
    assert attention.effective(None, (), None) is normal


def test_who_travels_gets_no_second_budget_for_the_same_day():
    desk = Desk(replace(BERLIN, a_day=1, zone="Pacific/Auckland", keeps_quiet=False))
    desk, way = attention.settle(desk, answer("a"), Level.NORMAL, at("2026-06-01 20:00"))
    assert way is Way.NOW
    home = replace(desk, wishes=replace(desk.wishes, zone="America/New_York"))
    assert (
        attention.decide(home, Urgency.URGENT, Level.NORMAL, at("2026-06-01 21:00")) is Way.DIGEST
    )


def test_a_digest_hour_in_the_quiet_hours_comes_after_them():
    desk = Desk(replace(BERLIN, digest_at=23 * 60))
    for early in ("2026-06-01 12:00", "2026-06-01 23:30"):
        desk, span = attention.digest(desk, "p", at(early))
        assert span is None
    assert attention.digest(desk, "p", at("2026-06-02 07:31"))[1] is not None


def test_a_digest_that_was_slept_through_comes_late_and_the_next_at_its_hour():
    desk, _ = attention.digest(Desk(BERLIN), "p", at("2026-06-01 12:00"))
    desk, late = attention.digest(desk, "p", at("2026-06-02 09:00"))
    assert late is not None
    for n in range(9 * 4 + 1, 43 * 4):  # every quarter of an hour until the next day at 18:00
        moment = at("2026-06-02 00:00") + timedelta(minutes=15 * n)
        desk, span = attention.digest(desk, "p", moment)
        assert (span is not None) == (moment == at("2026-06-03 18:00")), moment
        if span:
            break
    assert span is not None
    assert span.since == late.until


def test_two_digests_of_a_day_are_one():
    desk, _ = attention.digest(Desk(BERLIN), "p", at("2026-06-01 09:00"), 5)
    assert attention.digest(desk, "p", at("2026-06-01 18:04"), 5)[1] is None
    desk, span = attention.digest(desk, "p", at("2026-06-01 18:05"), 5)
    assert span is not None
    assert attention.digest(desk, "p", at("2026-06-01 19:00"), 5)[1] is None
    _, next_day = attention.digest(desk, "p", at("2026-06-02 18:05"), 5)
    assert next_day is not None
    assert next_day.since == span.until
