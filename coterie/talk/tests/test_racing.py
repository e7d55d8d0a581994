"""Many at once: what was acknowledged is there once, and the numbers have no gap."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from coterie.core.verdict import Refused
from coterie.talk.actions import importing, polling, posting, reacting
from coterie.talk.models import Asked, Conversation, Poll, Post, Reaction
from coterie.talk.tests.speaking import Speaker, fresh, seqs
from coterie.talk.tests.test_importing import NOON

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def place():
    ines, moss = Speaker("ines"), Speaker("moss")
    circle = ines.founds()
    moss.joins(circle, ines)
    return ines.starts(circle), ines.here(circle), moss.here(circle)


def at_once(*acts):
    """Each act in a thread and a connection of its own, all begun together; their answers."""
    ready = threading.Barrier(len(acts))

    def run(act):
        try:
            ready.wait()
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result() for future in [pool.submit(run, act) for act in acts]]


def test_the_same_send_four_times_at_once_lands_once(place):
    topic, _ines, moss = place

    def send():
        return posting.reply(
            Conversation.objects.get(pk=topic.pk), by=moss, source="Once", client_key="same"
        ).pk

    for _ in range(3):
        assert len(set(at_once(*[send] * 4))) == 1
    assert seqs(topic) == [1, 2]


def test_the_same_topic_sent_at_once_is_one_topic(place):
    topic, ines, _moss = place

    def send():
        return posting.start_topic(
            fresh(topic.community), by=ines, title="Once", source="Once", client_key="same"
        ).pk

    assert len(set(at_once(send, send, send))) == 1
    assert Conversation.objects.filter(title="Once").count() == 1
    assert Post.objects.filter(conversation__title="Once").count() == 1


def test_everybody_speaks_at_once_and_no_number_is_missing(place):
    topic, ines, moss = place

    def speak(by, name):
        def act():
            return [
                posting.reply(
                    Conversation.objects.get(pk=topic.pk),
                    by=by,
                    source=f"{name} {n}",
                    client_key=f"{name}{n}",
                ).seq
                for n in range(8)
            ]

        return act

    def bring():
        messages = [importing.Message(None, f"m{n}", NOON, f"t:{n}") for n in range(20)]
        home = Conversation.objects.get(pk=topic.pk)
        importing.bring_in(home, messages)
        importing.renumber(home)
        return []

    answers = at_once(speak(ines, "i"), speak(moss, "m"), speak(moss, "n"), bring)
    topic = fresh(topic)
    assert topic.last_seq == 1 + 24 + 20
    assert seqs(topic) == list(range(1, 46))
    assert all(len(set(answer)) == len(answer) for answer in answers)


def test_the_same_reaction_at_once_counts_once(place):
    topic, ines, _moss = place
    post = topic.posts.get()
    at_once(*[lambda: reacting.react(Post.objects.get(pk=post.pk), by=ines, emoji="💛")] * 4)
    assert Reaction.objects.count() == 1


def test_what_is_published_and_taken_back_at_once_ends_in_one_of_both(place):
    topic, ines, moss = place
    topic.community.__class__.objects.filter(pk=topic.community_id).update(posted_by="approved")
    from coterie.core.verdict import Refused

    for n in range(4):
        held = posting.reply(fresh(topic), by=moss, source="Hm", client_key=f"h{n}")

        def publish(pk=held.pk):
            try:
                posting.publish(Post.objects.get(pk=pk), by=ines)
            except Refused:
                return False
            return True

        def retract(pk=held.pk):
            try:
                posting.retract(Post.objects.get(pk=pk), by=moss)
            except Refused:
                return False
            return True

        published, retracted = at_once(publish, retract)
        held = fresh(held)
        assert published or retracted
        assert (held.seq is not None) == published
        assert (held.state == "retracted") == retracted
    assert seqs(topic) == list(range(1, fresh(topic).last_seq + 1))


def test_a_double_click_is_one_vote_and_no_vote_is_lost(place):
    topic, ines, moss = place
    post = posting.reply(
        fresh(topic), by=ines, source="?", client_key="p", asked=Asked(("Yes", "No"), named=True)
    )

    def vote(by, option):
        def cast():
            poll = Poll.objects.select_related("post__conversation__community").get(post=post)
            polling.vote(poll, by=by, places=[option])

        return cast

    for _ in range(3):
        at_once(vote(ines, 0), vote(ines, 0), vote(moss, 1), vote(moss, 1))
    poll = Poll.objects.get(post=post)
    assert (poll.votes, poll.counted, poll.ballots.count()) == (2, 2, 2)
    assert poll.tally == {"counts": {"0": 1, "1": 1}}


def test_what_is_cast_while_it_closes_is_counted_or_refused(place):
    topic, ines, moss = place
    post = posting.reply(
        fresh(topic), by=ines, source="?", client_key="p", asked=Asked(("Yes", "No"), named=True)
    )

    def poll():
        return Poll.objects.select_related("post__conversation__community").get(post=post)

    def vote():
        try:
            polling.vote(poll(), by=moss, places=[1])
        except Refused:
            return 0
        return 1

    cast, _closed = at_once(vote, lambda: polling.close(poll(), by=ines))
    assert (poll().settled, poll().votes, poll().counted) == (True, cast, cast)
