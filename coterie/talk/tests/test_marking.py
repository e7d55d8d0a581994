"""What changed after it was out carries the number by which it can be asked for."""

import pytest

from coterie.communities.actions import keeping_away
from coterie.communities.models import Community, PostedBy
from coterie.talk.actions import erasing, keeping_order, posting, reacting
from coterie.talk.models import Conversation, Post
from coterie.talk.tests.speaking import fresh

pytestmark = pytest.mark.django_db


def marks(topic):
    return fresh(topic).last_rev


@pytest.fixture
def answer(ines, juno, circle, topic):
    juno.joins(circle, ines)
    return juno.replies(topic)


def test_what_is_said_is_no_change(topic, answer):
    assert marks(topic) == 0
    assert fresh(answer).rev == 0


def test_each_change_of_a_post_has_the_next_number(ines, juno, circle, topic, answer):
    host, author = ines.here(circle), juno.here(circle)
    posting.edit(fresh(answer), by=author, source="Better words.")
    reacting.react(fresh(answer), by=host, emoji="💛")
    reacting.take_back(fresh(answer), by=host, emoji="💛")
    keeping_order.remove_post(fresh(answer), by=host)
    keeping_order.restore_post(fresh(answer), by=host)
    posting.retract(fresh(answer), by=author)
    assert marks(topic) == fresh(answer).rev == 6
    assert Post.objects.get(conversation=topic, seq=1).rev == 0


def test_a_change_of_the_conversation_is_counted_too(ines, circle, topic):
    keeping_order.lock(topic, by=ines.here(circle))
    keeping_order.retitle(fresh(topic), by=ines.here(circle), title="Elbows")
    assert marks(topic) == 2


def test_what_waits_changes_for_nobody(ines, juno, circle, topic):
    juno.joins(circle, ines)
    Community.objects.filter(pk=circle.pk).update(posted_by=PostedBy.APPROVED)
    held = juno.replies(topic)
    posting.edit(fresh(held), by=juno.here(circle), source="Other words.")
    assert marks(topic) == 0


def test_words_that_go_for_good_change_wherever_they_stood(ines, juno, circle, topic, answer):
    other = ines.starts(circle, "Another")
    second = juno.replies(other)
    erasing.erase_words(juno.here(circle).pk)
    assert [fresh(post).rev for post in (answer, second)] == [1, 1]
    topics = Conversation.objects.filter(kind="topic")
    assert set(topics.values_list("last_rev", flat=True)) == {1}


def test_taking_access_away_asks_all_listeners_again(ines, juno, circle, topic, answer):
    before = fresh(circle).access_version
    keeping_away.block(juno.seat(circle), by=ines.here(circle))
    keeping_order.share_history(fresh(topic), by=ines.here(circle))
    assert fresh(circle).access_version == before + 1
    keeping_order.close_history(fresh(topic), by=ines.here(circle))
    assert fresh(circle).access_version == before + 2
