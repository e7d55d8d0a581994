"""Eleven people around one community, as it can be: public, private or secret.

The access matrix looks at every address through their eyes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from typing import Any

from coterie.accounts.actions import opening
from coterie.accounts.models import Account
from coterie.communities.actions import agreeing, founding, hosting, inviting, joining, leaving
from coterie.communities.models import Community, Invitation, JoinRequest, Membership
from coterie.personas import sealed
from coterie.personas.viewer import Viewer, viewer_of
from coterie.talk.actions import posting
from coterie.talk.models import Conversation, Post

ROLES = (
    "anonymous",
    "stranger",
    "pending",
    "banned",
    "former",
    "parent",
    "other",
    "member",
    "moderator",
    "host",
    "operator",
)
"""Who asks. `parent` is a member of the parent only, `other` of another community only."""

SHAPES = {
    "public": {"preset": "forum"},
    "private": {"preset": "private_group"},
    "secret": {"preset": "close_circle"},
}
DUTIES = ["door", "talk", "people", "shape"]

_numbers = count(1)


@dataclass
class Person:
    """An account with one persona."""

    name: str
    account: Account = field(init=False)

    def __post_init__(self) -> None:
        self.account = opening.open_account(
            f"{self.name}{next(_numbers)}@example.org", password="a quiet fern"
        )
        sealed.new_persona(self.owner, name=self.name)

    @property
    def owner(self) -> sealed.Owner:
        return sealed.Owner(self.account.pk)

    @property
    def persona(self) -> Any:
        return sealed.personas_of(self.owner)[0]

    @property
    def viewer(self) -> Viewer:
        return viewer_of(self.owner, is_operator=self.account.is_operator).speaking_as(self.persona)


@dataclass
class World:
    """One community of one shape, everybody around it, and something of each kind in it."""

    shape: str
    people: dict[str, Person] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.people = {role: Person(role) for role in ROLES if role != "anonymous"}
        # Somebody for the hosts to act on, so that no role is asked to act on itself.
        self.people |= {name: Person(name) for name in ("neighbour", "knocking", "unruly")}
        host = self.people["host"].persona
        self.parent = founding.found("Makers", by=host, preset="forum").community
        self.community = founding.found(
            "Menders", by=host, parent=self.parent, **SHAPES[self.shape]
        ).community
        elsewhere = founding.found(
            "Elsewhere", by=self.people["neighbour"].persona, preset="forum"
        ).community
        self._join(elsewhere, "other")
        self._join(self.parent, "parent", "member")
        self.trusted = inviting.invite(self.community, by=host, policy="trusted")
        agreeing.ask_at_the_door(self.community, [agreeing.Asked("Why?")], by=host)
        self._join(
            self.community,
            "member",
            "moderator",
            "former",
            "banned",
            "neighbour",
            "unruly",
            by_link=True,
        )
        hosting.make_moderator(self.seat("moderator"), by=host, duties=DUTIES)
        hosting.ban(self.seat("banned"), by=host, sentence="No.")
        leaving.leave(self.seat("former"), by=self.people["former"].persona)
        self.asking = inviting.invite(self.community, by=host, policy="questions")
        self._knock("pending", "knocking")
        Account.objects.filter(pk=self.people["operator"].account.pk).update(is_operator=True)
        self.people["operator"].account.refresh_from_db()
        self.topic = self._topic("member", "A loose seam")
        self.post = Post.objects.get(conversation=self.topic)

    def seat(self, name: str) -> Membership:
        """This person's living seat."""
        return Membership.objects.living().get(
            persona=self.people[name].persona, community=self.community
        )

    def request_of(self, name: str) -> JoinRequest:
        """This person's open join request."""
        return JoinRequest.objects.pending().get(persona=self.people[name].persona)

    def _topic(self, name: str, title: str) -> Conversation:
        return posting.start_topic(
            Community.objects.get(pk=self.community.pk),
            by=self.people[name].persona,
            title=title,
            source="Who can help?",
            client_key=f"world-{next(_numbers)}",
        )

    def _join(self, community: Community, *names: str, by_link: bool = False) -> None:
        for name in names:
            link = Invitation.objects.get(pk=self.trusted.pk) if by_link else None
            self._ask(community, name, link)

    def _knock(self, *names: str) -> None:
        Community.objects.filter(pk=self.community.pk).update(joined_by="request")
        for name in names:
            self._ask(self.community, name, Invitation.objects.get(pk=self.asking.pk))
        Community.objects.filter(pk=self.community.pk).update(joined_by=self.community.joined_by)

    def _ask(self, community: Community, name: str, link: Invitation | None) -> None:
        person = self.people[name]
        joining.ask_to_join(
            Community.objects.get(pk=community.pk),
            by=person.viewer,
            persona=person.persona,
            invitation=link,
            answers={question.place: "Because." for question in community.questions.all()},
        )
