"""Many at once: what was acknowledged is there once, and the numbers have no gap."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from coterie.config import wiring
from coterie.core.verdict import Refused
from coterie.gatherings.actions import convening
from coterie.gatherings.plans import Plan
from coterie.media import holding
from coterie.media.actions import sending as pictures
from coterie.media.tests import photos
from coterie.personas.actions import intending
from coterie.personas.models import Intention
from coterie.pure.markup import Text
from coterie.talk.actions import (
    importing,
    planning,
    polling,
    posting,
    reacting,
    sending,
    wording,
)
from coterie.talk.models import Asked, Conversation, Poll, Post, Reaction, Said
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
            Conversation.objects.get(pk=topic.pk), Said("Once"), by=moss, client_key="same"
        ).pk

    for _ in range(3):
        assert len(set(at_once(*[send] * 4))) == 1
    assert seqs(topic) == [1, 2]


def test_the_same_topic_sent_at_once_is_one_topic(place):
    topic, ines, _moss = place

    def send():
        return posting.start_topic(
            fresh(topic.community), Said("Once"), by=ines, title="Once", client_key="same"
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
                    Said(f"{name} {n}"),
                    by=by,
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
        held = posting.reply(fresh(topic), Said("Hm"), by=moss, client_key=f"h{n}")

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
        fresh(topic), Said("?", asked=Asked(("Yes", "No"), named=True)), by=ines, client_key="p"
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
        fresh(topic), Said("?", asked=Asked(("Yes", "No"), named=True)), by=ines, client_key="p"
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


def test_words_are_read_once_and_while_nobody_waits_for_it(place, monkeypatch):
    topic, ines, moss = place
    read = []

    class Watched(Text):
        def __init__(self, source):
            assert not connection.in_atomic_block
            read.append(source)
            super().__init__(source)

    monkeypatch.setattr(wording, "Text", Watched)
    sending.start_topic(fresh(topic.community), Said("a @b"), by=ines, title="A", client_key="a")
    sending.reply(fresh(topic), Said("b @c"), by=moss, client_key="b")
    post = posting.reply(fresh(topic), Said("c @d"), by=ines, client_key="c")
    posting.edit(Post.objects.get(pk=post.pk), by=ines, source="d @e")
    later = timezone.now() + timedelta(days=1)
    words = Said("e @f")
    plan = planning.plan_topic(
        fresh(topic.community), words, by=ines, at=later, title="B", client_key="e"
    )
    assert read == ["a @b", "b @c", "c @d", "d @e", "e @f"]
    planning.say_now(plan, by=ines)
    assert read[5:] == ["e @f"]
    answer = Said("f @g")
    planning.plan_answer(fresh(topic), answer, by=ines, at=later, client_key="f")
    Intention.objects.update(due_at=timezone.now())
    while intending.carry_out_due(wiring.INTENTIONS):
        pass
    assert read[6:] == ["f @g", "f @g"]
    assert Post.objects.get(source="f @g").seq
    begins = datetime.now() + timedelta(days=9)
    plan = Plan(begins=begins, ends=begins + timedelta(hours=2), zone="Europe/Berlin")
    convening.convene(
        fresh(topic.community), Said("g @h"), by=ines, title="C", plan=plan, client_key="g"
    )
    assert read[8:] == ["g @h"]


@pytest.fixture
def photo(place):
    topic, ines, _moss = place
    return pictures.send(
        photos.uploaded(photos.photo("jpg")), by=ines, community=topic.community
    ).public_id


def done(act):
    """Whether it was not refused."""

    def run():
        try:
            act()
        except Refused:
            return False
        return True

    return run


def held_up(monkeypatch):
    """Whoever asks what is promised takes a while over the answer."""
    asked = holding.promised

    def slowly(persona):
        found = asked(persona)
        time.sleep(0.3)
        return found

    monkeypatch.setattr(holding, "promised", slowly)


@pytest.mark.parametrize("other", ["plan", "post"])
def test_a_photo_goes_out_with_one_thing_alone(place, photo, monkeypatch, other):
    topic, ines, _moss = place
    later, words = timezone.now() + timedelta(days=1), Said("Look", photos=(photo,))

    def plan(key):
        return planning.plan_topic(
            fresh(topic.community), words, by=ines, at=later, title=key, client_key=key
        )

    def post():
        posting.reply(fresh(topic), words, by=ines, client_key="c")

    held_up(monkeypatch)
    acts = {"plan": lambda: plan("b"), "post": post}
    assert sorted(at_once(done(lambda: plan("a")), done(acts[other]))) == [False, True]


def test_a_plan_that_was_read_before_excuses_no_photo(place, photo):
    topic, ines, _moss = place
    later, words = timezone.now() + timedelta(days=1), Said("Look")

    def plan(key, said):
        return planning.plan_topic(
            fresh(topic.community), said, by=ines, at=later, title=key, client_key=key
        )

    read = plan("a", words)
    plan("b", replace(words, photos=(photo,)))
    read.photos = [photo]
    with pytest.raises(Refused):
        planning.change(read, replace(words, photos=(photo,)), by=ines, at=later, title="a")
