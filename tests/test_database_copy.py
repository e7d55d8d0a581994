"""A copy of the database without the key file links nobody with anybody."""

import random
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client, TestCase

from coterie.accounts.actions import opening
from coterie.accounts.models import Account
from coterie.communities.actions import founding, joining
from coterie.communities.models import Community
from coterie.inbox.actions import (
    attending,
    calling,
    digesting,
    notifying,
    unsubscribing,
)
from coterie.inbox.models import Attention, Letterbox
from coterie.personas import sealed
from coterie.personas.models import Persona
from coterie.personas.viewer import viewer_of
from coterie.pure.attention import Wishes
from coterie.talk.actions import posting
from coterie.talk.models import Said
from tests import adversary

pytestmark = pytest.mark.django_db

PEOPLE = 24
MORNING = datetime(2026, 3, 3, 6, 0, tzinfo=UTC)
ZONES = ("UTC", "Asia/Kolkata", "America/Lima", "Pacific/Apia", "Europe/Riga")
WORDS = [
    "moss",
    "fern",
    "reed",
    "sedge",
    "clay",
    "loam",
    "silt",
    "peat",
    "flint",
    "chalk",
    "slate",
    "marl",
]


@pytest.fixture(scope="module")
def crowd(django_db_setup, django_db_blocker):
    """24 people, each with one persona in each of two communities, at moments of their own."""
    with django_db_blocker.unblock():
        yield from _one_day()


def _one_day():
    from django.db import transaction

    with transaction.atomic():
        with TestCase.captureOnCommitCallbacks(execute=True):
            yield _plant(random.Random(5))
        transaction.set_rollback(True)


def _plant(dice):
    with time_machine.travel(MORNING, tick=False):
        host = sealed.Owner(opening.open_account("host@example.org").pk)
        places = [
            founding.found(
                name, by=viewer_of(host), persona_name=f"host of {name}", preset="forum"
            ).community
            for name in ("Ferns", "Quilts")
        ]
    truth: dict[int, list[int]] = {}
    visits = []
    for number in range(PEOPLE):
        moment = MORNING + timedelta(minutes=dice.randrange(60 * 14), seconds=dice.randrange(60))
        visits.append((moment, number, None))
        visits += [
            (
                moment + timedelta(minutes=dice.randrange(5, 180), seconds=dice.randrange(60)),
                number,
                place,
            )
            for place in places
        ]
    for moment, number, place in sorted(visits, key=lambda visit: visit[0]):
        with time_machine.travel(moment, tick=False):
            _visit(number, place, truth)
    _days_of_letters()
    return truth


def _days_of_letters() -> None:
    """Everybody is told of something, called or not, and gets their digests on the next day."""
    for minute in range(0, 30 * 60, 12):
        with time_machine.travel(MORNING + timedelta(hours=12, minutes=minute), tick=False):
            calling.call_on_people()
            digesting.send_due()


def _visit(number: int, place: Community | None, truth: dict[int, list[int]]) -> None:
    address = f"{WORDS[number % 12]}.{number}@example.org"
    if place is None:
        account = opening.open_account(address, password="pressed-flowers")
        client = Client()
        client.force_login(account)
        client.get("/me/")
        truth[account.pk] = []
        return
    owner = sealed.owner_by_address(address)
    name = f"{place.name} {number * 7919 % 1000}"
    seat = joining.ask_to_join(place, by=viewer_of(owner), name=name)
    persona = seat.persona
    truth[owner.account_id].append(persona.pk)
    topic = posting.start_topic(
        place,
        Said(f"Words of {name}"),
        by=persona,
        title=f"On {name}",
        client_key=f"k{persona.pk % 997}",
    )
    client = Client()
    client.force_login(Account.objects.get(pk=owner.account_id))
    client.get(topic.path)
    wanted = Wishes(
        a_day=number % 6, digest_at=number * 60, keeps_quiet=False, zone=ZONES[number % 5]
    )
    attending.wish(wanted, by=viewer_of(owner))
    notifying.tell(persona, kind="replied", community=place, facts={"sentence": f"To {name}"})
    if number % 3 == 0:
        unsubscribing.close(persona, by=viewer_of(owner))


def test_no_join_links_an_account_with_its_personas(crowd):
    truth = {(account, persona) for account, personas in crowd.items() for persona in personas}
    assert len(truth) == 2 * PEOPLE
    assert [str(finding) for finding in adversary.link_accounts(truth)] == []


def test_no_join_links_two_personas_of_one_account(crowd):
    assert [
        str(finding) for finding in adversary.link_personas(set(map(tuple, crowd.values())))
    ] == []


def test_no_row_names_an_account_and_a_persona_in_clear(crowd):
    addresses = dict(Account.objects.values_list("pk", "email"))
    names = dict(Persona.objects.values_list("pk", "name"))
    assert adversary.rows_that_name_both(addresses, names) == []


def test_what_is_known_of_attention_tells_neither_whose_nor_how_much(crowd):
    people = Attention.objects.values_list("tag", "box")
    assert len(people) > PEOPLE / 2
    assert len({len(box) for _tag, box in people}) == 1
    assert Letterbox.objects.count() > PEOPLE / 2
    assert len({len(box) for box in Letterbox.objects.values_list("box", flat=True)}) == 1
    clear = " ".join(tag + box for tag, box in people)
    assert not [zone for zone in ZONES[1:] if zone in clear]


def test_account_side_times_are_days(crowd):
    fine = [
        f"{column.name}: {value}"
        for column in adversary.columns(Account)
        for value, _whom in column.values
        if isinstance(value, datetime) and (value.hour, value.minute, value.second) != (0, 0, 0)
    ]
    assert fine == []


@pytest.mark.parametrize("leak", ["an equal value", "the order", "the second"])
def test_the_adversary_finds_a_planted_leak(crowd, leak):
    """The control: with a link in the database she would have found it."""
    accounts, personas = list(crowd), [pair[0] for pair in crowd.values()]
    values = {
        "an equal value": (accounts, accounts),
        "the order": (range(PEOPLE), range(1000, 1000 + PEOPLE)),
        "the second": (
            [MORNING + timedelta(minutes=7 * n) for n in range(PEOPLE)],
            [MORNING + timedelta(minutes=7 * n, seconds=1) for n in range(PEOPLE)],
        ),
    }[leak]
    left = adversary.Column("planted", list(zip(values[0], accounts, strict=True)))
    right = adversary.Column("planted", list(zip(values[1], personas, strict=True)))
    found = adversary.judge([left], [right], set(zip(accounts, personas, strict=True)), 1 / PEOPLE)
    assert found
