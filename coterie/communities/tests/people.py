"""People for these tests: each a person of their own, and a few words to bring them in."""

from itertools import count

from django.db.models import F
from django.test import Client

from coterie.accounts.models import Account
from coterie.communities.actions import founding, joining
from coterie.communities.models import Community, Membership
from coterie.config import wiring
from coterie.personas import sealed
from coterie.personas.actions import intending
from coterie.personas.models import Intention
from coterie.personas.viewer import viewer_of

_numbers = count(1)


class Person:
    """Somebody with an address; a fresh Viewer each time, as each request has one."""

    def __init__(self, name):
        self.name = name
        self.owner = sealed.Owner(
            Account.objects.create_user(f"{name}{next(_numbers)}@example.org").pk
        )

    @property
    def viewer(self):
        return viewer_of(self.owner)

    def persona(self, name=""):
        """A new persona of this person."""
        return sealed.new_persona(self.owner, name=name or self.name)

    def here(self, community):
        """The persona with which this person is a member here."""
        return self.seat(community).persona

    def seat(self, community):
        rows = Membership.objects.living().of(self.viewer).select_related("persona", "community")
        return rows.get(community=community)

    @property
    def browser(self):
        """A browser in which this person is signed in."""
        client = Client()
        client.force_login(Account.objects.get(pk=self.owner.account_id))
        return client

    def founds(self, name="Mending circle", **settings):
        return founding.found(
            name, by=self.viewer, persona_name=f"{self.name} of {name}"[:40], **settings
        ).community

    def asks(self, community, **more):
        community = Community.objects.get(pk=community.pk)
        more.setdefault("agreed", community.rules_version)
        if "persona" not in more:
            more.setdefault("name", self.name)
        return joining.ask_to_join(community, by=self.viewer, **more)

    def joins(self, community, host, **more):
        """In, by whatever way: straight, or let in by the host."""
        outcome = self.asks(community, **more)
        if isinstance(outcome, Membership):
            return outcome
        return joining.admit(outcome, by=host.here(community))


def fresh(thing):
    """The same row as the database has it now."""
    return type(thing).objects.get(pk=thing.pk)


def seven_seconds_pass():
    """What somebody meant to do is done; how many acts."""
    Intention.objects.update(due_at=F("due_at") - intending.SECOND_THOUGHTS)
    return intending.carry_out_due(wiring.INTENTIONS, wiring.GIVEN_UP)
