"""A host, and exports to bring home."""

import json

import pytest
from django.test import Client

from coterie.accounts.actions import opening
from coterie.accounts.models import Account
from coterie.personas import sealed
from coterie.personas.viewer import viewer_of

ANA, BEN, CAT = "user1", "user2", "user3"
NAMES = {ANA: "Ana Duarte", BEN: "Ben Roth", CAT: "Cat Moor"}


def message(number, who, text, **more):
    """One message as Telegram Desktop writes it."""
    return {
        "id": number,
        "type": "message",
        "date": "2024-01-01T10:00:00",
        "date_unixtime": str(1_704_100_000 + 60 * number),
        "from": NAMES[who],
        "from_id": who,
        "text": text,
        "text_entities": [{"type": "plain", "text": text}],
        **more,
    }


@pytest.fixture
def person(db):
    """A function that returns who is looking, signed up at the first call."""

    def look(name):
        address = f"{name}@example.org"
        owner = sealed.owner_by_address(address)
        return viewer_of(owner or sealed.Owner(opening.open_account(address).pk))

    return look


@pytest.fixture
def export(tmp_path):
    """A function that writes a group's export and returns its path."""

    def write(*messages, name="Fern friends", key=77, kind="private_supergroup"):
        file = tmp_path / f"{name}-{len(messages)}.json"
        file.write_text(
            json.dumps({"name": name, "type": kind, "id": key, "messages": list(messages)})
        )
        return file

    return write


@pytest.fixture
def chat(export):
    """Four messages of three people, one of them an answer."""
    return export(
        message(1, ANA, "Who has a cutting?"),
        message(2, BEN, "Me. *Two* of them.", reply_to_message_id=1),
        message(3, CAT, "Take the left one"),
        message(4, ANA, "Thank you"),
    )


@pytest.fixture
def signed_in(person):
    """A function that returns a browser in which somebody is signed in."""

    def browser(name):
        person(name)
        client = Client()
        client.force_login(Account.objects.get(email=f"{name}@example.org"))
        return client

    return browser


def upload(client, file):
    with file.open("rb") as out:
        return client.post("/imports/", {"export": out}, follow=True)
