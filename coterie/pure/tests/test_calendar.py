"""Wall clocks, what comes again, and the file: on both changes of the clock and far from them."""

from datetime import UTC, date, datetime, timedelta
from itertools import islice

import icalendar
import pytest
import recurring_ical_events

from coterie.pure.calendar import ics, recurring, zones
from coterie.pure.calendar.entries import Entry

BERLIN, SANTIAGO, KATHMANDU = "Europe/Berlin", "America/Santiago", "Asia/Kathmandu"


def first(written, begins, n=5, until=None):
    return list(islice(recurring.dates(written, begins, until), n))


def entry(**more):
    facts = {
        "uid": "abc@gatherings.coterie",
        "title": "Repair table",
        "begins": datetime(2026, 3, 21, 19),
        "ends": datetime(2026, 3, 21, 22),
        "zone": BERLIN,
        "changed_at": datetime(2026, 1, 1, tzinfo=UTC),
        "sequence": 3,
    }
    return Entry(**facts | more)


@pytest.mark.parametrize(
    ("zone", "before", "after", "shift"),
    [
        # Berlin puts its clocks forward on 29 March 2026 and back on 25 October.
        (BERLIN, datetime(2026, 3, 28, 19), datetime(2026, 3, 29, 19), -1),
        (BERLIN, datetime(2026, 10, 24, 19), datetime(2026, 10, 25, 19), 1),
        # South of the equator it is the other way round: back in April, forward in September.
        (SANTIAGO, datetime(2026, 4, 4, 19), datetime(2026, 4, 5, 19), 1),
        (SANTIAGO, datetime(2026, 9, 5, 19), datetime(2026, 9, 6, 19), -1),
        (KATHMANDU, datetime(2026, 3, 28, 19), datetime(2026, 3, 29, 19), 0),
    ],
)
def test_seven_in_the_evening_stays_seven_in_the_evening(zone, before, after, shift):
    apart = zones.moment(after, zone) - zones.moment(before, zone)
    assert apart == timedelta(hours=24 + shift)
    assert zones.clock(zones.moment(after, zone), zone) == after


def test_a_quarter_of_an_hour_is_not_lost():
    assert zones.moment(datetime(2026, 5, 1, 18), KATHMANDU) == datetime(
        2026, 5, 1, 12, 15, tzinfo=UTC
    )


def test_the_hour_that_is_skipped_is_known_and_the_one_that_comes_twice_is_its_first():
    skipped, twice = datetime(2026, 3, 29, 2, 30), datetime(2026, 10, 25, 2, 30)
    assert not zones.is_shown(skipped, BERLIN)
    assert zones.clock(zones.moment(skipped, BERLIN), BERLIN) == datetime(2026, 3, 29, 3, 30)
    assert zones.is_shown(twice, BERLIN)
    assert zones.moment(twice, BERLIN) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_zones_are_known_however_they_are_typed_and_strange_ones_are_not():
    assert zones.known(" europe/berlin ") == BERLIN
    assert zones.known("America/New york") == "America/New_York"
    for strange in ("", "Berlin", "../etc/passwd", "posix/Europe/Berlin", "Etc/GMT+5", "Factory"):
        assert zones.known(strange) == ""
    assert {BERLIN, SANTIAGO, KATHMANDU, "UTC"} <= set(zones.names())


def test_each_rule_begins_on_its_first_day_and_is_known_again():
    for day in (date(2026, 1, 31), date(2026, 2, 28), date(2028, 2, 29), date(2026, 5, 13)):
        begins = datetime(day.year, day.month, day.day, 19, 30)
        for how in recurring.Every:
            written = recurring.rule(how, day)
            assert first(written, begins, 1) == [begins], written
            assert recurring.every(written) == how


@pytest.mark.parametrize(
    ("how", "day", "expected"),
    [
        ("week", date(2026, 3, 24), ["03-24", "03-31", "04-07"]),
        ("fortnight", date(2026, 3, 24), ["03-24", "04-07", "04-21"]),
        ("date", date(2026, 1, 31), ["01-31", "02-28", "03-31", "04-30"]),
        ("date", date(2027, 12, 30), ["12-30", "01-30", "02-29", "03-30"]),
        ("day", date(2026, 3, 10), ["03-10", "04-14", "05-12"]),
        ("day", date(2026, 1, 31), ["01-31", "02-28", "03-28"]),
        ("year", date(2028, 2, 29), ["02-29", "02-28", "02-28", "02-28", "02-29"]),
    ],
)
def test_what_comes_again_comes_where_people_expect_it(how, day, expected):
    begins = datetime(day.year, day.month, day.day, 19)
    told = first(recurring.rule(how, day), begins, len(expected))
    assert [each.strftime("%m-%d") for each in told] == expected


def test_the_last_day_is_one_of_them():
    written = recurring.rule("week", date(2026, 3, 24))
    begins = datetime(2026, 3, 24, 19)
    assert len(first(written, begins, 9, until=date(2026, 4, 7))) == 3
    assert len(first(written, begins, 9, until=date(2026, 4, 6))) == 2


def test_the_file_can_be_read_again_and_its_lines_are_short():
    said = "Pots, pans; and “ladles”\\ " + "ä" * 200
    text = ics.written([entry(title=said, place="Über dem Laden", words="https://meet.example/x")])
    assert text.startswith(b"BEGIN:VCALENDAR\r\n")
    assert max(len(line) for line in text.split(b"\r\n")) <= 75
    read = icalendar.Calendar.from_ical(text)
    (event,) = read.walk("VEVENT")
    assert event["SUMMARY"] == said
    assert event["LOCATION"] == "Über dem Laden"
    assert event["DTSTART"].dt.utcoffset() == timedelta(hours=1)
    assert (event["SEQUENCE"], event["STATUS"]) == (3, "CONFIRMED")
    assert [str(zone["TZID"]) for zone in read.walk("VTIMEZONE")] == [BERLIN]
    assert read.to_ical() == text


def test_the_file_explains_both_changes_of_the_clock_by_itself():
    text = ics.written([entry()])
    zone = icalendar.Calendar.from_ical(text).walk("VTIMEZONE")[0].to_tz(lookup_tzid=False)
    for clock in (datetime(2026, 3, 28, 19), datetime(2026, 3, 29, 19), datetime(2026, 10, 26, 19)):
        assert clock.replace(tzinfo=zone).astimezone(UTC) == zones.moment(clock, BERLIN)


def test_what_is_called_off_says_so_and_words_cannot_break_out():
    text = ics.written([entry(is_off=True, title="A\r\nATTENDEE:mailto:x@y.z\x00\x0b")])
    (event,) = icalendar.Calendar.from_ical(text).walk("VEVENT")
    assert event["STATUS"] == "CANCELLED"
    assert "ATTENDEE" not in event
    assert b"\x00" not in text


@pytest.mark.parametrize("zone", [BERLIN, SANTIAGO, KATHMANDU, "UTC"])
@pytest.mark.parametrize("how", [each for each in recurring.Every if each])
def test_another_reader_finds_the_same_dates(zone, how):
    begins = datetime(2026, 1, 31, 19)
    ends = begins + timedelta(hours=2)
    written = recurring.rule(how, begins.date())
    until = date(2027, 6, 1)
    text = ics.written([entry(begins=begins, ends=ends, zone=zone, rule=written, until=until)])
    read = recurring_ical_events.of(icalendar.Calendar.from_ical(text))
    found = read.between(datetime(2026, 1, 1), datetime(2028, 1, 1))
    theirs = sorted(event["DTSTART"].dt.astimezone(UTC) for event in found)
    ours = [zones.moment(each, zone) for each in recurring.dates(written, begins, until)]
    assert theirs == ours
    assert len(ours) > 1


def test_a_date_that_moved_or_is_off_stands_in_the_place_of_its_own():
    begins = datetime(2026, 3, 21, 19)
    weekly = entry(rule=recurring.rule("week", begins.date()), begins=begins)
    moved = entry(
        begins=datetime(2026, 3, 29, 15), ends=datetime(2026, 3, 29, 16),
        instead_of=datetime(2026, 3, 28, 19),
    )  # fmt: skip
    off = entry(
        begins=datetime(2026, 4, 4, 19), ends=datetime(2026, 4, 4, 22),
        instead_of=datetime(2026, 4, 4, 19), is_off=True,
    )  # fmt: skip
    text = ics.written([weekly, moved, off])
    read = recurring_ical_events.of(icalendar.Calendar.from_ical(text))
    found = sorted(
        read.between(datetime(2026, 3, 20), datetime(2026, 4, 12)), key=lambda e: e["DTSTART"].dt
    )
    told = [(e["DTSTART"].dt.strftime("%m-%d %H"), str(e["STATUS"])) for e in found]
    assert told == [
        ("03-21 19", "CONFIRMED"),
        ("03-29 15", "CONFIRMED"),
        ("04-04 19", "CANCELLED"),
        ("04-11 19", "CONFIRMED"),
    ]
