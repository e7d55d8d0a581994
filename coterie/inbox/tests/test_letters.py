"""Letters as they leave: their bytes, their headers, and what is not in them."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from coterie.accounts.models import Account
from coterie.communities.models import Block, Membership
from coterie.core.boxes import unseal
from coterie.inbox import carrying, desks, letterboxes
from coterie.inbox.actions import attending, calling, digesting, notifying, reading, unsubscribing
from coterie.inbox.models import Attention, Notification
from coterie.inbox.tests.people import a_little_later, letters, person, place, seat, viewer
from coterie.inbox.tests.postbox import postbox, queued, read, work
from coterie.personas import sealed
from coterie.pure.attention import Desk, Wishes
from coterie.talk.actions import posting
from coterie.talk.models import Conversation, Post, Voice

pytestmark = pytest.mark.django_db

NOON = "2026-06-03 12:00:00+00:00"
EVENING = "2026-06-03 19:00:00+00:00"


@pytest.fixture(autouse=True)
def noon():
    """At night a letter would wait, and these tests run at night too."""
    with time_machine.travel(timezone.now().replace(hour=12), tick=True):
        yield


@pytest.fixture(autouse=True)
def zone(settings):
    settings.HOME_ZONE = "UTC"
    settings.PUBLIC_URL = "https://fern.example"
    settings.DEFAULT_FROM_EMAIL = "coterie@fern.example"


@pytest.fixture
def circle():
    return place("Mending circle")


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


def topic(circle, host, title="Which thread?", **fields):
    return Conversation.objects.create(
        community=circle, title=title, see="members", started_by=host, last_seq=1, **fields
    )


def answer(talk, who, whom, words="Wool *thread* & patience.", **fields):
    """`who` answers `whom`, who is told."""
    count = Post.objects.count()
    said = Post.objects.create(
        conversation=talk, persona=who, seq=count + 1, client_key=f"k{count}", source=words,
        html=f"<p>{words}</p>".replace("&", "&amp;"), published_at=timezone.now(), **fields,
    )  # fmt: skip
    notifying.tell(
        whom, kind="replied", community=talk.community, path=said.path, conversation=talk,
        post=said, key=f"replied:{said.pk}", actor=who if said.voice == Voice.OWN else None,
        facts={"voice": said.voice},
    )  # fmt: skip
    return said


def wishes(persona, **fields):
    attending.wish(Wishes(**{"a_day": 0, "zone": "UTC"} | fields), by=viewer(persona))


def evening(rounds=20):
    """The worker's rounds from the hour of the digest on."""
    for n in range(rounds):
        with time_machine.travel(EVENING, tick=False) as clock:
            clock.shift(timedelta(minutes=3 * n - 60))
            digesting.send_due()


def a_day(*personas):
    """They are known since the morning."""
    with time_machine.travel("2026-06-03 09:00:00+00:00", tick=False):
        for persona in personas:
            notifying.tell(persona, kind="role", community=None, key="first")
        a_little_later()
        for persona in personas:
            reading.read_all(by=viewer(persona))


def parts(mail):
    texts = {each.get_content_type(): each.get_content() for each in mail.walk()
             if not each.is_multipart()}  # fmt: skip
    return texts["text/plain"], texts["text/html"]


def test_a_digest_leaves_with_what_one_click_needs(circle, host, rue, settings):
    a_day(rue)
    wishes(rue)
    with time_machine.travel(NOON, tick=False):
        answer(topic(circle, host), host, rue)
    with postbox(settings) as taken:
        evening()
        assert queued().count() == 1
        work()
    [wire] = taken
    head = wire.split(b"\r\n\r\n")[0]
    lines = head.split(b"\r\n")
    [stop] = [line for line in lines if line.startswith(b"List-Unsubscribe:")]
    assert stop.startswith(b"List-Unsubscribe: <https://fern.example/u/")
    assert stop.endswith(b"/>")
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click" in lines
    assert b"=?" not in head
    mail = read(wire)
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Message-ID"].endswith("@fern.example>")
    for name in ("rue", "ines", "Mending", circle.public_id, rue.public_id):
        assert name not in head.decode().replace("rue@example.org", "")
    text, html = parts(mail)
    for body in (text, html):
        assert "Mending circle" in body
        assert "ines answered you in “Which thread?”" in body
        assert stop.decode().split("<")[1][:-1] in body
    assert "Wool *thread* & patience." in text
    assert "Wool *thread* &amp; patience." in html
    assert "prefers-color-scheme: dark" in html
    assert "<img" not in html
    assert len(wire) < 102_000


@pytest.mark.parametrize(
    "host_name", ["fern.example", "a-very-long-name-of-a-community-server.some-town.example.org"]
)
def test_the_address_to_stop_at_is_one_piece_however_long(circle, host, rue, settings, host_name):
    settings.PUBLIC_URL = f"https://{host_name}"
    a_day(rue)
    wishes(rue)
    with time_machine.travel(NOON, tick=False):
        answer(topic(circle, host), host, rue)
    with postbox(settings) as taken:
        evening()
        work()
    [line] = [each for each in taken[0].split(b"\r\n") if each.startswith(b"List-Unsubscribe:")]
    assert line.startswith(f"List-Unsubscribe: <https://{host_name}/u/".encode())
    assert line.endswith(b"/>")


def test_tried_again_it_is_the_same_letter_and_two_letters_are_two(circle, host, rue, settings):
    with time_machine.travel(NOON, tick=False):
        for n in range(2):
            answer(topic(circle, host, f"Topic {n}"), host, rue)
        with postbox(settings) as taken:
            for _ in range(2):
                a_little_later()
            boxes = [task.args_kwargs["args"][0] for task in queued()]
            for box in [*boxes, *boxes]:
                carrying.carry.func(box)
    ids = [read(wire)["Message-ID"] for wire in taken]
    assert len(ids) == 4
    assert ids[:2] == ids[2:]
    assert ids[0] != ids[1]


def test_letters_of_two_personas_of_one_person_have_nothing_in_common(settings):
    heron, moth = (person(name, address="ada@example.org") for name in ("heron", "moth"))
    circle, dye = place("Mending circle"), place("Natural dye")
    host = person("ines")
    for persona, there in ((heron, circle), (moth, dye)):
        seat(persona, there)
    a_day(heron, moth)
    wishes(heron)
    with time_machine.travel(NOON, tick=False):
        for persona, there in ((heron, circle), (moth, dye)):
            answer(topic(there, host), host, persona)
    with postbox(settings) as taken:
        moments = []
        for n in range(22):
            with time_machine.travel(EVENING, tick=False) as clock:
                clock.shift(timedelta(minutes=3 * n - 60))
                moments += [n] * digesting.send_due()
        work()
    mails = [read(wire) for wire in taken]
    assert len(set(moments)) == len(moments) == 2
    for mail in mails:
        text, html = parts(mail)
        assert ("Mending circle" in text) != ("Natural dye" in text)
        assert ("Mending circle" in html) != ("Natural dye" in html)
        assert "heron" not in text + html
        assert "moth" not in text + html
    for header in ("Message-ID", "List-Id", "List-Unsubscribe"):
        assert len({mail[header] for mail in mails}) == 2


def test_an_empty_digest_is_not_sent(circle, host, rue):
    a_day(rue, host)
    evening()
    assert letters() == []


def test_what_was_seen_muted_or_called_is_not_in_the_digest(circle, host, rue):
    a_day(rue)
    with time_machine.travel(NOON, tick=False):
        called, seen, muted, left = (topic(circle, host, name) for name in ("A", "B", "C", "D"))
        answer(called, host, rue)
        assert a_little_later() == 1
        wishes(rue)
        answer(seen, host, rue)
        reading.read_all(by=viewer(rue))
        answer(muted, host, rue)
        answer(left, host, rue)
        from coterie.talk.actions import hearing

        hearing.hear(muted, Membership.Level.MUTE, by=rue)
    before = len(letters())
    evening()
    [digest] = letters()[before:]
    assert "“D”" in digest["text"]
    for title in "ABC":
        assert f"“{title}”" not in digest["text"]


def test_what_happens_in_a_muted_topic_is_in_the_list_and_not_new(circle, host, rue):
    from coterie.talk.actions import hearing

    talk = topic(circle, host)
    hearing.hear(talk, Membership.Level.MUTE, by=rue)
    answer(talk, host, rue)
    assert Notification.objects.get(persona=rue).is_unread is False
    assert a_little_later() == 0
    hearing.hear_as_the_community(talk, by=rue)
    answer(talk, host, rue)
    assert a_little_later() == 1


def test_words_that_may_no_longer_be_read_do_not_leave(circle, host, rue):
    a_day(rue)
    wishes(rue)
    with time_machine.travel(NOON, tick=False):
        gone = answer(topic(circle, host, "Gone"), host, rue, words="Secret of the kettle.")
        edited = answer(topic(circle, host, "Edited"), host, rue, words="Old words.")
        posting.take_back(gone)
        Post.objects.filter(pk=edited.pk).update(html="<p>New words.</p>")
    evening()
    [digest] = letters()
    assert "kettle" not in str(digest)
    assert "Old words" not in str(digest)
    assert "New words." in digest["text"]


def test_whom_they_keep_away_is_in_no_letter(circle, host, rue):
    a_day(rue)
    wishes(rue)
    with time_machine.travel(NOON, tick=False):
        answer(topic(circle, host), host, rue)
        ours, theirs = (Membership.objects.get(persona=each) for each in (rue, host))
        Block.objects.create(blocker=ours, blocked=theirs)
    evening()
    assert letters() == []


def test_of_a_secret_place_no_title_no_name_and_no_word_leaves(host, rue):
    nook = place("Safe house", found_by="nobody", seen_by="members")
    for each in (host, rue):
        seat(each, nook)
    a_day(rue)
    wishes(rue)
    with time_machine.travel(NOON, tick=False):
        answer(topic(nook, host, "Where we meet"), host, rue, words="Behind the mill.")
    evening()
    [digest] = letters()
    for word in ("Where we meet", "Behind the mill", "ines"):
        assert word not in str(digest)
    assert "Somebody answered you" in digest["text"]


def test_nothing_queued_holds_words_names_or_addresses(circle, host, rue, settings):
    settings.MAIL_SERVER = True
    with time_machine.travel(NOON, tick=False):
        answer(topic(circle, host), host, rue)
        a_little_later()
    [task] = queued()
    [box] = task.args_kwargs["args"]
    inside = unseal(box, carrying.BOX)
    for word in ("Wool", "ines", "rue", "thread", "example"):
        assert word not in inside
    assert len(box) == len(carrying.boxed({"persona": 1, "since": "x" * 32, "until": "y" * 32}))


def test_a_mail_server_that_is_away_is_asked_again(circle, host, rue, settings):
    settings.MAIL_SERVER = True
    from coterie.config import signing_in

    settings.MAILERS = {"default": signing_in.mailer("smtp://127.0.0.1:1")}
    answer(topic(circle, host), host, rue)
    a_little_later()
    [task] = queued()
    carrying.carry.func(*task.args_kwargs["args"])
    later = queued().exclude(pk=task.pk).get()
    assert later.args_kwargs["args"][1] == 1
    assert later.run_after > timezone.now()
    with pytest.raises(OSError, match="refused"):
        carrying.carry.func(task.args_kwargs["args"][0], carrying.TRIES)


def stop_of(letter) -> str:
    return next(line for line in letter["text"].split() if "/u/" in line).removeprefix(
        "https://fern.example"
    )


def test_a_look_changes_nothing_and_a_post_without_session_stops(circle, host, rue):
    answer(topic(circle, host), host, rue)
    a_little_later()
    stop, strict = stop_of(letters()[0]), Client(enforce_csrf_checks=True)
    assert strict.get(stop).status_code == 200
    assert not letterboxes.closed([rue.pk])
    for _ in range(2):
        answered = strict.post(stop, {"List-Unsubscribe": "One-Click"})
        assert answered.status_code == 200
    assert letterboxes.closed([rue.pk])
    assert rue.public_id not in answered.content.decode()
    answer(topic(circle, host, "Another"), host, rue)
    assert a_little_later() == 0
    notifying.tell(rue, kind="note", community=circle, facts={"sentence": "Thank you."})
    assert calling.call(Notification.objects.get(kind="note").pk, at=timezone.now())
    assert [each for each in letters() if "Thank you." in each["text"]]


def test_a_used_token_stops_nothing_once_letters_come_again(circle, host, rue):
    answer(topic(circle, host), host, rue)
    a_little_later()
    stop = stop_of(letters()[0])
    Client().post(stop)
    unsubscribing.open_again(rue, by=viewer(rue))
    assert Client().post(stop).status_code == 404
    assert not letterboxes.closed([rue.pk])
    assert Client().get("/u/nothing/").status_code == 404


def test_nobody_stops_anothers_letters(rue, host, client):
    from coterie.inbox.tests.people import sign_in

    sign_in(client, host)
    assert (
        client.post(f"/attention/letters/{rue.public_id}/", {"letters": "none"}).status_code == 404
    )
    assert not letterboxes.closed([rue.pk])


def test_the_day_is_counted_over_all_personas(settings):
    heron, moth = (person(name, address="ada@example.org") for name in ("heron", "moth"))
    circle, dye, host = place("Mending circle"), place("Natural dye"), person("ines")
    for persona, there in ((heron, circle), (moth, dye)):
        seat(persona, there)
    wishes(heron, a_day=3)
    with time_machine.travel(NOON, tick=False):
        for n in range(4):
            for persona, there in ((heron, circle), (moth, dye)):
                answer(topic(there, host, f"T{n}"), host, persona)
        calls = [a_little_later() for _ in range(8)]
        assert sum(calls) == len(letters()) == 2  # the last one is kept for the urgent
        assert max(calls) == 1
        note = {"kind": "note", "facts": {"sentence": "Hm."}}
        for n, persona in enumerate((heron, moth)):
            notifying.tell(persona, key=f"n{n}", **note)
        done = [
            calling.call(row.pk, at=timezone.now())
            for row in Notification.objects.filter(kind="note")
        ]
        assert sorted(done) == [False, True]


def test_what_is_known_of_attention_lies_sealed(rue):
    wishes(rue, a_day=4, zone="Asia/Kathmandu")
    row = Attention.objects.get()
    assert "Kathmandu" not in row.box
    assert desks.of(sealed.owner_of(rue)).wishes.a_day == 4
    few = len(desks.box_of(sealed.owner_of(rue), Desk()))
    many = Desk(digested={"x" * 18: 1.5, "y" * 18: 2.5}, fired={"1": 3.25})
    assert len(desks.box_of(sealed.owner_of(rue), many)) == few


def test_a_letter_is_in_the_language_of_whom_it_goes_to(circle, host, rue, settings):
    """Also when somebody else's click, or the worker, brings it on its way."""
    Account.objects.filter(email="rue@example.org").update(language="de")
    a_day(rue, host)
    for persona in (rue, host):
        wishes(persona)
    with time_machine.travel(NOON, tick=False):
        talk = topic(circle, host)
        answer(talk, host, rue)
        answer(talk, rue, host)
    with postbox(settings) as taken:
        evening()
        work()
    mails = {mail["To"]: parts(mail) for mail in map(read, taken)}
    german, english = mails["rue@example.org"], mails["ines@example.org"]
    assert '<html lang="de">' in german[1]
    assert '<html lang="en">' in english[1]
    assert "Antwort an dich" in german[0]
    assert "answered you" in english[0]
    assert "answered you" not in "".join(german)
