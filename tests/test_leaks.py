"""Nobody can tell that two personas are one person, whatever bytes they look at.

Xenia is one person with a persona in each of two communities; Yann is in the first
only, Zoe in the second only. An observer who is member, or host, of both reads
everything he can reach. What Xenia's two personas have in common, and no pair of
different people has, is a leak.
"""

import secrets
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
import time_machine
from django.test import Client
from PIL import Image

from coterie.accounts.actions import opening
from coterie.accounts.models import Account
from coterie.accounts.reads import waiting_mails
from coterie.communities.actions import agreeing, founding, hosting, joining
from coterie.communities.actions.agreeing import Asked
from coterie.communities.models import JoinRequest, Membership
from coterie.media.actions import sending
from coterie.media.tests import photos
from coterie.personas import sealed
from coterie.personas.flowers import drawing
from coterie.personas.models import Persona
from coterie.personas.viewer import viewer_of
from coterie.talk.actions import posting, reacting
from coterie.talk.models import Conversation, Kind, Said
from tests.crawl import everything
from tests.leaks import about, shared_only_by_one_person

pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 3, 6, 0, tzinfo=UTC)
# Different people behave differently; one person's two selves behave differently too.
LIVES = [
    # who, place, name, minutes after the start
    ("xenia", 0, "saltmarsh", 11),
    ("yann", 0, "pebble", 23),
    ("mia", 0, "oxeye", 31),
    ("zoe", 1, "thistledown", 47),
    ("xenia", 1, "nightheron", 71),
    ("tom", 1, "cranesbill", 95),
]


SHOWING = ("xenia", "yann", "zoe")
"""They show a photo: Xenia the same in both places, the others one that nobody else has."""
XENIAS_PHOTO = photos.photo("jpg")


def another() -> bytes:
    """A photo that was never shown before."""
    out = BytesIO()
    dots = Image.frombytes("RGB", (8, 6), secrets.token_bytes(8 * 6 * 3))
    dots.resize((300, 400), Image.Resampling.BICUBIC).save(out, "JPEG")
    return out.getvalue()


class World:
    """Two communities, their hosts, five people, and what the observer saw of them."""

    def __init__(self) -> None:
        with time_machine.travel(START, tick=False):
            self.owner("observer")
            hosts = viewer_of(self.owner("host"))
            self.places = [self._place(hosts, name) for name in ("Fern corner", "Quilt corner")]
        self.personas: dict[str, Persona] = {}
        self.seen: dict[str, str] = {}

    def owner(self, name: str) -> sealed.Owner:
        address = f"{name}@example.org"
        return sealed.owner_by_address(address) or sealed.Owner(opening.open_account(address).pk)

    def _place(self, hosts, name):
        seat = founding.found(
            name,
            by=hosts,
            persona_name=f"keeper of {name}",
            preset="private_group",
            anonymous_voice=True,
        )
        agreeing.ask_at_the_door(seat.community, [Asked("Why?")], by=seat.persona)
        watcher = viewer_of(self.owner("observer"))
        asked = joining.ask_to_join(
            seat.community, by=watcher, name=f"watcher of {name}", answers={1: "To watch."}
        )
        joining.admit(asked, by=seat.persona)
        return seat.community

    def keeper(self, place) -> Persona:
        return Persona.objects.get(name=f"keeper of {place.name}")

    def become_host(self) -> None:
        for place in self.places:
            seat = Membership.objects.get(community=place, persona__name__startswith="watcher")
            hosting.make_host(seat, by=self.keeper(place))

    def live(self, *, watched: bool = True) -> None:
        """Everybody asks, is let in and talks; watched when Xenia waits, and at the end."""
        for who, place, name, minutes in LIVES:
            moment = START + timedelta(minutes=minutes)
            self._ask(who, self.places[place], name, moment)
            if watched and who == "xenia":
                self.look()
            self._come_in(
                who, self.places[place], name, moment + timedelta(minutes=3, seconds=minutes)
            )
        if watched:
            self.look()

    def _ask(self, who, place, name, moment):
        with time_machine.travel(moment, tick=False):
            asked = joining.ask_to_join(
                place, by=viewer_of(self.owner(who)), name=name, answers={1: f"{name} is curious"}
            )
        self.personas[name] = asked.persona

    def _come_in(self, who, place, name, moment):
        with time_machine.travel(moment, tick=False):
            persona = self.personas[name]
            joining.admit(JoinRequest.objects.get(persona=persona), by=self.keeper(place))
            topic = posting.start_topic(
                place,
                Said(f"{name} says"),
                by=persona,
                title=f"{name} begins",
                client_key=f"a{name}",
            )
            own = Client()
            own.force_login(Account.objects.get(pk=sealed.owner_of(persona).account_id))
            own.get(topic.path)
            posting.reply(
                topic,
                Said(
                    f"{name} goes on",
                    photos=[self._photo(who, place, name)] if who in SHOWING else (),
                ),
                by=persona,
                client_key=f"b{name}",
            )
            reacting.react(topic.posts.first(), by=persona, emoji="💛")
            room = Conversation.objects.get(community=place, kind=Kind.ROOM)
            posting.reply(room, Said(f"{name} chats"), by=persona, client_key=f"c{name}")

    def _photo(self, who, place, name) -> str:
        sent = photos.uploaded(XENIAS_PHOTO if who == "xenia" else another())
        persona = self.personas[name]
        return sending.send(sent, by=persona, community=place, alt=name).public_id

    def look(self) -> None:
        """The observer reads everything; at each look pages may say something else."""
        client = Client()
        client.force_login(Account.objects.get(email="observer@example.org"))
        pages = everything(
            client, "/", "/talk/", "/alerts/", *(place.path for place in self.places)
        )
        look = len(self.seen)
        self.seen |= {f"{look} {path}": _without_petals(path, text) for path, text in pages.items()}
        letters = [str(each) for each in waiting_mails() if "observer@" in str(each)]
        self.seen |= {f"{look} letter {n}": text for n, text in enumerate(letters)}

    def marks(self, name: str) -> set[str]:
        persona = self.personas[name]
        seat = Membership.objects.get(persona=persona)
        return {name, persona.public_id, seat.public_id, f"/flower/{persona.seed}"}

    def leaks(self) -> set[str]:
        """What only Xenia's two personas have in common."""
        shown = {name: about(self.seen, self.marks(name)) for name in self.personas}
        here, there = ["pebble", "oxeye"], ["thistledown", "cranesbill"]
        strangers = [(shown[one], shown[other]) for one in here for other in there]
        strangers += [(shown["saltmarsh"], shown[other]) for other in there]
        strangers += [(shown[one], shown["nightheron"]) for one in here]
        return shared_only_by_one_person(shown["saltmarsh"], shown["nightheron"], strangers)


def _without_petals(path: str, text: str) -> str:
    """A flower's strokes are drawn from its seed alone: two may look alike by chance only."""
    if not path.startswith("/flower/"):
        return text
    head, _, drawn = text.partition("\n\n")
    assert drawn == drawing(int(path.removeprefix("/flower/").removesuffix(".svg")))
    return head


@pytest.mark.parametrize("standing", ["member", "host"])
def test_two_personas_of_one_account_share_nothing_that_strangers_do_not(
    standing, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        world = World()
        if standing == "host":
            world.become_host()
        world.live()
    assert len(world.seen) > 60
    assert all(about(world.seen, world.marks(name)) for name in world.personas)
    assert world.leaks() == set()


@pytest.mark.parametrize("planted", ["in the words", "in a header", "in a letter"])
def test_a_planted_shared_token_is_caught(planted, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        world = World()
        world.live(watched=False)
    token = "acct7f3e9a"
    for name in ("saltmarsh", "nightheron"):
        line = {"in the words": f"<p>{name} {token}</p>", "in a header": f"ETag: {token}\n{name}"}
        world.seen[f"{planted} {name}"] = line.get(planted, f"Dear observer, {name} ({token})")
    assert token in world.leaks()
