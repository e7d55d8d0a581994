"""What people read and press: lists, one page, forms that say kindly what is wrong."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from coterie.communities.actions import keeping_away, shaping
from coterie.communities.models import Membership
from coterie.core.ids import new_public_id
from coterie.gatherings import reads
from coterie.gatherings.actions import arranging
from coterie.gatherings.models import Attendance, Gathering
from coterie.gatherings.tests.conftest import calls, dates, in_days, planned, says
from coterie.talk.actions import keeping_order
from coterie.talk.models import Conversation, Post
from coterie.talk.tests.speaking import fresh

pytestmark = pytest.mark.django_db


def typed(**more):
    """What a browser sends for a gathering in ten days."""
    day = in_days(10)
    said = {
        "title": "Repair table", "source": "Bring a chair.", "day": f"{day:%Y-%m-%d}",
        "begins": "19:00", "ends": "22:00", "zone": "Europe/Berlin", "client_key": "k1",
        "place": "The library", "guests": "0", "voice": "own",
    }  # fmt: skip
    return said | more


def page(person, path):
    answer = person.browser().get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_a_member_calls_one_by_the_form_and_finds_it_everywhere(ines, juno, circle):
    juno.joins(circle, ines)
    path = f"{circle.path}gatherings/"
    assert "Nothing planned yet" in page(juno, path)
    answers = [juno.browser().post(f"{path}new/", typed()) for _ in range(2)]
    assert {answer.status_code for answer in answers} == {302}
    gathering = Gathering.objects.get()
    assert {answer.url for answer in answers} == {gathering.path}
    for where in (path, circle.path, gathering.path):
        told = page(ines, where)
        assert "Repair table" in told
        assert "The library" in told
    assert f'href="{path}"' in page(ines, circle.path)


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"title": " "}, "title", "Give it a title"),
        ({"source": ""}, "source", "few words"),
        ({"day": "soon"}, "day", "no date"),
        ({"day": "2020-01-01"}, "day", "in the past"),
        ({"ends": "18:00"}, "ends", "before it begins"),
        ({"ends": "25:00"}, "ends", "no time of day"),
        ({"zone": "Middle Earth"}, "zone", "do not know this time zone"),
        ({"capacity": "-1"}, "capacity", "At least one"),
        ({"capacity": "many"}, "capacity", "a number"),
        ({"online_link": "javascript:alert(1)"}, "online_link", "no link"),
        ({"map_link": "ftp://x.example/"}, "map_link", "no link"),
        ({"every": "week", "until": "2020-01-01"}, "until", "before it begins"),
        ({"every": "hour"}, "every", "valid choice"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(
    ines, circle, wrong, field, sentence
):
    answer = ines.browser().post(f"{circle.path}gatherings/new/", typed(**wrong))
    assert answer.status_code == 422
    told = answer.content.decode()
    said = re.search(rf'id="id_{field}_error">.*?</svg>([^<]*)', told, re.DOTALL)
    assert said
    assert sentence in said[1]
    kept = typed(**wrong)
    for name in ("title", "place", "zone"):
        assert f'value="{kept[name].strip()}"' in told or kept[name] == " "
    assert not Gathering.objects.exists()


def test_past_midnight_the_last_day_is_another_one(ines, circle):
    day = in_days(10)
    said = typed(begins="22:00", ends="01:00", last_day=f"{day + timedelta(days=1):%Y-%m-%d}")
    assert ines.browser().post(f"{circle.path}gatherings/new/", said).status_code == 302
    (date,) = dates(Gathering.objects.get())
    assert date.ends_at - date.starts_at == timedelta(hours=3)


def test_coming_is_one_press_and_going_back_shows_it(ines, juno, circle, date):
    juno.joins(circle, ines)
    answer = juno.browser().post(f"{date.own_path}attendance/", {"answer": "going"})
    assert answer.url == f"{date.path}#coming"
    told = page(juno, date.path)
    assert re.search(r'value="going" aria-pressed="true"', told)
    assert "1 going" in told
    juno.browser().post(f"{date.own_path}attendance/", {"answer": "going", "before": "60"})
    assert Attendance.objects.get().before == 60
    assert juno.browser().post(f"{date.own_path}attendance/", {"answer": "x"}).status_code == 302


def test_the_talk_beneath_is_that_of_a_topic(ines, juno, circle, evening):
    juno.joins(circle, ines)
    said = {"source": "I bring **biscuits**.", "client_key": "b1", "voice": "own"}
    path = evening.path
    assert juno.browser().post(f"{path}posts/", said).status_code == 302
    told = page(juno, path)
    assert "<strong>biscuits</strong>" in told
    assert f'data-topic="conversation/{evening.conversation.public_id}"' in told
    refused = juno.browser().post(f"{path}posts/", {**said, "source": "", "client_key": "b2"})
    assert refused.status_code == 422
    assert "gather__answers" in refused.content.decode()
    assert Post.objects.filter(conversation=evening.conversation).count() == 2
    keeping_order.lock(fresh(evening.conversation), by=ines.here(circle))
    assert "locked" in page(juno, path)


def test_it_stands_in_no_list_of_topics_but_counts_as_news(ines, juno, circle, evening):
    juno.joins(circle, ines)
    later = calls(ines, circle, planned(in_days(20)), title="Later one")
    assert "Later one" not in page(juno, circle.path)
    assert f'href="{later.path}"' in page(juno, "/talk/")


def test_outsiders_read_what_is_public_and_never_the_link_or_a_name(ines, juno, wren):
    forum = ines.founds("Forum", preset="forum")
    juno.joins(forum, ines)
    link = "https://meet.example/secret"
    date = dates(calls(ines, forum, planned(online_link=link, place="The yard")))[0]
    says(juno, date)
    for outsider in (wren.browser(), type(wren.browser())()):
        told = outsider.get(date.path).content.decode()
        assert "The yard" in told
        assert "1 going" in told
        assert link not in told
        assert juno.here(forum).name not in told
        file = outsider.get(f"/gatherings/{date.gathering.conversation.public_id}/gathering.ics")
        assert link not in file.content.decode()
        assert outsider.get(f"{date.own_path}goers/").status_code == 404
        assert outsider.post(f"{date.own_path}attendance/", {"answer": "going"}).status_code == 403
    assert link in page(juno, date.path)


def test_where_members_alone_see_nothing_is_there_for_others(ines, wren, circle, evening, date):
    browser, conversation = wren.browser(), evening.conversation.public_id
    paths = [
        evening.path, f"{circle.path}gatherings/", f"{circle.path}gatherings/past/",
        f"{circle.path}gatherings/new/", f"{circle.path}gatherings/calendar/",
        f"/gatherings/{conversation}/gathering.ics", f"/gatherings/{conversation}/plan/",
        f"{date.own_path}goers/", f"{date.own_path}plan/", f"{date.own_path}cancellation/",
    ]  # fmt: skip
    assert {browser.get(path).status_code for path in paths} == {404}
    assert browser.post(f"{date.own_path}attendance/", {"answer": "going"}).status_code == 404


def test_the_link_for_goers_is_read_by_goers_and_by_who_arranges(ines, juno, moss, circle):
    for person in (juno, moss):
        person.joins(circle, ines)
    link = "https://meet.example/late"
    date = dates(calls(juno, circle, planned(online_link=link, link_for_goers=True)))[0]
    says(moss, date, "maybe")
    assert link not in page(moss, date.path)
    assert "Who goes reads the link" in page(moss, date.path)
    assert link in page(juno, date.path)
    says(moss, date)
    assert link in page(moss, date.path)


def test_names_are_met_as_everywhere_and_counts_stay_true(ines, juno, moss, wren, circle, date):
    for person in (juno, moss, wren):
        person.joins(circle, ines)
        says(person, date)
    keeping_away.block(moss.seat(circle), by=juno.here(circle))
    Membership.objects.filter(pk=wren.seat(circle).pk).update(hidden=True)

    def named(reader):
        told = page(reader, f"{date.own_path}goers/")
        return [person.name for person in (juno, moss, wren) if f">{person.name}<" in told]

    assert named(juno) == ["juno"]
    assert named(moss) == ["moss"]
    assert named(ines) == ["juno", "moss", "wren"]
    assert "3 going" in page(juno, date.path)


def test_no_place_in_the_list_tells_whether_somebody_comes_whom_one_does_not_meet(
    ines, juno, moss, wren, circle, date
):
    for person in (juno, moss, wren):
        person.joins(circle, ines)
    for person in (wren, moss):
        says(person, date)
    Membership.objects.filter(pk=wren.seat(circle).pk).update(hidden=True)

    def listed(after):
        return ">moss<" in page(juno, f"{date.own_path}goers/?after={after}")

    assert listed(wren.here(circle).public_id) == listed(new_public_id())


def test_where_members_do_not_meet_they_read_no_name_and_no_number(ines, juno, moss, circle, date):
    for person in (juno, moss):
        person.joins(circle, ines)
        says(person, date)
    shaping.reshape(fresh(circle), by=ines.here(circle), members_meet=False)
    told = page(juno, date.path)
    assert "moss" not in told
    assert "2 going" not in told
    assert "Fewer than 10 people" in told
    assert juno.browser().get(f"{date.own_path}goers/").status_code == 403
    assert "2 going" not in page(juno, f"{circle.path}gatherings/")
    assert "moss" in page(ines, f"{date.own_path}goers/")
    assert "2 going" in page(ines, date.path)


def test_what_somebody_calls_whom_one_blocks_stands_in_no_list(ines, juno, moss, circle):
    for person in (juno, moss):
        person.joins(circle, ines)
    calls(moss, circle, title="Not for juno")
    keeping_away.block(moss.seat(circle), by=juno.here(circle))
    assert "Not for juno" not in page(juno, f"{circle.path}gatherings/")
    assert "Not for juno" not in page(juno, circle.path)
    assert "Not for juno" in page(ines, f"{circle.path}gatherings/")


def test_a_series_stands_once_in_the_list_with_its_next_date(ines, circle):
    weekly = calls(ines, circle, planned(every="week", until=in_days(40).date()))
    first, second, *_ = dates(weekly)
    rows = reads.upcoming(ines.viewer, circle).rows
    assert [row["path"] for row in rows] == [first.path]
    arranging.call_off_one(first, by=ines.here(circle))
    rows = reads.upcoming(ines.viewer, circle).rows
    assert [row["path"] for row in rows] == [second.path]
    with time_machine.travel(in_days(40), tick=False):
        assert not reads.upcoming(ines.viewer, circle).rows
        assert len(reads.past(ines.viewer, circle).rows) == 5


def test_lists_are_cut_by_key_and_cost_the_same(ines, juno, circle):
    juno.joins(circle, ines)
    for number in range(3):
        says(juno, dates(calls(ines, circle, planned(in_days(5 + number))))[0])

    def cost(read):
        viewer = juno.viewer
        with CaptureQueriesContext(connection) as caught:
            read(viewer)
        return len(caught)

    def costs():
        return [
            cost(lambda v: reads.upcoming(v, fresh(circle))),
            cost(lambda v: reads.soon(v, fresh(circle))),
            cost(lambda v: reads.past(v, fresh(circle))),
        ]

    few = costs()
    for number in range(40):
        calls(ines, circle, planned(in_days(9 + number // 2)))
    assert costs() == few
    seen, after = [], ""
    while True:
        rows = reads.upcoming(juno.viewer, circle, after)
        seen += [row["path"] for row in rows.rows]
        after = rows.after
        if not after:
            break
    assert len(seen) == len(set(seen)) == 43
    with time_machine.travel(in_days(60), tick=False):
        first = reads.past(juno.viewer, circle)
        second = reads.past(juno.viewer, circle, first.after)
    assert len({row["path"] for row in [*first.rows, *second.rows]}) == 40


def test_one_page_costs_the_same_for_few_who_come_and_for_many(ines, juno, circle):
    gathering = calls(ines, circle, planned(every="week", until=in_days(80).date(), capacity=30))
    date = dates(gathering)[0]
    juno.joins(circle, ines)
    browser = juno.browser()

    def cost():
        browser.get(gathering.path)
        with CaptureQueriesContext(connection) as caught:
            browser.get(gathering.path)
        return len(caught)

    says(juno, date)
    few = cost()
    for number in range(12):
        guest = type(juno)(f"guest{number}")
        guest.joins(circle, ines)
        says(guest, date)
    assert cost() == few


def test_a_home_without_dates_asks_for_none(ines, circle):
    viewer, empty = ines.viewer, fresh(circle)
    with CaptureQueriesContext(connection) as caught:
        assert reads.soon(viewer, empty) is None
    assert not len(caught)


def test_switched_off_it_stays_readable_and_cannot_be_called(ines, juno, circle, evening):
    juno.joins(circle, ines)
    shaping.reshape(fresh(circle), by=ines.here(circle), gatherings=False)
    assert "Repair table" in page(juno, f"{circle.path}gatherings/")
    assert "switched off" in page(juno, evening.path)
    assert juno.browser().get(f"{circle.path}gatherings/new/").status_code == 403
    Conversation.objects.filter(pk=evening.conversation_id).delete()
    assert juno.browser().get(f"{circle.path}gatherings/").status_code == 404


def test_changing_and_calling_off_by_the_forms(ines, juno, circle, evening, date):
    juno.joins(circle, ines)
    says(juno, date)
    browser, path = ines.browser(), f"/gatherings/{evening.conversation.public_id}"
    said = typed(title="Another", begins="20:00", place="The yard")
    assert browser.post(f"{path}/plan/", said).url == evening.path
    assert "The yard" in page(juno, evening.path)
    wrong = browser.post(f"{date.own_path}plan/", typed(ends="03:00"))
    assert wrong.status_code == 422
    assert browser.post(f"{date.own_path}plan/", typed(begins="18:00")).status_code == 302
    named = browser.post(f"{path}/conveners/", {"name": juno.here(circle).name})
    assert named.status_code == 302
    assert juno.here(circle).name in page(ines, f"{path}/conveners/")
    assert browser.post(f"{path}/conveners/", {"name": "nobody"}).status_code == 422
    seat = juno.seat(circle).public_id
    assert browser.post(f"{path}/conveners/{seat}/end/").status_code == 302
    assert browser.get(f"{path}/cancellation/").status_code == 200
    assert browser.post(f"{path}/cancellation/").status_code == 302
    assert "Called off" in page(juno, evening.path)
    assert timezone.now() - fresh(evening).cancelled_at < timedelta(minutes=1)
