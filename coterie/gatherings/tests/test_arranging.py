"""Calling people together, changing it and calling it off: who may, what stays, who is told."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from coterie.communities.actions import hosting, keeping_away, leaving, shaping
from coterie.communities.models import Community
from coterie.core.verdict import Refused
from coterie.gatherings import rules
from coterie.gatherings.actions import arranging, convening, dating, forgetting, reminding
from coterie.gatherings.models import Attendance, Convener, Gathering, Occurrence
from coterie.gatherings.plans import Misplanned
from coterie.gatherings.tests.conftest import calls, dates, in_days, planned, says
from coterie.inbox.kinds import KINDS
from coterie.inbox.models import Notification
from coterie.pure.calendar import zones
from coterie.safety.models import AuditFact
from coterie.talk.actions import posting
from coterie.talk.models import Conversation, Post
from coterie.talk.tests.speaking import fresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


def told(person, circle):
    rows = Notification.objects.filter(persona=person.here(circle)).order_by("pk")
    return list(rows.filter(kind__startswith="gathering").values_list("kind", flat=True))


def clocks(gathering):
    rows = Occurrence.objects.filter(gathering=gathering, cancelled_at=None).order_by("starts_at")
    return [zones.clock(each.starts_at, gathering.zone) for each in rows]


def test_it_is_a_conversation_with_a_date_and_lands_once(ines, circle):
    for _ in range(3):
        gathering = calls(ines, circle, client_key="k1")
    assert Conversation.objects.filter(kind="gathering").count() == 1
    assert gathering.conversation.title == "Repair table"
    assert Post.objects.get(conversation=gathering.conversation).source == "Bring a chair."
    (date,) = dates(gathering)
    assert zones.clock(date.starts_at, "Europe/Berlin") == in_days(10)
    assert date.ends_at - date.starts_at == timedelta(hours=3)
    assert Community.objects.get(pk=circle.pk).gathers_until == date.ends_at


@pytest.mark.parametrize(
    ("field", "plan"),
    [
        ("day", {"begins": in_days(-1)}),
        ("day", {"begins": in_days(5 * 366 + 2)}),
        ("day", {"begins": datetime(9999, 12, 31, 3), "zone": "Pacific/Auckland"}),
        ("day", {"begins": datetime(9999, 12, 31, 20), "zone": "America/Denver"}),
        ("ends", {"hours": -1}),
        ("ends", {"hours": 0}),
        ("ends", {"hours": 24 * 20}),
        ("zone", {"zone": "Mars/Olympus"}),
        ("until", {"every": "week", "until": in_days(3).date()}),
        ("begins", {"begins": datetime(2027, 3, 28, 2, 30)}),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_nothing_is_there(ines, circle, field, plan):
    with pytest.raises(Misplanned) as refused:
        calls(ines, circle, planned(**plan))
    assert refused.value.field == field
    assert not Conversation.objects.filter(kind="gathering").exists()


def test_who_may_call_one(ines, juno, wren, circle):
    juno.joins(circle, ines)
    assert rules.may_convene(juno.viewer, circle)
    assert rules.may_convene(wren.viewer, circle) == rules.NOTHING
    shaping.reshape(fresh(circle), by=ines.here(circle), gathered_by="hosts")
    assert "hosts" in rules.may_convene(juno.viewer, fresh(circle)).sentence
    assert rules.may_convene(ines.viewer, fresh(circle))
    shaping.reshape(fresh(circle), by=ines.here(circle), gatherings=False)
    assert not rules.may_convene(ines.viewer, fresh(circle))
    with pytest.raises(Refused, match="switched off"):
        calls(ines, circle)


def test_where_members_do_not_meet_the_hosts_call(ines, juno, circle):
    juno.joins(circle, ines)
    shaping.reshape(fresh(circle), by=ines.here(circle), members_meet=False)
    with pytest.raises(Refused, match="hosts call"):
        calls(juno, circle)
    assert calls(ines, circle)


def test_nobody_is_called_by_nobody(ines, circle):
    Community.objects.filter(pk=circle.pk).update(anonymous_voice=True)
    with pytest.raises(Refused):
        calls(ines, circle, voice="member")
    hosts = calls(ines, circle, voice="hosts")
    assert not Convener.objects.filter(gathering=hosts).exists()


def test_what_waits_for_a_host_is_seen_by_its_caller_and_the_hosts_alone(ines, juno, moss, circle):
    for person in (juno, moss):
        person.joins(circle, ines)
    Community.objects.filter(pk=circle.pk).update(posted_by="approved")
    held = calls(juno, circle)
    seen = [Gathering.objects.visible_to(p.viewer).exists() for p in (ines, juno, moss)]
    assert seen == [True, True, False]
    assert (
        moss.browser().get(f"/gatherings/{held.conversation.public_id}/gathering.ics").status_code
        == 404
    )


def test_a_series_keeps_its_hour_over_both_changes_of_the_clock(ines, circle):
    with time_machine.travel("2026-10-01T12:00:00Z", tick=False):
        plan = planned(
            begins=datetime(2026, 10, 20, 19), every="week", until=datetime(2027, 4, 6).date()
        )
        weekly = calls(ines, circle, plan)
        hours = {zones.clock(each.starts_at, "Europe/Berlin").hour for each in dates(weekly)}
        in_utc = {each.starts_at.hour for each in dates(weekly)}
    assert hours == {19}
    assert in_utc == {17, 18}
    assert len(dates(weekly)) == 25


def test_a_series_without_end_is_laid_out_a_year_ahead_and_further_as_time_goes_by(ines, circle):
    monthly = calls(ines, circle, planned(every="date"))
    first = dates(monthly)
    assert 12 <= len(first) <= 14
    with time_machine.travel(timezone.now() + timedelta(days=100), tick=False):
        assert dating.extend_all() == 1
        assert dating.extend_all() == 1
        again = dates(monthly)
    assert len(again) in (len(first) + 3, len(first) + 4)
    assert [each.pk for each in again[: len(first)]] == [each.pk for each in first]


def test_a_changed_series_keeps_who_comes_and_tells_them_once(ines, juno, moss, circle, heard):
    for person in (juno, moss):
        person.joins(circle, ines)
    weekly = calls(ines, circle, planned(every="week", until=in_days(40).date()))
    first, second, *_ = dates(weekly)
    for date in (first, second):
        says(juno, date)
    says(moss, second, "not")
    later = planned(
        begins=in_days(11, 20), every="week", until=in_days(40).date(), place="The yard"
    )
    with heard():
        arranging.rearrange(fresh(weekly), by=ines.here(circle), title="Repair table", plan=later)
    moved = dates(weekly)
    assert {each.place for each in moved} == {"The yard"}
    assert moved[0].pk == first.pk
    assert clocks(fresh(weekly))[0] == in_days(11, 20)
    assert Attendance.objects.filter(occurrence=first, answer="going").exists()
    assert told(juno, circle) == ["gathering-changed"]
    assert told(moss, circle) == []
    assert told(ines, circle) == []
    # Changed again before they looked: still one.
    with heard():
        arranging.rearrange(
            fresh(weekly), by=ines.here(circle), title="Repair table",
            plan=planned(begins=in_days(11, 21), every="week", until=in_days(40).date()),
        )  # fmt: skip
    assert told(juno, circle) == ["gathering-changed"]
    row = Notification.objects.get(persona=juno.here(circle), kind="gathering-changed")
    assert "21:00" in KINDS[row.kind].words({**row.facts, "conversation": "Repair table"})


def test_a_change_that_concerns_nobody_who_comes_is_not_told(ines, juno, circle, date, heard):
    juno.joins(circle, ines)
    says(juno, date)
    with heard():
        arranging.rearrange(
            fresh(date.gathering), by=ines.here(circle), title="Another title",
            plan=planned(capacity=40),
        )  # fmt: skip
    assert told(juno, circle) == []
    assert Conversation.objects.get(pk=date.gathering.conversation_id).title == "Another title"
    assert fresh(date.gathering).sequence == 2


def test_a_date_that_the_rule_has_no_more_is_called_off_where_somebody_would_come(
    ines, juno, circle, heard
):
    juno.joins(circle, ines)
    weekly = calls(ines, circle, planned(every="week", until=in_days(24).date()))
    first, second, third = dates(weekly)
    says(juno, third)
    with heard():
        arranging.rearrange(
            fresh(weekly), by=ines.here(circle), title="Repair table",
            plan=planned(every="week", until=in_days(10).date()),
        )  # fmt: skip
    left = dates(weekly)
    assert [each.pk for each in left] == [first.pk, third.pk]
    assert left[1].cancelled_at
    assert told(juno, circle) == ["gathering-off"]
    assert not Occurrence.objects.filter(pk=second.pk).exists()


def test_one_date_is_changed_or_called_off_by_itself(ines, juno, circle, heard):
    juno.joins(circle, ines)
    weekly = calls(ines, circle, planned(every="week", until=in_days(31).date()))
    first, second, third, fourth = dates(weekly)
    for date in (second, third):
        says(juno, date)
    by = ines.here(circle)
    with heard():
        arranging.rearrange_one(
            second, by=by, plan=planned(begins=in_days(18, 15), place="The park")
        )
        arranging.call_off_one(third, by=by)
    assert clocks(weekly) == [in_days(10), in_days(18, 15), in_days(31)]
    assert sorted(told(juno, circle)) == ["gathering-changed", "gathering-off"]
    # What was changed by itself stays as it is when all others change.
    arranging.rearrange(
        fresh(weekly), by=by, title="Repair table",
        plan=planned(begins=in_days(10, 20), every="week", until=in_days(31).date()),
    )  # fmt: skip
    assert clocks(fresh(weekly)) == [in_days(10, 20), in_days(18, 15), in_days(31, 20)]
    assert fresh(second).place == "The park"
    with pytest.raises(Refused, match="called off"):
        arranging.call_off_one(third, by=by)
    assert fresh(first).pk
    assert fresh(fourth).pk


def test_it_is_called_off_once_and_everybody_who_would_have_come_is_told(
    ines, juno, moss, circle, date, heard
):
    for person in (juno, moss):
        person.joins(circle, ines)
    says(juno, date)
    with heard():
        arranging.call_off(fresh(date.gathering), by=ines.here(circle))
    with pytest.raises(Refused):
        arranging.call_off(fresh(date.gathering), by=ines.here(circle))
    assert told(juno, circle) == ["gathering-off"]
    assert told(moss, circle) == []
    assert not Attendance.objects.exclude(remind_at=None).exists()
    assert fresh(date.gathering).sequence == 1


def test_only_who_calls_it_together_and_the_hosts_arrange_it(ines, juno, moss, wren, circle, heard):
    for person in (juno, moss):
        person.joins(circle, ines)
    gathering = calls(juno, circle)
    for outsider in (moss, wren):
        assert not rules.may_arrange(outsider.viewer, gathering)
        path = f"/gatherings/{gathering.conversation.public_id}"
        for page in ("plan", "cancellation", "conveners"):
            assert outsider.browser().get(f"{path}/{page}/").status_code in (403, 404)
            assert outsider.browser().post(f"{path}/{page}/").status_code in (403, 404)
    with heard():
        convening.name(gathering, moss.seat(circle), by=juno.here(circle))
        convening.name(gathering, moss.seat(circle), by=juno.here(circle))
    assert Convener.objects.filter(gathering=gathering).count() == 2
    assert told(moss, circle) == ["gathering-convener"]
    arranging.rearrange(gathering, by=moss.here(circle), title="Ours", plan=planned())
    convening.drop(gathering, moss.seat(circle), by=juno.here(circle))
    assert not rules.may_arrange(moss.viewer, gathering)
    leaving.leave(juno.seat(circle), by=juno.here(circle))
    assert not rules.may_arrange(juno.viewer, gathering)
    assert rules.may_arrange(ines.viewer, gathering)


def test_who_is_blocked_is_not_named(ines, juno, moss, circle):
    for person in (juno, moss):
        person.joins(circle, ines)
    gathering = calls(juno, circle)
    keeping_away.block(juno.seat(circle), by=moss.here(circle))
    with pytest.raises(Refused):
        convening.name(gathering, moss.seat(circle), by=juno.here(circle))


def test_what_hosts_do_to_somebody_elses_is_logged_and_ones_own_is_not(ines, juno, circle):
    juno.joins(circle, ines)
    gathering = calls(juno, circle)
    arranging.rearrange(gathering, by=juno.here(circle), title="T", plan=planned(place="Here"))
    assert not AuditFact.objects.filter(kind="rearranged").exists()
    arranging.rearrange(gathering, by=ines.here(circle), title="T", plan=planned(place="There"))
    arranging.call_off(gathering, by=ines.here(circle))
    for kind in ("rearranged", "called-off"):
        fact = AuditFact.objects.get(kind=kind)
        assert (fact.actor, fact.subject) == (ines.here(circle), juno.here(circle))


def test_reminders_come_when_each_wanted_them_and_once(ines, juno, moss, circle, date, heard):
    for person in (juno, moss):
        person.joins(circle, ines)
    says(juno, date, before=60)
    says(moss, date, before=0)
    says(ines, date, "maybe", before=24 * 60)

    def tick(before_it_begins):
        with time_machine.travel(date.starts_at - before_it_begins, tick=False), heard():
            return reminding.remind_due()

    assert tick(timedelta(days=2)) == 0
    assert tick(timedelta(hours=23)) == 1
    assert tick(timedelta(minutes=59)) == 1
    assert tick(timedelta(minutes=5)) == 0
    assert [told(p, circle) for p in (juno, moss, ines)] == [
        ["gathering-soon"], [], ["gathering-soon"],
    ]  # fmt: skip


def test_who_is_not_there_any_more_or_does_not_come_is_not_reminded(
    ines, juno, moss, circle, date, heard
):
    for person in (juno, moss):
        person.joins(circle, ines)
        says(person, date)
    says(moss, date, "not")
    hosting.ban(juno.seat(circle), by=ines.here(circle), sentence="No.")
    with time_machine.travel(date.starts_at - timedelta(hours=3), tick=False), heard():
        reminding.remind_due()
    assert not Notification.objects.filter(kind="gathering-soon").exists()


def test_a_reminder_moves_with_its_date(ines, juno, circle, date):
    juno.joins(circle, ines)
    says(juno, date, before=60)
    arranging.rearrange(
        fresh(date.gathering), by=ines.here(circle), title="T", plan=planned(begins=in_days(20))
    )
    moved = Attendance.objects.get(occurrence=date)
    assert moved.remind_at == fresh(date).starts_at - timedelta(hours=1)


def test_what_somebody_wrote_into_it_goes_with_their_words(ines, juno, circle):
    juno.joins(circle, ines)
    gathering = calls(juno, circle, planned(place="My flat", online_link="https://meet.example/1"))
    together = calls(juno, circle, planned(place="The library"))
    convening.name(together, ines.seat(circle), by=juno.here(circle))
    leaving.leave_and_take_posts(juno.seat(circle), by=juno.here(circle))
    assert (fresh(gathering).place, dates(gathering)[0].place) == ("", "")
    assert fresh(gathering).online_link == ""
    assert fresh(together).place == "The library"
    assert Conversation.objects.get(gathering=gathering).title == ""


def test_erasing_leaves_no_convener(ines, circle, evening):
    persona = ines.here(circle)
    assert forgetting.step_back(persona.pk) == 1
    assert not Convener.objects.filter(persona=persona).exists()


def test_the_title_that_a_host_read_stays_while_its_day_may_change(ines, juno, circle):
    juno.joins(circle, ines)
    Community.objects.filter(pk=circle.pk).update(posted_by="approved")
    gathering = calls(juno, circle)
    post = Post.objects.get(conversation=gathering.conversation)
    posting.publish(post, by=ines.here(circle))
    gathering, by = Gathering.objects.get(pk=gathering.pk), juno.here(circle)
    with pytest.raises(Refused, match="The hosts read this before"):
        arranging.rearrange(gathering, by=by, title="Pills", plan=planned())
    later = planned(begins=in_days(12))
    arranging.rearrange(gathering, by=by, title=gathering.conversation.title, plan=later)
    assert clocks(gathering) == [in_days(12)]


def test_the_place_that_a_host_read_stays_too(ines, juno, circle):
    juno.joins(circle, ines)
    Community.objects.filter(pk=circle.pk).update(posted_by="approved")
    gathering = calls(juno, circle, planned(place="The library"))
    posting.publish(Post.objects.get(conversation=gathering.conversation), by=ines.here(circle))
    gathering, by = Gathering.objects.get(pk=gathering.pk), juno.here(circle)
    title = gathering.conversation.title
    for there in ({"place": "My flat"}, {"online_link": "https://pills.example/"}):
        with pytest.raises(Refused, match="The hosts read this before"):
            elsewhere = planned(**{"place": "The library"} | there)
            arranging.rearrange(gathering, by=by, title=title, plan=elsewhere)
        with pytest.raises(Refused, match="The hosts read this before"):
            arranging.rearrange_one(gathering.occurrences.get(), by=by, plan=elsewhere)
    assert (fresh(gathering).place, fresh(gathering).online_link) == ("The library", "")
    more = planned(place="The library", capacity=40)
    arranging.rearrange(gathering, by=by, title=title, plan=more)
    assert fresh(gathering).capacity == 40
