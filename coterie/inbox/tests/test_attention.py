"""What a person wants: its page, levels, followers, announcements, and whole days through it."""

import random
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from coterie.communities.actions import hearing as hearing_places
from coterie.communities.models import Membership
from coterie.core.verdict import Refused
from coterie.inbox import desks, reads
from coterie.inbox.actions import attending, calling, digesting, following, notifying
from coterie.inbox.models import Attention, Notification
from coterie.inbox.reads import cost
from coterie.inbox.tests.people import letters, person, place, seat, sign_in, viewer
from coterie.personas import sealed
from coterie.pure.attention import Wishes
from coterie.talk.actions import announcing, hearing
from coterie.talk.models import Conversation, Post, Tag, Tagging

pytestmark = pytest.mark.django_db
FOLLOW, MUTE = Membership.Level.FOLLOW, Membership.Level.MUTE


@pytest.fixture
def circle():
    return place()


@pytest.fixture
def host(circle):
    found = person("ines")
    seat(found, circle, "host")
    return found


@pytest.fixture
def rue(circle):
    found = person("rue")
    seat(found, circle)
    return found


def begins(circle, who, title="Which thread?", voice="own"):
    topic = Conversation.objects.create(
        community=circle, title=title, see="members", started_by=who, last_seq=1, voice=voice
    )
    says(topic, who, 1)
    return topic


def says(topic, who, seq):
    Conversation.objects.filter(pk=topic.pk).update(last_seq=seq, last_post_at=timezone.now())
    return Post.objects.create(
        conversation=topic, persona=who, seq=seq, client_key=f"k{topic.pk}.{seq}", source="so",
        html="<p>so</p>", published_at=timezone.now(),
    )  # fmt: skip


def kinds(persona):
    return sorted(Notification.objects.filter(persona=persona).values_list("kind", flat=True))


SAID = {
    "a_day": "3", "digest_at": "1140", "keeps_quiet": "on", "quiet_from": "22:00",
    "quiet_to": "06:30", "zone": "Europe/Berlin",
}  # fmt: skip


def test_the_page_keeps_what_was_said(client, rue):
    sign_in(client, rue)
    assert client.get("/attention/").status_code == 200
    assert client.post("/attention/", SAID).status_code == 302
    wanted = desks.of(sealed.owner_of(rue)).wishes
    assert wanted == Wishes(3, 1140, True, 1320, 390, "Europe/Berlin")
    page = client.get("/attention/").content.decode()
    assert 'value="22:00"' in page
    assert "0 of 3 calls today" in client.get("/alerts/").content.decode()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"digest_at": "1380"}, "This lies in your quiet hours."),
        ({"quiet_to": "21:00"}, "Leave at least four hours"),
        ({"zone": "Mars/Olympus"}, "Choose a zone from the list."),
        ({"quiet_from": "late"}, "Give a time."),
        ({"a_day": "-1"}, "Select a valid choice."),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_nothing_is_lost(client, rue, wrong, sentence):
    sign_in(client, rue)
    answer = client.post("/attention/", SAID | wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert 'value="06:30"' in page or "quiet_to" in wrong
    assert not Attention.objects.exists()


def test_levels_are_ones_own(client, circle, host, rue):
    sign_in(client, rue)
    mine, theirs = (Membership.objects.get(persona=each) for each in (rue, host))
    said = {f"level-{mine.public_id}": "mute", f"level-{theirs.public_id}": "mute"}
    client.post("/attention/levels/", said)
    levels = dict(Membership.objects.values_list("persona", "level"))
    assert levels == {rue.pk: "mute", host.pk: "normal"}
    with pytest.raises(Refused):
        hearing_places.hear(theirs, MUTE, by=rue)


def test_only_who_reads_a_topic_says_how_much_of_it(client, circle, host, rue):
    topic, stranger = begins(circle, host), person("wren")
    with pytest.raises(Refused):
        hearing.hear(topic, FOLLOW, by=stranger)
    path = f"/t/{topic.public_id}/attention/"
    sign_in(client, rue)
    assert client.post(path, {"level": "follow"}).status_code == 302
    assert "You follow this topic" in client.get(topic.path).content.decode()
    assert client.post(path, {"level": ""}).status_code == 302
    assert "You follow this topic" not in client.get(topic.path).content.decode()
    assert client.post(path, {"level": "loud"}).status_code == 422


def test_who_follows_a_topic_hears_of_it_once_until_they_look(circle, host, rue):
    topic = begins(circle, host)
    hearing.hear(topic, FOLLOW, by=rue)
    hearing.hear(topic, FOLLOW, by=host)
    for seq in (2, 3):
        says(topic, host, seq)
        following.tell_followers()
    assert kinds(rue) == ["followed"]
    assert kinds(host) == []


def test_who_follows_a_place_or_a_tag_hears_of_new_topics(circle, host, rue):
    sage, moss = person("sage"), person("moss")
    for each in (sage, moss):
        seat(each, circle)
    wool = Tag.objects.create(community=circle, word="wool", key="wool")
    hearing_places.hear(Membership.objects.get(persona=rue), FOLLOW, by=rue)
    hearing.hear_tag(wool, FOLLOW, by=sage)
    tagged, _plain = begins(circle, host), begins(circle, host, "Tea")
    Tagging.objects.create(tag=wool, conversation=tagged)
    for _ in range(2):
        following.tell_followers()
    assert kinds(rue) == ["begun", "begun"]
    assert kinds(moss) == kinds(host) == []
    assert [row.conversation for row in Notification.objects.filter(persona=sage)] == [tagged]


def test_a_muted_tag_mutes_its_topics_unless_the_topic_is_followed(circle, host, rue):
    wool = Tag.objects.create(community=circle, word="wool", key="wool")
    topic = begins(circle, host)
    Tagging.objects.create(tag=wool, conversation=topic)
    hearing.hear_tag(wool, MUTE, by=rue)
    told = (rue.pk, circle.pk, topic.pk)
    assert reads.levels_of([told])[told] == "mute"
    hearing.hear(topic, FOLLOW, by=rue)
    assert reads.levels_of([told])[told] == "follow"


def test_the_hosts_ask_everybody_once(
    client, circle, host, rue, django_capture_on_commit_callbacks
):
    muted, late = person("sage"), person("late")
    hearing_places.hear(seat(muted, circle), MUTE, by=muted)
    topic = begins(circle, host, "The hall is closed", voice="hosts")
    later = seat(late, circle)
    Membership.objects.filter(pk=later.pk).update(history_from=timezone.now())
    own = begins(circle, host, "My garden")
    with pytest.raises(Refused):
        announcing.announce(own, by=host)
    with pytest.raises(Refused):
        announcing.announce(topic, by=rue)
    sign_in(client, host)
    path = f"/t/{topic.public_id}/announcement/"
    assert "You are few" in client.get(path).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(path).status_code == 302
    topic.refresh_from_db()
    assert "told of this topic already" in client.get(path).content.decode()
    with pytest.raises(Refused):
        announcing.announce(topic, by=host)
    assert kinds(rue) == kinds(muted) == ["announced"]
    assert kinds(host) == kinds(late) == []
    unread = dict(Notification.objects.values_list("persona", "is_unread"))
    assert unread == {rue.pk: True, muted.pk: False}


def test_a_cost_tells_of_nobody(circle, host, settings):
    settings.HOME_ZONE = "UTC"
    people = [person(f"p{n}") for n in range(30)]
    for each in people[:18]:
        seat(each, circle)
    topic = begins(circle, host, "The hall is closed", voice="hosts")
    noon = datetime(2026, 6, 3, 12, 30, tzinfo=UTC)
    few = reads.cost_of(topic, by_id=host.pk, at=noon)
    assert (few.now, few.digest) == (None, None)
    for each in people[18:]:
        seat(each, circle)
    told = reads.cost_of(topic, by_id=host.pk, at=noon)
    assert told.now in (90, 100)
    assert told.digest in (0, 10)
    # Asked again within the hour, and after one of them changed their mind, it says the same.
    changed = []
    for each in people:
        before = reads.cost_of(topic, by_id=host.pk, at=noon)
        attending.wish(Wishes(a_day=0), by=viewer(each))
        after = reads.cost_of(topic, by_id=host.pk, at=noon + timedelta(minutes=20))
        changed.append(before != after)
    assert sum(changed) <= 2 * len(cost.SHARES) + 2
    assert reads.cost_of(topic, by_id=host.pk, at=noon).now in (0, 10)
    midnight = reads.cost_of(topic, by_id=host.pk, at=noon + timedelta(hours=12))
    assert midnight.now in (0, 10)


@pytest.mark.parametrize("seed", range(2))
def test_whole_days_through_the_database(seed, settings):
    """Never more than wished, nothing muted, nothing in quiet hours; all else told once."""
    settings.HOME_ZONE, settings.PUBLIC_URL = "UTC", "https://fern.example"
    dice = random.Random(seed)
    heron, moth = (person(name, address="ada@example.org") for name in ("heron", "moth"))
    wanted = Wishes(dice.choice((0, 1, 3)), 18 * 60, True, 22 * 60, 7 * 60, "Europe/Berlin")
    attending.wish(wanted, by=viewer(heron))
    host, loud, still = person("ines"), {}, {}
    for each in (heron, moth):
        loud[each], still[each] = place(f"Loud {each}"), place(f"Still {each}")
        seat(each, loud[each])
        hearing_places.hear(seat(each, still[each]), MUTE, by=each)
    start = datetime(2026, 3, 28, 4, 0, tzinfo=UTC)  # in the second night clocks leap
    things = sorted((dice.randrange(40 * 60), n) for n in range(14))
    called, told = Counter(), []
    for minute in range(0, 64 * 60, 10):
        at = start + timedelta(minutes=minute)
        with time_machine.travel(at, tick=False):
            while things and things[0][0] <= minute:
                n = things.pop(0)[1]
                who, where = dice.choice((heron, moth)), dice.choice((loud, loud, still))
                notifying.tell(
                    who, kind=dice.choice(("replied", "note", "role")), community=where[who],
                    key=f"t{n}", actor=host, facts={"sentence": f"thing-{n}."},
                )  # fmt: skip
                told.append((n, where))
            before = len(letters())
            calling.call_on_people()
            singles = letters()[before:]
            digesting.send_due()
            both = letters()[before:]
        clock = wanted.here(at)
        called[clock.date()] += len(singles)
        assert not (both and wanted.is_quiet(at))
        assert called[clock.date()] <= wanted.a_day
    everything = "".join(each["text"] for each in letters())
    for n, where in told:
        times = everything.count(f"thing-{n}.")
        assert times == (0 if where is still else 1), n
    assert Notification.objects.count() == 14
