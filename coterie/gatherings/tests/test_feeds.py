"""A calendar address of one's own: what is in it, whom it names, and when it dies."""

import re
from datetime import UTC

import icalendar
import pytest
import recurring_ical_events
from django.test import Client

from coterie.communities.actions import hosting, keeping_away, leaving
from coterie.gatherings.actions import arranging, feeding
from coterie.gatherings.models import Feed
from coterie.gatherings.tests.conftest import calls, dates, in_days, planned, says
from coterie.talk.tests.speaking import fresh

pytestmark = pytest.mark.django_db


def subscribes(person, community, **more):
    seat = person.seat(community)
    token = feeding.renew(seat, by=seat.persona, only_mine=more.get("only_mine", False))
    return f"/calendar/{token}.ics"


def read(path):
    answer = Client().get(path)
    assert answer.status_code == 200
    return icalendar.Calendar.from_ical(answer.content)


def titles(path):
    return sorted(str(event["SUMMARY"]) for event in read(path).walk("VEVENT"))


@pytest.fixture
def juno_in(ines, juno, circle):
    juno.joins(circle, ines)
    return juno


def test_it_shows_what_its_member_sees_and_no_person(ines, juno_in, moss, circle, date):
    moss.joins(circle, ines)
    for person in (juno_in, moss):
        says(person, date)
    path = subscribes(juno_in, circle)
    answer = Client().get(path)
    text = answer.content.decode()
    assert "Repair table" in text
    for person in (ines, juno_in, moss):
        assert person.here(circle).name not in text
        assert person.here(circle).public_id not in text
    assert not re.search("ATTENDEE|ORGANIZER|CONTACT", text)
    assert answer["Content-Type"].startswith("text/calendar")
    assert "noindex" in answer["X-Robots-Tag"]
    assert "Set-Cookie" not in answer.headers


def test_only_its_hash_is_kept_and_a_new_one_ends_the_old(ines, circle, evening):
    old = subscribes(ines, circle)
    token = old.split("/")[2].removesuffix(".ics")
    assert Feed.objects.get().token_hash != token
    assert len(token) == 22
    new = subscribes(ines, circle)
    assert Client().get(old).status_code == 404
    assert titles(new) == ["Repair table"]
    feeding.end(ines.seat(circle), by=ines.here(circle))
    assert Client().get(new).status_code == 404


@pytest.mark.parametrize("way", ["leave", "remove", "ban"])
def test_it_dies_at_once_and_does_not_come_back_to_life(ines, juno_in, circle, evening, way):
    path = subscribes(juno_in, circle)
    seat = juno_in.seat(circle)
    if way == "leave":
        leaving.leave(seat, by=seat.persona)
    elif way == "remove":
        hosting.remove(seat, by=ines.here(circle))
    else:
        hosting.ban(seat, by=ines.here(circle), sentence="No.")
    assert Client().get(path).status_code == 404
    assert not Feed.objects.exists()
    if way == "leave":
        juno_in.joins(circle, ines, persona=seat.persona)
        assert Client().get(path).status_code == 404


def test_somebody_elses_cannot_be_made_or_ended(ines, juno_in, circle):
    subscribes(juno_in, circle)
    for act in (feeding.end, lambda seat, by: feeding.renew(seat, by=by, only_mine=False)):
        with pytest.raises(Exception, match="nothing here"):
            act(juno_in.seat(circle), by=ines.here(circle))
    assert Feed.objects.count() == 1


def test_only_mine_and_never_what_one_does_not_go_to(ines, juno_in, circle):
    said = {"Going": "going", "Maybe": "maybe", "Not": "not", "Unsaid": ""}
    for number, (title, answer) in enumerate(said.items()):
        date = dates(calls(ines, circle, planned(in_days(5 + number)), title=title))[0]
        if answer:
            says(juno_in, date, answer)
    assert titles(subscribes(juno_in, circle)) == ["Going", "Maybe", "Unsaid"]
    assert titles(subscribes(juno_in, circle, only_mine=True)) == ["Going", "Maybe"]


def test_other_communities_and_what_one_does_not_see_are_not_in_it(
    ines, juno_in, moss, circle, evening
):
    other = ines.founds("Dye pot")
    juno_in.joins(other, ines)
    calls(ines, other, title="Elsewhere")
    moss.joins(circle, ines)
    calls(moss, circle, title="From across a block")
    keeping_away.block(moss.seat(circle), by=juno_in.here(circle))
    assert titles(subscribes(juno_in, circle)) == ["Repair table"]


def test_a_calendar_asks_again_cheaply_and_hears_of_changes(ines, circle, evening):
    path = subscribes(ines, circle)
    first = Client().get(path)
    same = Client().get(path, HTTP_IF_NONE_MATCH=first["ETag"])
    assert (same.status_code, same.content) == (304, b"")
    arranging.rearrange(
        fresh(evening), by=ines.here(circle), title="Repair table", plan=planned(place="The yard")
    )
    later = Client().get(path, HTTP_IF_NONE_MATCH=first["ETag"])
    assert later.status_code == 200
    assert later["ETag"] != first["ETag"]
    (event,) = icalendar.Calendar.from_ical(later.content).walk("VEVENT")
    assert (event["SEQUENCE"], event["LOCATION"]) == (1, "The yard")
    arranging.call_off(fresh(evening), by=ines.here(circle))
    (event,) = read(path).walk("VEVENT")
    assert (event["SEQUENCE"], event["STATUS"]) == (2, "CANCELLED")


def test_two_members_feeds_of_one_community_are_the_same_but_for_their_answers(
    ines, juno_in, circle, evening
):
    one, other = (Client().get(subscribes(p, circle)) for p in (ines, juno_in))
    assert one.content == other.content
    assert one["ETag"] == other["ETag"]


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/Santiago", "Asia/Kathmandu", "UTC"])
def test_a_series_reads_in_a_calendar_as_it_reads_here(ines, circle, zone):
    weekly = calls(ines, circle, planned(zone=zone, every="fortnight", until=in_days(200).date()))
    _first, second, third, *_ = dates(weekly)
    by = ines.here(circle)
    arranging.rearrange_one(second, by=by, plan=planned(in_days(25, 15), zone=zone))
    arranging.call_off_one(third, by=by)
    calendar = read(subscribes(ines, circle))
    found = recurring_ical_events.of(calendar).between(in_days(0), in_days(300))
    theirs = sorted(
        (event["DTSTART"].dt.astimezone(UTC), event["DTEND"].dt.astimezone(UTC))
        for event in found
        if event["STATUS"] == "CONFIRMED"
    )
    ours = [(d.starts_at, d.ends_at) for d in dates(weekly) if d.cancelled_at is None]
    assert theirs == ours
    assert len(ours) > 10


def test_dates_of_a_rule_that_was_another_once_stay_in_it(ines, circle):
    weekly = calls(ines, circle, planned(every="week", until=in_days(31).date()))
    second = dates(weekly)[1]
    by = ines.here(circle)
    arranging.rearrange_one(second, by=by, plan=planned(in_days(18)))
    arranging.rearrange(
        fresh(weekly), by=by, title="Repair table",
        plan=planned(in_days(12, 20), every="week", until=in_days(12).date()),
    )  # fmt: skip
    calendar = read(subscribes(ines, circle))
    found = recurring_ical_events.of(calendar).between(in_days(0), in_days(60))
    theirs = sorted(event["DTSTART"].dt.astimezone(UTC) for event in found)
    assert theirs == [d.starts_at for d in dates(weekly) if d.cancelled_at is None]
    assert len(theirs) == 2


def test_the_page_shows_the_address_once(ines, juno_in, wren, circle):
    path = f"{circle.path}gatherings/calendar/"
    browser = juno_in.browser()
    made = browser.post(path, {"only_mine": "mine"}).content.decode()
    address = re.search(r'value="(http[^"]+/calendar/[^"]+\.ics)"', made)[1]
    assert Client().get(re.sub(r"https?://[^/]+", "", address)).status_code == 200
    again = browser.get(path).content.decode()
    assert "/calendar/" not in again.replace("gatherings/calendar/", "")
    assert browser.post(f"{path}end/").status_code == 302
    assert not Feed.objects.exists()
    assert wren.browser().post(path, {}).status_code == 404
    assert wren.browser().post(f"{path}end/").status_code == 404


def test_nonsense_opens_nothing():
    for token in ("x", "a" * 22, "..", "é"):
        assert Client().get(f"/calendar/{token}.ics").status_code == 404
