"""A few people and one place for the tests of this room."""

import json
from datetime import timedelta

import time_machine
from django.utils import timezone

from coterie.accounts.mailing import BOX
from coterie.accounts.models import Account, OutgoingMail
from coterie.communities import seating
from coterie.communities.models import Community, Membership
from coterie.core.boxes import unseal
from coterie.inbox.actions import calling
from coterie.personas import sealed
from coterie.personas.models import Persona
from coterie.personas.viewer import Viewer, viewer_of


def person(name: str, *, address: str = "") -> Persona:
    account, _ = Account.objects.get_or_create(email=address or f"{name}@example.org")
    return sealed.new_persona(sealed.Owner(account.pk), name=name)


def viewer(persona: Persona) -> Viewer:
    return viewer_of(sealed.owner_of(persona))


def place(name: str = "Mending circle", **settings) -> Community:
    return Community.objects.create(name=name, **settings)


def seat(persona: Persona, community: Community, role: str = "member", duties=()) -> Membership:
    taken = seating.begin(community, persona, agreed=community.rules_version, role=role)
    Membership.objects.filter(pk=taken.pk).update(duties=list(duties))
    return Membership.objects.get(pk=taken.pk)


def sign_in(client, persona: Persona) -> None:
    client.force_login(Account.objects.get(pk=sealed.owner_of(persona).account_id))


def letters() -> list[dict]:
    """What lies in the outbox, oldest first."""
    boxes = OutgoingMail.objects.values_list("box", flat=True)
    return sorted((json.loads(unseal(box, BOX)) for box in boxes), key=lambda mail: mail["at"])


def a_little_later(minutes: int = 5) -> int:
    """The worker's next round, when who is here has had the time to look."""
    with time_machine.travel(timezone.now() + timedelta(minutes=minutes), tick=False):
        return calling.call_on_people()
