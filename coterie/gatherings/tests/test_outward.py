"""What machines are told of a gathering: what a stranger reads on its page, and no person."""

import json
import re
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from coterie.communities.models import Community
from coterie.gatherings.actions import arranging
from coterie.gatherings.tests.conftest import calls, dates, in_days, planned, says
from coterie.talk.actions import pacing
from coterie.talk.models import Conversation
from coterie.talk.tests.speaking import fresh

pytestmark = pytest.mark.django_db
AT = "https://schema.org/"
LINK = "https://meet.example/secret"


@pytest.fixture
def forum(circle):
    Community.objects.filter(pk=circle.pk).update(
        seen_by="everyone", found_by="everyone", slug="menders", purpose="We mend."
    )
    return fresh(circle)


@pytest.fixture
def table(ines, forum):
    plan = planned(place="The library", map_link="https://map.example/1", online_link=LINK)
    return calls(ines, forum, plan=plan, title="Repair </script> table")


def page_of(path, status=200):
    answer = Client().get(path, follow=True)
    assert answer.status_code == status, path
    return answer.content.decode()


def events(path, status=200):
    page = page_of(path, status)
    assert page.count("</script>") == page.count("<script")
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    return [it for it in map(json.loads, found) if it["@type"] == "Event"]


def event(gathering):
    (it,) = events(gathering.conversation.open_path)
    return it


def test_a_public_gathering_is_an_event_to_which_the_community_invites(ines, forum, table):
    it, date = event(table), dates(table)[0]
    assert it["name"] == "Repair </script> table"
    assert it["description"] == "Bring a chair."
    starts = datetime.fromisoformat(it["startDate"])
    assert starts == date.starts_at
    assert starts.utcoffset() == date.starts_at.astimezone(ZoneInfo("Europe/Berlin")).utcoffset()
    assert datetime.fromisoformat(it["endDate"]) == date.ends_at
    assert it["eventStatus"] == f"{AT}EventScheduled"
    assert it["eventAttendanceMode"] == f"{AT}OfflineEventAttendanceMode"
    assert it["location"] == {
        "@type": "Place",
        "name": "The library",
        "address": "The library",
        "hasMap": "https://map.example/1",
    }
    assert it["organizer"] == {
        "@type": "Organization",
        "name": forum.name,
        "url": f"http://testserver{forum.path}",
    }
    assert it["url"] == f"http://testserver{table.conversation.open_path}"


def test_nobody_who_calls_it_or_comes_and_no_link_is_told(ines, moss, forum, table):
    moss.joins(forum, ines)
    says(moss, dates(table)[0])
    said = json.dumps(event(table))
    for secret in (ines.here(forum).name, moss.here(forum).name, LINK, "Online"):
        assert secret not in said


def test_where_strangers_read_no_place_none_is_told(ines, forum):
    it = event(calls(ines, forum, plan=planned(online_link=LINK)))
    assert not {"location", "eventAttendanceMode"} & it.keys()


def test_called_off_is_said(ines, table):
    arranging.call_off(table, by=ines.here(table.conversation.community))
    assert event(table)["eventStatus"] == f"{AT}EventCancelled"


def test_moved_is_said_and_from_when_also_on_the_page(ines, forum, table):
    began = dates(table)[0].starts_at
    plan = replace(planned(place="The library"), begins=in_days(12), ends=in_days(12, 21))
    arranging.rearrange(table, by=ines.here(forum), title="Repair </script> table", plan=plan)
    it = event(table)
    assert it["eventStatus"] == f"{AT}EventRescheduled"
    assert datetime.fromisoformat(it["previousStartDate"]) == began
    assert "Moved: it was to begin on" in Client().get(table.path, follow=True).content.decode()
    back = planned(place="The library")
    arranging.rearrange(
        fresh(table), by=ines.here(forum), title="Repair </script> table", plan=back
    )
    it = event(table)
    assert (it["eventStatus"], "previousStartDate" in it) == (f"{AT}EventScheduled", False)


def test_of_several_dates_the_next_is_told_where_machines_know_the_page(ines, forum):
    """A page with another date in sight says that it is the bare one, which shows the next."""
    plan = planned(every="week", until=(in_days(40)).date())
    table = calls(ines, forum, plan=plan)
    one, two, *_more = dates(table)
    path = table.conversation.open_path
    assert event(table)["url"].endswith(f"?on={one.public_id}")
    for date in (one, two):
        chosen = f"{path}?on={date.public_id}"
        assert f'rel="canonical" href="http://testserver{path}"' in page_of(chosen)
        assert events(chosen) == []
    assert event(table)["url"] == events(f"{path}?on=nothing")[0]["url"]
    arranging.call_off_one(one, by=ines.here(forum))
    it = event(table)
    assert it["url"].endswith(f"?on={two.public_id}")
    assert datetime.fromisoformat(it["startDate"]) == one.starts_at + timedelta(days=7)


@pytest.mark.parametrize(
    "settings", [{"found_by": "nobody"}, {"seen_by": "members"}, {"orphaned_at": "2026-01-01T00Z"}]
)
def test_of_what_the_world_is_not_told_there_is_no_event(ines, forum, table, settings):
    Community.objects.filter(pk=forum.pk).update(**settings)
    status = 200
    if "seen_by" in settings:
        Conversation.objects.update(see="members")
        status = 404
    for path in (table.conversation.open_path, table.path):
        assert events(path, status) == []


def test_nor_of_one_that_is_out_of_the_list_nor_for_members(ines, forum, table):
    page = ines.browser().get(table.path).content.decode()
    assert "ld+json" not in page
    pacing.unlist(fresh(table.conversation), by=ines.here(forum))
    assert events(table.conversation.open_path) == []
