"""Words that wait for a time: nobody knows of them before, and then they go out, once."""

import sys
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from coterie.communities.actions import agreeing, founding, hosting, leaving
from coterie.communities.models import Community
from coterie.config import wiring
from coterie.core.keeping import register
from coterie.core.verdict import Refused
from coterie.inbox.models import Notification
from coterie.media.actions import sending
from coterie.media.models import Picture
from coterie.media.tests import photos
from coterie.personas.actions import intending
from coterie.personas.models import Intention
from coterie.talk import planning_rules, reads
from coterie.talk.actions import drafting, holding, pacing, planning, posting
from coterie.talk.models import Asked, Conversation, Draft, Planned, Poll, Post, PostState, Said
from coterie.talk.reads.drafts import photos_in_drafts
from coterie.talk.reads.rows import BEGINNING
from coterie.talk.tests.speaking import fresh, said, seqs
from coterie.talk.tests.test_pages import hidden_key, text
from coterie.talk.tests.test_racing import at_once

pytestmark = pytest.mark.django_db
TOMORROW = timedelta(days=1)


def plans(person, community, title="Moths", source="Holes.", **more):
    more.setdefault("at", timezone.now() + TOMORROW)
    more.setdefault("client_key", f"key {title}")
    by = person.here(community)
    words = said(source, more)
    return planning.plan_topic(fresh(community), words, by=by, title=title, **more)


def the_time_comes():
    """What waits is due, and the worker looks; how much it did."""
    Intention.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    return intending.carry_out_due(wiring.INTENTIONS, wiring.GIVEN_UP)


def sent(**more):
    then = timezone.now() + TOMORROW
    form = {"title": "Moths", "source": "Holes.", "later_zone": "UTC"}
    return form | {"later_day": f"{then:%Y-%m-%d}", "later_time": f"{then:%H:%M}"} | more


def test_what_waits_is_nowhere_and_then_out_once(ines, member, other, circle):
    planned = plans(member, circle, tags=[], asked=Asked(("Wool", "Silk")))
    assert not Post.objects.filter(conversation__kind="topic").exists()
    own = text(member.browser().get(f"{circle.path}planned/"))
    assert "Moths" in own
    for nobody in (ines, other):
        browser = nobody.browser()
        for path in (circle.path, "/", "/talk/", f"{circle.path}held/", f"{circle.path}planned/"):
            assert "Moths" not in text(browser.get(path))
        assert "Moths" not in text(browser.get("/search/?q=moths"))
        assert browser.get(planned.path)["Location"] == f"{circle.path}planned/"
        for way in ("sending/", "disposal/"):
            as_if_nothing = browser.post(f"{circle.path}planned/nothing/{way}")
            assert browser.post(f"{planned.path}{way}")["Location"] == as_if_nothing["Location"]
        assert browser.post(f"{planned.path}draft/", {"source": "x"}).status_code == 404
    assert intending.carry_out_due(wiring.INTENTIONS) == 0
    assert the_time_comes() == 1
    assert the_time_comes() == 0
    topic = Conversation.objects.get(kind="topic")
    post = topic.posts.get()
    assert (post.seq, post.state, topic.title) == (1, PostState.PUBLISHED, "Moths")
    assert Poll.objects.get().post == post
    assert other.reads(post)
    assert not Planned.objects.exists()
    assert reads.unread_by_community(other.viewer) == {circle.pk: 1}


def test_its_part_of_the_form_is_not_one_that_the_toolbar_opens(member, circle):
    page = text(member.browser().get(f"{circle.path}topics/new/"))
    assert '<details class="putting-off">' in page


def test_a_plan_is_made_in_the_form_by_its_own_clock(member, circle):
    browser, new = member.browser(), f"{circle.path}topics/new/"
    key = hidden_key(text(browser.get(new)))
    with time_machine.travel("2026-06-01 12:00Z", tick=False):
        form = sent(
            client_key=key, later_day="2026-06-02", later_time="09:30",
            later_zone="america/new_york",
        )  # fmt: skip
        for _again in range(2):
            assert browser.post(new, form)["Location"] == f"{circle.path}planned/"
    due = Intention.objects.get().due_at
    assert f"{due:%Y-%m-%d %H:%M}" == "2026-06-02 13:30"
    assert Planned.objects.get().title == "Moths"


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"later_day": "2020-01-01"}, "in the past"),
        ({"later_day": ""}, "belong together"),
        ({"later_day": "2031-01-01"}, "up to a year"),
        ({"later_zone": "Atlantis"}, "do not know this time zone"),
        (
            {"later_day": "2027-03-28", "later_time": "02:30", "later_zone": "Europe/Berlin"},
            "The clocks skip this time",
        ),
    ],
)
def test_a_time_that_cannot_be_is_answered_kindly(member, circle, wrong, says):
    browser, new = member.browser(), f"{circle.path}topics/new/"
    with time_machine.travel("2026-06-01 12:00Z", tick=False):
        answer = browser.post(new, sent(client_key="k", later_time="10:00") | wrong)
    assert answer.status_code == 422
    assert says in text(answer)
    assert "Holes." in text(answer)
    assert not Planned.objects.exists()
    assert not Conversation.objects.filter(kind="topic").exists()


def test_it_is_changed_said_now_and_thrown_away(member, circle):
    browser, planned = member.browser(), plans(member, circle)
    page = text(browser.get(planned.path))
    assert 'value="Moths"' in page
    assert "Holes.</textarea>" in page
    later = timezone.now() + timedelta(days=3)
    changed = sent(title="Moths again", client_key=hidden_key(page), later_day=f"{later:%Y-%m-%d}")
    assert browser.post(planned.path, changed)["Location"] == f"{circle.path}planned/"
    assert Planned.objects.get().title == "Moths again"
    assert Intention.objects.get().due_at.date() == later.date()
    timeless = sent(client_key=hidden_key(page), later_day="", later_time="")
    page = text(browser.post(planned.path, timeless))
    assert "Choose a day." in page
    assert "Choose a time." in page
    browser.post(f"{planned.path}sending/")
    post = Post.objects.get(conversation__kind="topic")
    assert post.state == PostState.SCHEDULED
    assert post.conversation.title == "Moths again"
    assert the_time_comes() == 1
    assert fresh(post).seq == 1
    another = plans(member, circle, "Another")
    assert browser.post(f"{another.path}disposal/").status_code == 302
    assert not Planned.objects.exists()
    assert the_time_comes() == 0


def test_what_has_been_begun_since_stays(member, circle):
    by = member.here(circle)
    plans(member, circle)
    drafting.keep(circle, by=by, title="Next", source="Something else")
    the_time_comes()
    assert Draft.objects.get().title == "Next"


@pytest.mark.parametrize("what", ["closed", "hosts alone", "rules"])
def test_where_it_cannot_be_said_any_more_it_waits_with_the_reason(
    ines, member, circle, what, django_capture_on_commit_callbacks
):
    planned = plans(member, circle)
    if what == "closed":
        founding.close(fresh(circle), by=ines.here(circle))
    elif what == "rules":
        agreeing.set_rules(fresh(circle), ["Be kind."], by=ines.here(circle))
    else:
        Community.objects.filter(pk=circle.pk).update(posted_by="hosts")
    with django_capture_on_commit_callbacks(execute=True):
        assert the_time_comes() == 1
    assert not Conversation.objects.filter(kind="topic").exists()
    assert Planned.objects.get().refusal
    told = Notification.objects.get(persona=member.here(circle), kind="sent-back")
    assert told.path == planned.path
    page = text(member.browser().get(f"{circle.path}planned/"))
    assert "It did not go out." in page
    assert the_time_comes() == 0


def test_where_hosts_look_first_it_waits_for_them_when_it_is_due(ines, member, circle):
    plans(member, circle)
    Community.objects.filter(pk=circle.pk).update(posted_by="approved")
    assert "Moths" not in text(ines.browser().get(f"{circle.path}held/"))
    the_time_comes()
    assert Post.objects.get(conversation__kind="topic").state == PostState.HELD


@pytest.mark.parametrize("how", ["leaves", "is banned", "is removed"])
def test_who_is_out_says_nothing_any_more(ines, member, circle, how):
    plans(member, circle)
    seat, host = member.seat(circle), ines.here(circle)
    if how == "leaves":
        leaving.leave(seat, by=member.here(circle))
    elif how == "is banned":
        hosting.ban(seat, by=host, sentence="No.")
    else:
        hosting.remove(seat, by=host)
    assert not Planned.objects.exists()
    assert not Intention.objects.filter(kind__startswith="talk.").exists()
    assert the_time_comes() == 0
    assert not Conversation.objects.filter(kind="topic").exists()


def test_nobody_has_more_than_so_many_waiting(member, circle, monkeypatch):
    monkeypatch.setattr(planning_rules, "MOST", 2)
    for title in "ab":
        plans(member, circle, title)
    with pytest.raises(Refused, match="2 posts waiting"):
        plans(member, circle, "c")


def a_photo(person, community):
    photo = photos.uploaded(photos.photo("jpg"))
    by = person.here(community)
    return sending.send(photo, by=by, community=community, alt="A hole").public_id


def test_photos_wait_with_it_and_go_out_with_it(member, circle):
    name = a_photo(member, circle)
    with pytest.raises(Refused, match="photos is gone"):
        plans(member, circle, photos=["nothing"])
    plans(member, circle, photos=[name])
    assert name in photos_in_drafts()
    the_time_comes()
    post = Post.objects.get(conversation__kind="topic")
    assert (Picture.objects.get().subject, post.photos) == (post.pk, 1)


def test_a_photo_that_goes_out_later_goes_out_with_nothing_else(member, circle, topic):
    name, by, browser = a_photo(member, circle), member.here(circle), member.browser()
    planned = plans(member, circle, photos=[name])
    said = member.replies(topic)
    with pytest.raises(Refused, match="another post"):
        member.replies(topic, "Look.", photos=[name])
    with pytest.raises(Refused, match="another post"):
        posting.edit(said, by=by, source="Look.", photos={name: ""})
    with pytest.raises(Refused, match="another post"):
        plans(member, circle, "Another", photos=[name])
    assert browser.post(f"/m/{name}/removal/").status_code == 403
    answer = browser.post(
        f"{topic.path}posts/", {"source": "Look.", "photo": name, "client_key": "k"}
    )
    assert answer.status_code == 422
    assert "another post" in text(answer)
    assert "Look.</textarea>" in text(answer)
    at = timezone.now() + TOMORROW
    planning.change(planned, Said("Holes.", photos=[name]), by=by, at=at, title="Moths")
    the_time_comes()
    assert Picture.objects.get().subject == Post.objects.get(source="Holes.").pk


def test_what_waits_and_takes_off_a_photo_leaves_it_free(member, circle, topic):
    name, by = a_photo(member, circle), member.here(circle)
    planned = plans(member, circle, photos=[name])
    Planned.objects.update(photos=[])
    member.replies(topic, "Look.", photos=[name])
    planning.throw_away(planned, by=by)
    assert Picture.objects.get().guard == "talk.post"


def test_its_author_takes_along_all_that_waits(member, circle, topic):
    by, poll = member.here(circle), Asked(("Wool", "Silk"))
    names = [a_photo(member, circle) for _each in range(2)]
    more = {"tags": ["wool"], "note": "moths"}
    plans(member, circle, photos=names[:1], asked=poll, **more)
    Planned.objects.update(refusal="It is closed.")
    drafting.keep(topic, by=by, source="Half", photos=names[1:], poll=poll.written(), **more)
    Draft.objects.update(refusal="It is locked.")
    (planned,), (draft,) = register[Planned].export(by.pk), register[Draft].export(by.pk)
    for each in (planned, draft):
        assert each.items() >= more.items()
        assert "Silk" in str(each["poll"])
        assert each["community__name"] == circle.name
    assert planned["due"]
    assert (planned["refusal"], draft["refusal"]) == ("It is closed.", "It is locked.")
    assert (planned["photos"], draft["photos"]) == (names[:1], names[1:])
    assert draft["place"] == topic.public_id


def test_thrown_away_its_photos_are_gone(member, circle):
    planned = plans(member, circle, photos=[a_photo(member, circle)])
    planning.throw_away(planned, by=member.here(circle))
    assert not Picture.objects.exists()


def test_a_host_answers_later_and_a_member_does_not(ines, member, circle, topic):
    page, browser = f"{topic.path}later/", ines.browser()
    assert member.browser().get(page).status_code == 403
    key = hidden_key(text(browser.get(page)))
    assert browser.post(page, sent(client_key=key, source="Good morning.")).status_code == 302
    assert seqs(topic) == [1]
    the_time_comes()
    assert seqs(topic) == [1, 2]
    assert topic.posts.last().source == "Good morning."


def test_an_answer_follows_its_topic_and_stops_at_a_lock(ines, circle, topic):
    by, at = ines.here(circle), timezone.now() + TOMORROW
    then, words = {"by": by, "at": at}, Said("Later.")
    planning.plan_answer(fresh(topic), words, client_key="k", **then)
    into = ines.starts(circle, "Another")
    Conversation.objects.filter(pk=topic.pk).update(merged_into=into)
    the_time_comes()
    assert into.posts.count() == 2
    planning.plan_answer(fresh(into), words, client_key="l", **then)
    pacing.archive(fresh(into), by=by)
    the_time_comes()
    assert "archived" in Planned.objects.get().refusal


def test_slowed_down_meanwhile_it_waits_a_little_longer(ines, circle, topic, moss):
    moss.joins(circle, ines)
    moss.becomes(circle, "moderator", "talk")
    by = moss.here(circle)
    planning.plan_answer(
        fresh(topic), Said("Later."), by=by, at=timezone.now() + TOMORROW, client_key="k"
    )
    moss.becomes(circle, "member")
    moss.replies(topic)
    pacing.slow_down(fresh(topic), by=ines.here(circle), seconds=300)
    assert the_time_comes() == 1
    assert Planned.objects.get().refusal == ""
    assert Intention.objects.get().due_at > timezone.now() + timedelta(minutes=4)


def test_what_is_being_changed_as_it_goes_out_is_not_changed(member, circle):
    planned = plans(member, circle)
    the_time_comes()
    with pytest.raises(holding.ChangedMeanwhile):
        planning.change(
            planned, Said("Y"), by=member.here(circle), at=timezone.now() + TOMORROW, title="X"
        )
    with pytest.raises(holding.ChangedMeanwhile):
        planning.say_now(planned, by=member.here(circle))
    assert Post.objects.filter(conversation__kind="topic").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_and_an_author_send_it_once(ines, moss):
    circle = ines.founds()
    moss.joins(circle, ines)
    planned, by = plans(moss, circle), moss.here(circle)
    Intention.objects.update(due_at=timezone.now() - timedelta(seconds=1))

    def work():
        return intending.carry_out_due(wiring.INTENTIONS, wiring.GIVEN_UP)

    def send():
        try:
            return planning.say_now(Planned.objects.get(pk=planned.pk), by=by)
        except (Refused, Planned.DoesNotExist):
            return None

    at_once(work, work, send)
    assert Post.objects.filter(conversation__kind="topic").count() == 1
    assert not Planned.objects.exists()


def test_sent_once_more_with_other_words_or_another_time_it_is_as_it_was_sent_last(member, circle):
    browser, new = member.browser(), f"{circle.path}topics/new/"
    key = hidden_key(text(browser.get(new)))
    browser.post(new, sent(client_key=key))
    due = Intention.objects.get().due_at
    browser.post(new, sent(client_key=key))
    assert Intention.objects.get().due_at == due
    other = timezone.now() + timedelta(days=3)
    browser.post(new, sent(client_key=key, source="Moths.", later_day=f"{other:%Y-%m-%d}"))
    assert Planned.objects.get().source == "Moths."
    assert Intention.objects.get().due_at.date() == other.date()
    assert f"{other.day} {other:%B}" in text(browser.get(f"{circle.path}planned/"))


def test_of_what_waits_the_list_reads_and_draws_the_beginning(
    member, circle, monkeypatch, django_assert_num_queries
):
    for title in "ab":
        plans(member, circle, title, source="**Holes** in [wool](https://a.org/) " * 1_300)
    drawn, here = [], (member.viewer, member.here(circle), circle)
    room = sys.modules[reads.planned.__module__]
    monkeypatch.setattr(room, "render", lambda said: drawn.append(len(said)) or said)
    with django_assert_num_queries(3):  # two of them ask whose clock it is
        reads.planned(*here)
    assert drawn == [BEGINNING] * 2
    monkeypatch.undo()
    (row, _other) = reads.planned(*here)
    assert row["excerpt"].startswith("Holes in wool Holes in wool")
    assert len(row["excerpt"]) > 150


def test_the_same_poll_sent_once_more_is_the_same(member, circle):
    at, asked = timezone.now() + TOMORROW, Asked(("Wool", "Silk"))
    plans(member, circle, at=at, asked=asked)
    due = Intention.objects.get().due_at
    assert plans(member, circle, at=at, asked=asked).due == due


def test_what_was_begun_in_a_topic_stays_when_another_answer_is_planned(ines, circle, topic):
    by, at = ines.here(circle), timezone.now() + TOMORROW
    drafting.keep(topic, by=by, source="Half a thought")
    planning.plan_answer(fresh(topic), Said("Later."), by=by, at=at, client_key="k")
    assert Draft.objects.get().source == "Half a thought"


def test_a_save_that_comes_late_is_no_draft_of_what_waits(member, circle):
    by = member.here(circle)
    drafting.keep(circle, by=by, title="Moths", source="Holes.")
    plans(member, circle)
    assert not drafting.keep(circle, by=by, source="Holes.", opening="key Moths")
    assert not Draft.objects.exists()


def test_its_author_hears_of_each_time_that_it_did_not_go_out(
    ines, member, circle, django_capture_on_commit_callbacks
):
    plans(member, circle)
    Community.objects.filter(pk=circle.pk).update(posted_by="hosts")
    told = Notification.objects.filter(persona=member.here(circle), kind="sent-back")
    for often in (1, 2):
        moment = timezone.now() + timedelta(days=often)
        with time_machine.travel(moment), django_capture_on_commit_callbacks(execute=True):
            planned = Planned.objects.get()
            later = {"at": moment + TOMORROW, "title": "Moths"}
            planning.change(planned, Said("Holes."), by=member.here(circle), **later)
            assert the_time_comes() == 1
        assert told.count() == often
