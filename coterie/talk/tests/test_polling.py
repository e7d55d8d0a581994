"""One vote per person, whichever persona casts it, and nobody learns whose it was."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from coterie.communities.actions import keeping_away, leaving
from coterie.communities.models import Community
from coterie.core.verdict import Refused
from coterie.personas import sealed
from coterie.talk.actions import erasing, keeping_order, polling, posting
from coterie.talk.models import Asked, Ballot, Conversation, Poll, PollKind, Post, PostState, Shown
from coterie.talk.tests.speaking import Speaker, fresh

pytestmark = pytest.mark.django_db

TEA = ("Nettle", "Mint", "Lime blossom")


def asks(person, topic, options=TEA, **more):
    """A poll on a new post of this person."""
    post = person.replies(topic, "Which tea?", asked=Asked(tuple(options), **more))
    return Poll.objects.select_related("post__conversation__community").get(post=post)


def votes(person, poll, *places):
    polling.vote(fresh(poll), by=person.here(poll.post.conversation.community), places=places)


def counts(poll):
    """What is told, in the order of the options."""
    tally = fresh(poll).tally
    return tally and [tally["counts"].get(str(n)) for n in range(len(fresh(poll).options))]


@pytest.fixture
def guests(ines, circle):
    """Six members."""
    people = [Speaker(f"guest{n}") for n in range(6)]
    for person in people:
        person.joins(circle, ines)
    return people


def test_a_poll_is_asked_answered_and_closed(ines, moss, circle, topic):
    moss.joins(circle, ines)
    poll = asks(ines, topic, named=True)
    votes(moss, poll, 1)
    votes(ines, poll, 2)
    assert counts(poll) == [0, 1, 1]
    votes(moss, poll, 2)
    assert counts(poll) == [0, 0, 2]
    polling.close(fresh(poll), by=ines.here(circle))
    with pytest.raises(Refused, match="closed"):
        votes(moss, poll, 0)
    assert (fresh(poll).settled, counts(poll)) == (True, [0, 0, 2])


def test_the_same_vote_twice_is_one_vote(moss, ines, circle, topic):
    moss.joins(circle, ines)
    poll = asks(ines, topic, named=True)
    votes(moss, poll, 1)
    votes(moss, poll, 1)
    assert (fresh(poll).votes, Ballot.objects.count()) == (1, 1)


def test_a_person_who_comes_back_with_a_new_persona_votes_once(ines, moss, circle, topic):
    moss.joins(circle, ines)
    before = moss.here(circle)
    poll = asks(ines, topic, named=True)
    votes(moss, poll, 0)
    leaving.leave(moss.seat(circle), by=before)
    moss.joins(circle, ines, name="somebody else")
    assert moss.here(circle) != before
    votes(moss, poll, 2)
    assert (fresh(poll).votes, counts(poll)) == (1, [0, 0, 1])
    assert Ballot.objects.get().persona == moss.here(circle)
    fixed = asks(ines, topic, may_change=False)
    votes(moss, fixed, 0)
    leaving.leave(moss.seat(circle), by=moss.here(circle))
    moss.joins(circle, ines, name="a third")
    with pytest.raises(Refused, match="stays as it is"):
        votes(moss, fixed, 1)


def test_a_nullifier_of_one_poll_says_nothing_in_another(ines, moss, circle, topic):
    moss.joins(circle, ines)
    for _ in range(2):
        votes(moss, asks(ines, topic), 0)
    here = moss.seat(circle).nullifier
    assert len({here, *Ballot.objects.values_list("nullifier", flat=True)}) == 3


def test_what_is_chosen_must_be_on_the_list_and_not_too_much(ines, circle, topic):
    one = asks(ines, topic)
    several = asks(ines, topic, kind=PollKind.SEVERAL, most=2, named=True)
    for poll, places in [(one, ()), (one, (0, 1)), (one, (3,)), (one, (-1,)), (several, (0, 1, 2))]:
        with pytest.raises(Refused):
            votes(ines, poll, *places)
    with pytest.raises(Refused):
        votes(ines, several, 1, 1)
    votes(ines, several, 0, 2)
    assert counts(several) == [1, 0, 1]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("Nettle",), "at least two"),
        (("Nettle", "nettle"), "twice"),
        (("Nettle", " "), "first"),
        (("Nettle", "x" * 101), "100"),
        (tuple(map(str, range(21))), "20"),
    ],
)
def test_a_poll_that_cannot_be_answered_is_refused_kindly(ines, topic, options, said):
    with pytest.raises(Refused, match=said):
        asks(ines, topic, options)
    assert not Poll.objects.exists()


def test_who_may_not_vote(ines, moss, juno, wren, circle, topic):
    moss.joins(circle, ines)
    juno.joins(circle, ines)
    poll = asks(moss, topic)
    with pytest.raises(Refused):
        polling.vote(fresh(poll), by=wren.persona(), places=[0])
    keeping_away.block(moss.seat(circle), by=juno.here(circle))
    with pytest.raises(Refused):
        votes(juno, poll, 0)
    keeping_order.remove_post(fresh(poll).post, by=ines.here(circle))
    with pytest.raises(Refused):
        votes(ines, poll, 0)
    waits = Post.objects.filter(pk=poll.post_id)
    waits.update(state=PostState.HELD, seq=None)
    with pytest.raises(Refused):
        votes(ines, poll, 0)
    waits.update(state=PostState.PUBLISHED)
    Community.objects.filter(pk=circle.pk).update(closed_at=timezone.now())
    with pytest.raises(Refused, match="closed"):
        votes(ines, poll, 0)
    assert not Ballot.objects.exists()


def test_after_its_time_nobody_votes_and_the_worker_counts(ines, moss, circle, topic):
    moss.joins(circle, ines)
    poll = asks(ines, topic, named=True, hours=24, shown=Shown.CLOSED)
    assert timedelta(hours=23) < fresh(poll).closes_at - timezone.now() < timedelta(hours=25)
    votes(moss, poll, 1)
    assert counts(poll) is None
    assert polling.settle_due() == 0
    Poll.objects.update(closes_at=timezone.now())
    with pytest.raises(Refused, match="closed"):
        votes(ines, poll, 1)
    rev = fresh(poll.post).rev
    assert polling.settle_due() == 1
    assert polling.settle_due() == 0
    assert (counts(poll), fresh(poll.post).rev > rev) == ([0, 1, 0], True)


def test_its_time_runs_from_when_it_is_out(ines, moss, circle, topic):
    moss.joins(circle, ines)
    Community.objects.filter(pk=circle.pk).update(posted_by="approved")
    poll = asks(moss, topic, hours=1)
    assert (fresh(poll.post).state, fresh(poll).closes_at) == ("held", None)
    posting.publish(fresh(poll.post), by=ines.here(circle))
    assert fresh(poll).closes_at > timezone.now()


def test_members_add_options_where_they_may(ines, moss, circle, topic):
    moss.joins(circle, ines)
    fixed, grows = asks(ines, topic), asks(ines, topic, grows=True)
    with pytest.raises(Refused, match="fixed"):
        polling.add_option(fixed, by=moss.here(circle), option="Sage")
    polling.add_option(grows, by=moss.here(circle), option=" Sage ")
    with pytest.raises(Refused, match="twice"):
        polling.add_option(grows, by=moss.here(circle), option="sage")
    assert fresh(grows).options == [*TEA, "Sage"]
    votes(moss, grows, 3)


def test_what_was_struck_takes_nobodys_place_on_a_full_list(ines, moss, circle, topic):
    moss.joins(circle, ines)
    poll = asks(ines, topic, grows=True, options=[f"Tea {n}" for n in range(20)])
    with pytest.raises(Refused, match="At most 20"):
        polling.add_option(fresh(poll), by=moss.here(circle), option="Sage")
    polling.strike(fresh(poll), by=ines.here(circle), place=3)
    polling.add_option(fresh(poll), by=moss.here(circle), option="Sage")
    assert fresh(poll).options[20] == "Sage"
    Poll.objects.filter(pk=poll.pk).update(options=["a", "b"] + [""] * 58)
    with pytest.raises(Refused, match="At most 20"):
        polling.add_option(fresh(poll), by=moss.here(circle), option="Mint")


def test_an_option_is_struck_by_whoever_asked_or_the_hosts(ines, moss, juno, circle, topic):
    for person in (moss, juno):
        person.joins(circle, ines)
    poll = asks(moss, topic, kind=PollKind.RANKED, named=True)
    votes(juno, poll, 1, 2)
    with pytest.raises(Refused):
        polling.strike(fresh(poll), by=juno.here(circle), place=1)
    polling.strike(fresh(poll), by=ines.here(circle), place=1)
    assert (fresh(poll).options, counts(poll)) == (["Nettle", "", "Lime blossom"], [0, None, 1])
    with pytest.raises(Refused, match="two options"):
        polling.strike(fresh(poll), by=moss.here(circle), place=0)
    with pytest.raises(Refused):
        votes(juno, poll, 1)


def test_a_ranked_poll_is_counted_in_rounds(ines, guests, circle, topic):
    poll = asks(ines, topic, kind=PollKind.RANKED, named=True)
    for person, places in zip(guests, [(0,), (0,), (1, 2), (1,), (2, 1), (2, 1)], strict=True):
        votes(person, poll, *places)
    votes(ines, poll, 2, 0)
    told = fresh(poll).tally
    assert (told["winner"], len(told["rounds"])) == (2, 2)
    assert told["rounds"][0] == {"counts": [[0, 2], [1, 2], [2, 3]], "out": 1, "spent": 0}


ONCE = re.compile(r'(csrfmiddlewaretoken" value|nonce|client_key" value)="[^"]+"')


def without_tokens(html):
    """Less what is random in every answer."""
    return ONCE.sub("", html)


def rows_of_everything():
    """Every row of the database, by table."""
    from django.apps import apps

    return {
        (model._meta.db_table, str(row))
        for model in apps.get_models(include_auto_created=True)
        for row in model.objects.values()
    }


def test_an_anonymous_vote_leaves_a_nullifier_and_nothing_else(ines, moss, circle, topic):
    moss.joins(circle, ines)
    poll = asks(ines, topic)
    browser = moss.browser()
    browser.get(topic.path)
    before = rows_of_everything()
    assert browser.post(f"{poll.post.path}poll/ballot/", {"choice": "1"}).status_code == 302
    gone, new = before - rows_of_everything(), rows_of_everything() - before
    assert sorted(table for table, _row in new) == ["talk_ballot", "talk_poll"]
    assert [table for table, _row in gone] == ["talk_poll"]
    ballot = Ballot.objects.values().get()
    assert ballot.pop("id") > 2**32
    assert ballot.pop("poll_id") == poll.pk
    assert ballot == {
        "nullifier": sealed.nullifier_of(moss.here(circle), poll.scope),
        "choices": [1],
        "persona_id": None,
    }


def test_no_page_of_a_host_moves_with_one_anonymous_vote(ines, guests, circle, topic):
    """Nor with two; the third shows all three at once."""
    poll = asks(ines, topic)
    votes(ines, poll, 0)
    host = ines.browser()
    paths = [topic.path, poll.post.path, f"{poll.post.path}poll/", circle.path]

    def seen():
        since = host.get(f"{topic.path}since/?epoch=1&seq=0&rev=0").content.decode()
        pages = [without_tokens(host.get(path).content.decode()) for path in paths]
        place = fresh(topic)
        return pages, since, place.last_rev, fresh(poll.post).rev

    first = seen()
    votes(guests[0], poll, 1)
    assert seen() == first
    votes(guests[0], poll, 2)
    votes(guests[0], poll, 1)
    assert seen() == first
    votes(guests[1], poll, 1)
    after = seen()
    assert after != first
    assert counts(poll) == [1, 2, 0]
    votes(guests[2], poll, 0)
    votes(guests[3], poll, 0)
    assert seen() == after


def test_few_anonymous_votes_are_never_told(ines, moss, circle, topic):
    moss.joins(circle, ines)
    poll = asks(ines, topic)
    votes(ines, poll, 0)
    votes(moss, poll, 1)
    polling.close(fresh(poll), by=ines.here(circle))
    assert (fresh(poll).settled, counts(poll), fresh(poll).counted) == (True, None, 0)


def test_striking_an_option_shows_no_vote_that_waits(ines, guests, circle, topic):
    poll = asks(ines, topic, kind=PollKind.RANKED)
    for person in guests[:3]:
        votes(person, poll, 0, 1)
    votes(guests[3], poll, 1, 0)
    polling.strike(fresh(poll), by=ines.here(circle), place=2)
    assert (counts(poll), fresh(poll).counted) == ([3, 0, None], 3)


def test_where_members_do_not_meet_counts_are_bands(ines, guests, circle, topic):
    from coterie.talk import reads

    Community.objects.filter(pk=circle.pk).update(members_meet=False)
    poll = asks(ines, topic, named=True)
    for person in guests:
        votes(person, poll, 1)
    found = Post.objects.select_related("conversation__community").get(pk=poll.post_id)
    told = reads.one_post(guests[0].viewer, found)["ballot"]["result"]
    assert told["people"] == "5+"
    assert [(each["count"], each["share"]) for each in told["options"]] == [
        ("", 0),
        ("5+", 0),
        ("", 0),
    ]


def test_the_result_is_read_after_voting_or_after_the_close(ines, moss, circle, topic):
    from coterie.talk import reads

    moss.joins(circle, ines)

    def read_by(person, poll):
        post = Post.objects.select_related("conversation__community").get(pk=poll.post_id)
        row = reads.one_post(person.viewer, post)
        return bool(row["poll"]["result"]), bool(row["ballot"]["result"])

    voted, closed = asks(ines, topic, named=True), asks(ines, topic, named=True, shown="closed")
    for poll in (voted, closed):
        votes(ines, poll, 0)
    assert (read_by(ines, voted), read_by(moss, voted)) == ((False, True), (False, False))
    assert read_by(ines, closed) == (False, False)
    for poll in (voted, closed):
        polling.close(fresh(poll), by=ines.here(circle))
        assert read_by(moss, poll) == (True, True)


def test_a_poll_goes_with_its_post_and_a_name_with_its_person(ines, moss, circle, topic):
    moss.joins(circle, ines)
    own, others = asks(moss, topic, named=True), asks(ines, topic, named=True)
    votes(moss, others, 1)
    votes(ines, own, 1)
    erasing.erase_words(moss.here(circle).pk)
    assert not Poll.objects.filter(pk=own.pk).exists()
    assert not Post.objects.get(pk=own.post_id).polled
    assert (Ballot.objects.get().persona, counts(others)) == (None, [0, 1, 0])
    posting.retract(fresh(others.post), by=ines.here(circle))
    assert not Ballot.objects.exists()


def test_a_page_asks_for_polls_only_where_there_are_some(ines, moss, circle, topic):
    from coterie.talk import reads
    from coterie.talk.tests.test_costs import queries, told

    moss.joins(circle, ines)

    def cost():
        viewer, found = moss.viewer, told(moss, topic)
        return queries(lambda: reads.topic(viewer, found, whole=True))

    ines.replies(topic)
    without = cost()
    votes(moss, asks(ines, topic), 0)
    one = cost()
    for _ in range(8):
        votes(moss, asks(ines, topic, named=True), 1)
    assert (one - without, cost() - one) == (2, 0)


def test_whoever_reads_from_outside_reads_no_ballot(ines, wren, circle, topic):
    Conversation.objects.filter(pk=topic.pk).update(see="everyone")
    from coterie.talk import reads

    poll = asks(ines, topic)
    row = reads.one_post(
        wren.viewer, Post.objects.select_related("conversation__community").get(pk=poll.post_id)
    )
    assert (row["ballot"], [each["text"] for each in row["poll"]["options"]]) == (None, list(TEA))
