"""Hosts slow a topic down, keep it out of lists and put it into the archive."""

from datetime import timedelta

import pytest
from django.utils import timezone

from coterie.core.verdict import Refused
from coterie.talk import reads, rules
from coterie.talk.actions import pacing, posting, reacting
from coterie.talk.models import Post
from coterie.talk.tests.speaking import fresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(ines, moss, circle):
    moss.joins(circle, ines)
    return moss


@pytest.fixture
def slow(ines, circle, topic):
    pacing.slow_down(topic, by=ines.here(circle), seconds=300)
    return fresh(topic)


def minutes_ago(post, minutes):
    Post.objects.filter(pk=post.pk).update(created_at=timezone.now() - timedelta(minutes=minutes))


def test_a_member_waits_and_is_told_how_long(member, slow):
    first = member.replies(slow)
    minutes_ago(first, 2)
    with pytest.raises(Refused, match=r"5 minutes between two posts. Yours can go out in 3 min"):
        member.replies(slow)
    minutes_ago(first, 5)
    member.replies(slow)


def test_hosts_do_not_wait_and_nobody_does_elsewhere(ines, member, circle, slow):
    ines.replies(slow)
    ines.replies(slow)
    other = ines.starts(circle)
    member.replies(slow)
    member.replies(other)
    member.replies(other)


def test_what_is_taken_back_was_said_and_what_was_never_sent_was_not(member, circle, slow):
    said = member.replies(slow)
    posting.retract(said, by=member.here(circle))
    with pytest.raises(Refused):
        member.replies(slow)


def test_a_retry_is_not_a_second_post(member, slow):
    first = member.replies(slow, client_key="same")
    assert member.replies(slow, client_key="same") == first


def test_the_words_of_who_was_too_soon_stay_in_the_box(member, slow):
    browser = member.browser()
    member.replies(slow)
    said = {"source": "So soon again", "client_key": "k2"}
    answer = browser.post(f"{slow.path}posts/", said)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Here everybody waits a little" in page
    assert "So soon again" in page


def test_it_goes_at_its_own_pace_again(ines, member, circle, slow):
    pacing.end_slowness(slow, by=ines.here(circle))
    member.replies(slow)
    member.replies(slow)


def test_only_hosts_and_only_known_paces(ines, member, circle, topic):
    with pytest.raises(Refused):
        pacing.slow_down(topic, by=member.here(circle), seconds=300)
    with pytest.raises(Refused):
        pacing.slow_down(topic, by=ines.here(circle), seconds=301)
    assert fresh(topic).slow_seconds == 0


def test_what_is_not_listed_is_in_no_list_and_no_count_but_at_its_address(
    ines, member, circle, topic
):
    assert reads.unread_by_community(member.viewer) == {circle.pk: 1}
    pacing.unlist(topic, by=ines.here(circle))
    assert reads.topics(member.viewer, circle).rows == []
    assert reads.unread_by_community(member.viewer) == {}
    assert reads.unread_topics(member.viewer).rows == []
    browser = member.browser()
    assert browser.get(topic.path).status_code == 200
    sought = f"{circle.path}?sort=unlisted"
    assert f'href="{topic.path}"' not in browser.get(sought).content.decode()
    assert f'href="{topic.path}"' in ines.browser().get(sought).content.decode()
    pacing.relist(fresh(topic), by=ines.here(circle))
    assert len(reads.topics(member.viewer, circle).rows) == 1


def test_in_the_archive_nobody_says_changes_or_answers_anything(ines, member, circle, topic):
    said = member.replies(topic)
    pacing.archive(topic, by=ines.here(circle))
    done = fresh(topic)
    post = Post.objects.select_related("conversation__community", "persona").get(pk=said.pk)
    for who in (ines, member):
        with pytest.raises(Refused, match="archived"):
            who.replies(done)
        assert not rules.may_react(who.viewer, post)
    assert not rules.may_edit(member.viewer, post)
    with pytest.raises(Refused):
        reacting.react(post, by=ines.here(circle), emoji="💛")
    assert rules.may_retract(member.viewer, post), "one's own words can always be taken back"
    assert reads.topics(member.viewer, circle).rows == []
    listed = reads.topics(member.viewer, circle, wish=reads.Wish(archived=True)).rows
    assert [row["archived"] for row in listed] == [True]
    pacing.unarchive(done, by=ines.here(circle))
    member.replies(fresh(topic))


def test_two_hosts_who_click_at_once_are_heard_once(ines, circle, topic, monkeypatch):
    heard = []
    monkeypatch.setattr(pacing, "announce", heard.append)
    for _ in range(2):
        pacing.archive(topic, by=ines.here(circle))
    assert len(heard) == 1


def test_the_sheet_does_all_of_it_and_members_do_not_see_it(ines, member, topic):
    browser = ines.browser()
    for verb, field in (("unlist", "unlisted_at"), ("archive", "archived_at")):
        assert browser.post(f"{topic.path}order/", {"as": verb}).status_code == 302
        assert getattr(fresh(topic), field)
    browser.post(f"{topic.path}pace/", {"seconds": "60"})
    assert fresh(topic).slow_seconds == 60
    page = browser.get(topic.path).content.decode()
    assert "Members wait 1 minute between two posts." in page
    assert "Take it out of the archive" in page
    assert "topic-menu" not in member.browser().get(topic.path).content.decode()
    browser.post(f"{topic.path}pace/", {"seconds": "0"})
    assert fresh(topic).slow_seconds == 0
