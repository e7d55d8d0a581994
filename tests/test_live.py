"""Live, over a real port: what is said reaches every open browser that may see it, and no other."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
import uvicorn
from django.conf import settings
from django.test import Client
from django.utils import timezone
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from coterie.accounts.models import Account, Session
from coterie.chat.actions import opening
from coterie.communities.actions import hosting, keeping_away, shaping
from coterie.communities.models import Community, PostedBy
from coterie.config.front import Front
from coterie.config.front.files import Files
from coterie.config.front.limits import Limits
from coterie.config.front.statics import Statics
from coterie.config.live import Live
from coterie.live import telling
from coterie.live.buses import Bus, Nowhere
from coterie.live.buses.local import Local
from coterie.talk.actions import keeping_order, posting, reacting
from coterie.talk.tests.speaking import Speaker, fresh

pytestmark = pytest.mark.django_db(transaction=True)

SOON = 5.0
A_WHILE = 0.6


class Ear:
    """An open browser."""

    def __init__(
        self,
        port: int,
        person: Speaker | None,
        origin: str = "",
        headers: dict[str, str] | None = None,
    ) -> None:
        self.socket: ClientConnection = connect(
            f"ws://127.0.0.1:{port}/live",
            legacy=True,
            origin=origin or f"http://127.0.0.1:{port}",  # type: ignore[arg-type]
            additional_headers=headers or ({"Cookie": cookie(person)} if person else {}),
        )
        self.raw: list[str] = []

    def listens(self, *names: str) -> Ear:
        self.socket.send(json.dumps({"on": names}))
        for _name in names:
            self.hears("on")
        return self

    def asks(self, name: str) -> dict[str, Any]:
        self.socket.send(json.dumps({"on": [name]}))
        return self.next()

    def next(self, timeout: float = SOON) -> dict[str, Any]:
        self.raw.append(text := str(self.socket.recv(timeout)))
        return dict(json.loads(text))

    def hears(self, kind: str) -> dict[str, Any]:
        while (message := self.next())["k"] != kind:
            pass
        return message

    def hears_nothing(self) -> bool:
        try:
            self.next(A_WHILE)
        except TimeoutError:
            return True
        return False


def cookie(person: Speaker) -> str:
    browser = Client()
    browser.force_login(Account.objects.get(pk=person.owner.account_id))
    return f"{settings.SESSION_COOKIE_NAME}={browser.cookies[settings.SESSION_COOKIE_NAME].value}"


@pytest.fixture
def bus(tmp_path: Any) -> Bus:
    return Local(tmp_path)


@pytest.fixture
def live(bus: Bus, tmp_path: Any) -> Iterator[tuple[Live, int]]:
    """The front with its hub, under uvicorn, on this test's database."""
    telling.install(bus)
    running = Live(bus)
    (tmp_path / "static").mkdir()
    front = Front(
        application=lambda environ, start: [b""],
        folder=tmp_path / "incoming",
        statics=Statics(tmp_path / "static", "/static/"),
        files=Files(tmp_path / "media"),
        limits=Limits(plain=1, archive=1, photos=1, cookie=b""),
        companions=[running],
    )
    bound = socket.socket()
    bound.bind(("127.0.0.1", 0))
    config = uvicorn.Config(front, ws=running.sockets.protocol, log_config=None, lifespan="on")  # type: ignore[arg-type]
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]})
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield running, bound.getsockname()[1]
    server.should_exit = True
    thread.join()
    telling.install(Nowhere())


@pytest.fixture
def port(live: tuple[Live, int]) -> int:
    return live[1]


@pytest.fixture
def ines() -> Speaker:
    return Speaker("ines")


@pytest.fixture
def circle(ines: Speaker) -> Community:
    return ines.founds()


@pytest.fixture
def juno(ines: Speaker, circle: Community) -> Speaker:
    someone = Speaker("juno")
    someone.joins(circle, ines)
    return someone


@pytest.fixture
def topic(ines: Speaker, circle: Community) -> Any:
    return ines.starts(circle, "Sashiko over the elbow", "Three evenings.")


def name_of(topic: Any) -> str:
    return f"conversation/{topic.public_id}"


def test_what_is_said_reaches_all_who_may_read_it_as_the_same_bytes(port, ines, juno, topic):
    ears = [Ear(port, person).listens(name_of(topic)) for person in (ines, juno)]
    post = juno.replies(topic, "Take the **brown** thread.")
    for ear in ears:
        news = ear.hears("news")
        assert [shown["id"] for shown in news["posts"]] == [post.public_id]
        assert "<strong>brown</strong>" in news["posts"][0]["html"]
        assert (news["since"], news["at"]) == ([1, 1, 0], [1, 2, 0])
    assert ears[0].raw[-1] == ears[1].raw[-1]


def test_who_may_not_read_it_cannot_tell_it_from_nothing(port, topic, circle):
    wren = Speaker("wren")
    for someone in (wren, None):
        ear = Ear(port, someone)
        real = ear.asks(name_of(topic))
        none = ear.asks("conversation/AAAAAAAAAAAAAAAAAA")
        assert real["k"] == none["k"] == "off"
        assert ear.asks(f"community/{circle.public_id}")["k"] == "off"


def test_nobody_listens_to_another_persona(port, ines, juno, circle):
    name = f"persona/{juno.here(circle).public_id}"
    for someone in (ines, juno, None):
        assert Ear(port, someone).asks(name)["k"] == "off"
    assert Ear(port, None).asks("inbox")["k"] == "off"
    assert Ear(port, juno).asks("inbox")["k"] == "on"


def test_a_change_of_what_was_said_arrives(port, ines, juno, circle, topic):
    ear = Ear(port, ines).listens(name_of(topic))
    post = juno.replies(topic, "Words.")
    ear.hears("news")
    posting.edit(fresh(post), by=juno.here(circle), source="Better words.")
    assert "Better words." in ear.hears("news")["posts"][0]["html"]
    reacting.react(fresh(post), by=juno.here(circle), emoji="💛")
    assert "💛" in ear.hears("news")["posts"][0]["html"]
    posting.retract(fresh(post), by=juno.here(circle))
    last = ear.hears("news")
    assert "Better words." not in last["posts"][0]["html"]
    assert last["at"] == [1, 2, 3]


def test_what_waits_for_a_host_travels_to_its_author_alone(port, ines, juno, circle, topic):
    Community.objects.filter(pk=circle.pk).update(posted_by=PostedBy.APPROVED)
    public = Ear(port, ines).listens(name_of(topic))
    own = Ear(port, juno).listens("inbox")
    post = juno.replies(topic, "Secret so far.")
    assert own.hears("news")["changed"]
    assert public.hears_nothing()
    posting.publish(fresh(post), by=ines.here(circle))
    assert "Secret so far." in public.hears("news")["posts"][0]["html"]


def test_who_was_banned_hears_nothing_that_is_said_after(port, ines, juno, circle, topic):
    ear = Ear(port, juno).listens(name_of(topic), f"community/{circle.public_id}")
    hosting.ban(juno.seat(circle), by=ines.here(circle), sentence="No.")
    ines.replies(topic, "Now that we are alone.")
    said = [ear.next(), ear.next()]
    assert {message["k"] for message in said} == {"off"}
    assert ear.hears_nothing()


def test_people_who_do_not_meet_do_not_hear_each_other(port, ines, juno, circle, topic):
    moss = Speaker("moss")
    moss.joins(circle, ines)
    said = moss.replies(topic, "Mine.")
    ears = {who: Ear(port, who).listens(name_of(topic)) for who in (juno, ines)}
    keeping_away.block(moss.seat(circle), by=juno.here(circle))
    moss.replies(topic, "You cannot hear me.")
    assert "You cannot hear me." in ears[ines].hears("news")["posts"][0]["html"]
    ines.replies(topic, "An answer", reply_to=said)
    while not (message := ears[juno].next()).get("posts"):
        assert "hear me" not in json.dumps(message)
    assert message["posts"][0].keys() == {"id", "fetch"}


def test_what_the_bus_loses_is_found_by_looking(live, ines, topic):
    _running, port = live
    ear = Ear(port, ines).listens(name_of(topic))
    telling.install(Nowhere())
    ines.replies(topic, "Nobody was told.")
    assert "Nobody was told." in ear.hears("news")["posts"][0]["html"]


def test_who_was_signed_out_elsewhere_loses_what_is_private(port, juno, topic, monkeypatch):
    monkeypatch.setattr("coterie.live.hub.ROLL_CALL", 1)
    ear = Ear(port, juno).listens(name_of(topic), "inbox")
    Session.objects.all().delete()
    assert {ear.hears("off")["t"], ear.hears("off")["t"]} == {name_of(topic), "inbox"}
    assert ear.hears_nothing()
    # Whoever sits there now does not learn who sat there before.
    assert "persona" not in "".join(ear.raw)


def test_a_page_of_somebody_else_may_not_listen(port, ines):
    with pytest.raises(InvalidStatus, match="403"):
        Ear(port, ines, origin="https://elsewhere.example")


@pytest.mark.parametrize("words", ["nonsense", "[1]", '{"on": "x"', "9" * 20_000, "[" * 16_000])
def test_nonsense_ends_the_socket_and_nothing_else(port, ines, topic, words):
    ear = Ear(port, ines)
    ear.socket.send(words)
    with pytest.raises(ConnectionClosed):
        ear.next()
    assert Ear(port, ines).listens(name_of(topic))


def test_who_asks_without_end_is_let_go(port, ines, topic):
    ear = Ear(port, ines)
    with pytest.raises(ConnectionClosed):
        for _round in range(400):
            ear.asks(name_of(topic))


def test_who_opens_socket_after_socket_is_asked_to_come_later(live, ines, juno, topic, monkeypatch):
    running, port = live
    monkeypatch.setattr("coterie.live.sockets.MOST_OF_ONE", 3)
    monkeypatch.setattr("coterie.live.sockets.MOST_NAMELESS", 2)
    browser = {"Cookie": cookie(ines)}
    first = [Ear(port, None, headers=browser) for _ear in range(3)]
    with pytest.raises(ConnectionClosed) as ended:
        Ear(port, None, headers=browser).next()
    assert ended.value.rcvd.code == 1013
    assert all(ear.asks(name_of(topic))["k"] == "on" for ear in first)
    assert Ear(port, juno).asks(name_of(topic))["k"] == "on"
    first.pop().socket.close()
    time.sleep(0.3)
    assert Ear(port, None, headers=browser).asks(name_of(topic))["k"] == "on"
    nobody = [Ear(port, None) for _ear in range(3)]
    with pytest.raises(ConnectionClosed):
        nobody[2].next()
    # A made up sign-in is found out, and counts for where it comes from.
    made_up = Ear(port, None, headers={"Cookie": f"{settings.SESSION_COOKIE_NAME}=made-up"})
    for each in running.sockets.open:
        if each.visitor == "made-up":
            each.visitor = ""
    running.sockets.recount()
    with pytest.raises(ConnectionClosed):
        made_up.next()


def test_names_that_are_none_harm_nobody(live, ines, topic, caplog):
    running, port = live
    listening = [Ear(port, ines) for _ear in range(3)]
    Ear(port, None).socket.send(
        '{"on": ["\\ud800", "nothing/of-this-kind", "conversation/\\u0000"]}'
    )
    for ear in listening:
        assert ear.asks(name_of(topic))["k"] == "on"
    slow(running)
    Ear(port, None).socket.send('{"on": ["nothing/of-this-kind"]}')
    time.sleep(1.5)
    assert "failed" not in caplog.text


def slow(running: Live) -> None:
    grants = running.hub.house.grants

    def in_a_second(*asked: Any) -> Any:
        time.sleep(1.2)
        return grants(*asked)

    running.hub.house.grants = in_a_second  # type: ignore[method-assign]


def test_that_the_hosts_talk_among_themselves_is_heard_by_no_member(port, ines, juno, circle):
    Community.objects.filter(pk=circle.pk).update(chat=True)
    ear = Ear(port, juno).listens(f"community/{circle.public_id}")
    room = opening.open_hosts_room(fresh(circle), by=ines.here(circle), name="Back room")
    ines.replies(room, "What do we do?")
    keeping_order.lock(fresh(room), by=ines.here(circle))
    assert ear.hears_nothing()


def test_a_list_does_not_tell_that_somebody_unmet_spoke(port, ines, juno, circle, topic):
    Community.objects.filter(pk=circle.pk).update(chat=True)
    room = opening.open_room(fresh(circle), by=ines.here(circle), name="Long table")
    moss = Speaker("moss")
    moss.joins(circle, ines)
    keeping_away.mute(moss.seat(circle), by=juno.here(circle))
    names = (f"community/{circle.public_id}", f"rooms/{circle.public_id}")
    ears = {who: [Ear(port, who).listens(name) for name in names] for who in (juno, ines)}
    moss.replies(room, "Is anybody here?")
    for ear in ears[ines]:
        assert ear.hears("news") == {
            "t": json.loads(ear.raw[0])["t"], "k": "news", "since": [0, 0, 0], "at": [0, 0, 0],
            "posts": [], "changed": True,
        }  # fmt: skip
    assert all(ear.hears_nothing() for ear in ears[juno])
    ines.replies(room, "I am.")
    assert all(ear.hears("news")["changed"] for ear in ears[juno])
    moss.replies(topic, "And here?")
    assert ears[ines][0].hears("news")
    assert all(ear.hears_nothing() for ear in ears[juno])


def test_a_new_room_is_heard_by_those_who_see_it(port, ines, juno, circle):
    Community.objects.filter(pk=circle.pk).update(chat=True)
    everybody, host = f"rooms/{circle.public_id}", Ear(port, ines).listens("inbox")
    ears = [Ear(port, who).listens(everybody) for who in (ines, juno)]
    opening.open_room(fresh(circle), by=ines.here(circle), name="Long table")
    assert all(ear.hears("news")["changed"] for ear in ears)
    opening.open_hosts_room(fresh(circle), by=ines.here(circle), name="Back room")
    assert host.hears("news")["changed"]
    assert all(ear.hears_nothing() for ear in ears)


def test_nobody_hears_that_somebody_was_blocked(port, ines, juno, circle, topic):
    moss = Speaker("moss")
    moss.joins(circle, ines)
    ears = [Ear(port, who).listens(name_of(topic)) for who in (ines, moss)]
    keeping_away.block(moss.seat(circle), by=juno.here(circle))
    time.sleep(1.5)
    assert all(ear.hears_nothing() for ear in ears)


def test_who_was_muted_is_not_heard(port, ines, juno, circle, topic):
    ear = Ear(port, juno).listens(name_of(topic))
    keeping_away.mute(ines.seat(circle), by=juno.here(circle))
    ines.replies(topic, "Once more.")
    assert ear.hears_nothing()
    # Nor do the numbers of what is heard next say that there was something in between.
    post = juno.replies(topic, "Is anybody there?")
    news = ear.hears("news")
    assert [shown["id"] for shown in news["posts"]] == [post.public_id]
    assert (news["since"], news["at"]) == ([1, 1, 0], [1, 3, 0])
    reacting.react(topic.posts.get(seq=2), by=ines.here(circle), emoji="💛")
    assert ear.hears_nothing()
    reacting.react(fresh(post), by=ines.here(circle), emoji="💛")
    assert ear.hears("news")["at"] == [1, 3, 2]


def test_who_came_late_hears_of_a_room_what_is_said_from_then_on(port, ines, juno, circle):
    Community.objects.filter(pk=circle.pk).update(chat=True)
    room = opening.open_room(fresh(circle), by=ines.here(circle), name="Long table")
    early = ines.replies(room, "Among the first of us.")
    moss = Speaker("moss")
    Community.objects.filter(pk=circle.pk).update(history_from=timezone.now())
    moss.joins(circle, ines)
    ears = {who: Ear(port, who).listens(name_of(room)) for who in (juno, moss)}
    posting.edit(fresh(early), by=ines.here(circle), source="Among us first.")
    assert "Among us first." in ears[juno].hears("news")["posts"][0]["html"]
    assert ears[moss].hears_nothing()
    ines.replies(room, "As I said.", reply_to=fresh(early))
    assert "Among us first." in ears[juno].hears("news")["posts"][0]["html"]
    assert ears[moss].hears("news")["posts"][0].keys() == {"id", "fetch"}


def test_who_pings_and_never_reads_is_cut_off(live, ines):
    running, port = live
    ear = Ear(port, ines)
    line = ear.socket.socket
    with pytest.raises(OSError):  # noqa: PT011 - reset or broken, as it happens
        for _round in range(400):
            line.sendall((b"\x89\xfd\0\0\0\0" + b"x" * 125) * 500)
    deadline = time.monotonic() + SOON
    while running.sockets.open and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not running.sockets.open


def test_an_outsider_does_not_hear_that_members_talk_where_only_they_read(port, ines, juno):
    forum = ines.founds("Forum", preset="forum", seen_by="members")
    inside = ines.starts(forum, "Begun among us")
    shaping.reshape(fresh(forum), by=ines.here(forum), seen_by="everyone")
    outside = Ear(port, None).listens(f"community/{forum.public_id}")
    ines.replies(inside, "Still among us.")
    assert outside.hears_nothing()
    ines.starts(forum, "For everybody")
    assert outside.hears("news")["changed"]
