"""Everybody hears what concerns them, once, and nobody else does."""

import pytest
from django.utils import timezone

from coterie.communities import events as communities
from coterie.communities.models import Block, JoinRequest, Membership, Mute
from coterie.core.events import announce
from coterie.inbox import listeners, reads
from coterie.inbox.actions import notifying, reading
from coterie.inbox.models import Notification
from coterie.inbox.tests.people import a_little_later, letters, person, place, seat, viewer
from coterie.talk import events as talk
from coterie.talk.models import Conversation, Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def circle():
    return place()


@pytest.fixture
def host(circle):
    found = person("ines")
    seat(found, circle, "host")
    return found


@pytest.fixture
def told(django_capture_on_commit_callbacks):
    def tell_all(*facts):
        with django_capture_on_commit_callbacks(execute=True):
            for fact in facts:
                announce(fact)

    return tell_all


def asks(persona, circle, **fields):
    return JoinRequest.objects.create(persona=persona, community=circle, **fields)


def kinds(persona):
    return list(
        Notification.objects.filter(persona=persona).order_by("pk").values_list("kind", flat=True)
    )


def test_telling_twice_tells_once(circle, host):
    for _ in range(2):
        notifying.tell(host, kind="note", community=circle, facts={"sentence": "Thank you."})
    assert kinds(host) == ["note"]


def test_two_different_notes_are_two(circle, host):
    for sentence in ("One.", "Two."):
        notifying.tell(host, kind="note", community=circle, facts={"sentence": sentence})
    assert kinds(host) == ["note", "note"]


def test_hosts_at_the_door_see_one_row_that_counts(circle, host, told):
    doorkeeper, gardener, member = person("moss"), person("fern"), person("rue")
    seat(doorkeeper, circle, "moderator", ["door"])
    seat(gardener, circle, "moderator", ["talk"])
    seat(member, circle)
    told(*[communities.AskedToJoin(asks(person(f"p{n}"), circle).pk) for n in range(3)])
    assert [row.facts["count"] for row in Notification.objects.filter(kind="asked")] == [3, 3]
    assert kinds(host) == kinds(doorkeeper) == ["asked"]
    assert kinds(gardener) == kinds(member) == []


def test_many_requests_are_one_mail_until_the_host_has_looked(circle, host, told):
    told(*[communities.AskedToJoin(asks(person(f"p{n}"), circle).pk) for n in range(3)])
    assert [a_little_later(), a_little_later()] == [1, 0]
    assert len(letters()) == 1
    reading.read_all(by=viewer(host))
    late = communities.AskedToJoin(asks(person("late"), circle).pk)
    told(late)
    a_little_later()
    assert len(letters()) == 2
    reading.read_all(by=viewer(host))
    told(late)
    a_little_later()
    assert len(letters()) == 2
    assert reads.unread_count(viewer(host)) == 0


def test_a_withdrawn_request_takes_the_hosts_alert_away(circle, host, told):
    asked = asks(person("pebble"), circle)
    told(communities.AskedToJoin(asked.pk))
    assert kinds(host) == ["asked"]
    JoinRequest.objects.filter(pk=asked.pk).update(state="withdrawn")
    told(communities.Withdrawn(asked.pk))
    assert kinds(host) == []


def test_who_is_let_in_hears_it_once_by_page_and_mail(circle, host, told):
    pebble = person("pebble")
    asks(pebble, circle, state="admitted")
    admitted = communities.Admitted(seat(pebble, circle).pk, host.pk)
    told(admitted, admitted)
    assert kinds(pebble) == ["admitted"]
    assert [letter["to"] for letter in letters()] == ["pebble@example.org"]
    assert "Mending circle" in letters()[0]["text"]
    assert "Mending circle" not in letters()[0]["subject"]


def test_who_walks_through_an_open_door_is_not_told_so(circle, told):
    rue = person("rue")
    told(communities.Admitted(seat(rue, circle).pk, rue.pk))
    assert kinds(rue) == []


def test_a_declined_asker_reads_the_hosts_words_and_no_name(circle, host, told):
    pebble = person("pebble")
    asked = asks(
        pebble, circle, state="declined", sentence="We are full for now.", answered_by=host
    )
    told(communities.TurnedAway(asked.pk, host.pk))
    row = Notification.objects.get(persona=pebble)
    assert (row.kind, row.actor, row.facts) == (
        "declined",
        None,
        {"sentence": "We are full for now."},
    )
    assert "We are full for now." in letters()[0]["text"]
    assert "The hosts" in letters()[0]["text"]
    assert host.name not in letters()[0]["text"]


def test_no_mail_names_two_personas_of_one_address(circle, host, told):
    heron, moth = (person(name, address="ada@example.org") for name in ("heron", "moth"))
    other = place("Natural dye")
    for persona, community in ((heron, circle), (moth, other)):
        asks(persona, community, state="admitted")
        told(communities.Admitted(seat(persona, community).pk, host.pk))
    assert len(letters()) == 2
    for letter in letters():
        text = letter["subject"] + letter["text"]
        assert ("Mending circle" in text) != ("Natural dye" in text)
        assert "heron" not in text
        assert "moth" not in text


def test_all_members_hear_that_the_last_host_has_gone(
    circle, host, told, django_assert_max_num_queries
):
    members = [person(f"m{n}") for n in range(5)]
    for member in members:
        seat(member, circle)
    Membership.objects.filter(persona=host).update(state="left")
    circle.orphaned_at = circle.created_at
    circle.save()
    with django_assert_max_num_queries(8):
        listeners.tell_members_of_the_empty_chair(communities.Orphaned(circle.pk))
    listeners.tell_members_of_the_empty_chair(communities.Orphaned(circle.pk))
    assert [kinds(member) for member in members] == [["orphaned"]] * 5
    assert kinds(host) == []


def test_who_left_keeps_no_alert_from_there(circle, host, told):
    notifying.tell(host, kind="admitted", community=circle, path=circle.path)
    place_there = Membership.objects.get(persona=host)
    Membership.objects.filter(pk=place_there.pk).update(state="left")
    told(communities.Left(place_there.pk, False))
    assert kinds(host) == []


def test_reading_is_one_persons_own(circle, host):
    stranger = person("wren")
    notifying.tell(host, kind="note", community=circle)
    reading.read(Notification.objects.get(), by=viewer(stranger))
    assert reads.unread_count(viewer(host)) == 1
    reading.read_all(by=viewer(stranger))
    assert reads.unread_count(viewer(host)) == 1
    reading.read(Notification.objects.get(), by=viewer(host))
    assert reads.unread_count(viewer(host)) == 0


def test_nothing_tells_when_it_was_read():
    assert not [
        field.name
        for field in Notification._meta.fields
        if "read" in field.name and field.name != "is_unread"
    ]


@pytest.fixture
def topic(circle, host):
    return Conversation.objects.create(
        community=circle, title="Which thread?", see="members", started_by=host, last_seq=1
    )


def says(persona, topic, seq, **fields):
    return Post.objects.create(
        conversation=topic,
        persona=persona,
        seq=seq,
        client_key=f"k{seq}",
        html="<p>so</p>",
        source="so",
        published_at=timezone.now(),
        **fields,
    )


def test_who_is_answered_hears_it_and_is_called_if_they_do_not_look(circle, host, topic, told):
    rue = person("rue")
    seat(rue, circle)
    question = says(rue, topic, 1)
    answer = says(host, topic, 2, reply_to=question)
    told(talk.Answered(answer.pk), talk.Answered(answer.pk))
    row = Notification.objects.get(persona=rue)
    assert (row.kind, row.actor, row.path) == ("replied", host, answer.path)
    assert letters() == []
    assert a_little_later() == 1
    assert [letter["to"] for letter in letters()] == ["rue@example.org"]
    assert a_little_later() == 0


def test_who_has_looked_is_not_called(circle, host, topic, told):
    rue = person("rue")
    seat(rue, circle)
    told(talk.Posted(says(host, topic, 2, reply_to=says(rue, topic, 1)).pk))
    reading.read_all(by=viewer(rue))
    assert a_little_later() == 0
    assert letters() == []


def test_the_anonymous_voice_is_not_named_in_an_alert(circle, host, topic, told):
    rue = person("rue")
    seat(rue, circle)
    told(talk.Answered(says(rue, topic, 2, reply_to=says(host, topic, 1), voice="member").pk))
    assert Notification.objects.get(persona=host).actor is None
    assert "A member answered you" in reads.page(viewer(host)).rows[0]["words"]
    assert "'rue'" not in str(reads.page(viewer(host)).rows)


def test_who_began_hears_of_answers_in_one_row(circle, host, topic, told):
    rue = person("rue")
    seat(rue, circle)
    told(*[talk.Answered(says(rue, topic, n).pk) for n in (1, 2, 3)])
    assert kinds(host) == ["answered"]


def test_nobody_hears_of_their_own_words_nor_of_somebody_they_muted_or_blocked(
    circle, host, topic, told
):
    rue, sage = person("rue"), person("sage")
    ours, theirs, other = (
        seat(rue, circle),
        Membership.objects.get(persona=host),
        seat(sage, circle),
    )
    Mute.objects.create(muter=theirs, muted=ours)
    Block.objects.create(blocker=other, blocked=theirs)
    told(*[talk.Answered(says(who, topic, n).pk) for n, who in enumerate((host, rue, sage), 1)])
    assert kinds(host) == []


def test_who_may_not_read_the_answer_is_not_told(circle, host, topic, told):
    gone = person("gone")
    question = says(gone, topic, 1)
    told(talk.Answered(says(host, topic, 2, reply_to=question).pk))
    assert kinds(gone) == []


def test_an_answer_that_is_gone_is_unsaid(circle, host, topic, told):
    rue = person("rue")
    seat(rue, circle)
    answer = says(rue, topic, 2, reply_to=says(host, topic, 1))
    told(talk.Answered(answer.pk))
    Post.objects.filter(pk=answer.pk).update(state="retracted", source="", html="")
    told(talk.Retracted(answer.pk))
    assert kinds(host) == []


def test_an_anonymous_answer_of_somebody_muted_is_told_like_any_other(circle, host, topic, told):
    rue = person("rue")
    theirs = seat(rue, circle)
    Mute.objects.create(muter=Membership.objects.get(persona=host), muted=theirs)
    question = says(host, topic, 1)
    told(talk.Answered(says(rue, topic, 2, reply_to=question, voice="member").pk))
    assert kinds(host) == ["replied"]
    told(talk.Answered(says(rue, topic, 3, reply_to=question).pk))
    assert kinds(host) == ["replied"]
