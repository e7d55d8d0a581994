"""Eleven people around one community, as it can be: public, private or secret.

The access matrix looks at every address through their eyes.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from itertools import count
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.conf import settings
from django.test import Client
from django.utils import timezone

from coterie.accounts.actions import opening
from coterie.accounts.models import Account
from coterie.audiences import exports
from coterie.audiences import reads as audiences
from coterie.audiences.actions import bringing_home, uploading
from coterie.audiences.actions.bringing_home import Wish
from coterie.chat.actions import opening as rooms
from coterie.communities.actions import (
    agreeing,
    founding,
    hosting,
    inviting,
    joining,
    keeping_away,
    leaving,
    relating,
)
from coterie.communities.models import Ban, Community, Invitation, JoinRequest, Membership
from coterie.gatherings.actions import answering, convening, feeding
from coterie.gatherings.models import Gathering, Occurrence
from coterie.gatherings.plans import Plan
from coterie.inbox.actions import notifying, writing
from coterie.inbox.models import Notification
from coterie.media import shelf
from coterie.media.models import Picture
from coterie.personas import sealed
from coterie.personas.viewer import Viewer, viewer_of
from coterie.safety.actions import reporting
from coterie.safety.models import Decision
from coterie.talk.actions import keeping_order, planning, posting, tagging, welcoming
from coterie.talk.models import Asked, Conversation, Kind, Planned, Post, Said

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
    "public": {"preset": "forum", "chat": True},
    "private": {"preset": "private_group"},
    "secret": {"preset": "close_circle"},
}
EXPORT = json.dumps(
    {
        "name": "Old chat",
        "type": "private_group",
        "id": 7,
        "messages": [
            {
                "id": 1,
                "type": "message",
                "date_unixtime": "1700000000",
                "date": "2023-11-14T22:13:20",
                "from": "Ana",
                "from_id": "user7",
                "text": "Hello",
            }
        ],
    }
)
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
    signed_in: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.people = {role: Person(role) for role in ROLES if role != "anonymous"}
        # Somebody for the hosts to act on, so that no role is asked to act on itself.
        self.people |= {
            name: Person(name) for name in ("neighbour", "knocking", "unruly", "spammer")
        }
        host = self.people["host"].persona
        self.parent = founding.found("Makers", by=host, preset="forum").community
        self.community = founding.found(
            "Menders", by=host, parent=self.parent, **SHAPES[self.shape]
        ).community
        self.elsewhere = founding.found(
            "Elsewhere", by=self.people["neighbour"].persona, preset="forum"
        ).community
        self._join(self.elsewhere, "other")
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
            "spammer",
            by_link=True,
        )
        hosting.make_moderator(self.seat("moderator"), by=host, duties=DUTIES)
        hosting.ban(self.seat("banned"), by=host, sentence="No.")
        leaving.leave(self.seat("former"), by=self.people["former"].persona)
        self.asking = inviting.invite(self.community, by=host, policy="questions")
        self._knock("pending", "knocking")
        Account.objects.filter(pk=self.people["operator"].account.pk).update(is_operator=True)
        self.people["operator"].account.refresh_from_db()
        self._talk()
        self._gather()
        self._trouble()
        self._exports()
        self._sign_in()

    def seat(self, name: str) -> Membership:
        """This person's living seat."""
        return Membership.objects.living().get(
            persona=self.people[name].persona, community=self.community
        )

    def request_of(self, name: str) -> JoinRequest:
        """This person's open join request."""
        return JoinRequest.objects.pending().get(persona=self.people[name].persona)

    def grow(self) -> None:
        """More of everything that a page may list."""
        names = [f"newcomer {next(_numbers)}" for _ in range(4)]
        self.people |= {name: Person(name) for name in names}
        host, member = self.people["host"].persona, self.people["member"].persona
        self._join(self.parent, *names)
        self._join(self.community, *names[:3], by_link=True)
        self._knock(names[3])
        inviting.invite(self.community, by=host, name="Another link")
        agreeing.ask_at_the_door(
            self.community, [agreeing.Asked("Why?"), agreeing.Asked("How?")], by=host
        )
        for name in names[:2]:
            self._topic(name, f"Of {name}")
            self._plan(name)
            self._say(name, "Here too.")
            rooms.open_room(self.community, by=host, name=f"Room of {name}")
            said = self._reply(name, "So do I.")
            reporting.report(said, by=member, reason="hate")
            notifying.tell(member, kind="answered", community=self.community, path=said.path)
            founding.found(f"Nook of {name}", by=host, parent=self.community, preset="close_circle")
            sealed.new_persona(self.people["member"].owner, name=f"Another {name}")
            self._call(name)
            answering.answer(self.date, by=self.people[name].persona, answer="going")
        self.wait_for_approval(names[0])
        keeping_away.block(self.seat(names[0]), by=member)
        hosting.ban(self.seat(names[2]), by=host, sentence="No.")
        relating.relate(self.community, self.parent, by=host)

    def wait_for_approval(self, name: str) -> Post:
        """A post of this person that a host has to let through."""
        Community.objects.filter(pk=self.community.pk).update(posted_by="approved")
        held = self._reply(name, "Look at my shop.")
        Community.objects.filter(pk=self.community.pk).update(posted_by=self.community.posted_by)
        return held

    def cookies(self, role: str) -> dict[str, str]:
        """What this role's browser sends; nothing for somebody who is not signed in."""
        known = self.signed_in.get(role)
        return {settings.SESSION_COOKIE_NAME: known} if known else {}

    def _sign_in(self) -> None:
        for role in ROLES[1:]:
            client = Client()
            client.force_login(self.people[role].account)
            self.signed_in[role] = client.cookies[settings.SESSION_COOKIE_NAME].value

    def _talk(self) -> None:
        host = self.people["host"].persona
        tagging.offer(self.community, by=host, words=["loose-seams"], tagged_by="hosts")
        self.topic = self._topic("member", "A loose seam")
        self.room = Conversation.objects.get(community=self.community, kind=Kind.ROOM)
        self.said = self._say("member", "Kettle is on.")
        self._say("neighbour", "Two cups, please.")
        self.post = Post.objects.get(conversation=self.topic)
        self.planned = self._plan("member")
        self.frame = welcoming.add_frame(self.community, by=host, name="Riddle of the week")
        self.waiting = self._picture("member")
        self.picture = self._picture("neighbour")
        when = Asked(("Monday", "Tuesday"), grows=True)
        self.other_post = self._reply("neighbour", "I can.", self.picture.public_id, asked=when)
        self.held = self.wait_for_approval("neighbour")
        self.removed = self._reply("neighbour", "Buy now.")
        keeping_order.remove_post(
            self.removed, by=self.people["host"].persona, sentence="No selling."
        )

    def _trouble(self) -> None:
        member, host = self.people["member"].persona, self.people["host"].persona
        self.case = reporting.report(self.other_post, by=member, reason="spam").case
        self.photo_case = reporting.report(
            self.other_post, by=member, reason="spam", desk="operator"
        ).case
        self.operator_case = reporting.report(self.community, by=member, reason="spam").case
        self.ban = Ban.objects.get(community=self.community)
        operator = viewer_of(self.people["operator"].owner, is_operator=True)
        hosting.ban_for_the_operator(self.seat("spammer"), by=operator, sentence="No spam.")
        self.operators_ban = Ban.objects.get(community=self.community, by_operator=True)
        self.statement = Decision.objects.filter(subject=self.people["banned"].persona).first()
        keeping_away.block(self.seat("unruly"), by=member)
        relating.relate(self.community, self.elsewhere, by=host)
        founding.found("Nook", by=host, parent=self.community, preset="close_circle")
        notifying.tell(member, kind="admitted", community=self.community, path=self.community.path)
        self.alert = Notification.objects.filter(persona=member).first()
        self.letter = writing.letterbox(member).token

    def _exports(self) -> None:
        host = self.people["host"]
        with NamedTemporaryFile("w+b", suffix=".json") as file:
            file.write(EXPORT.encode())
            file.seek(0)
            self.upload = uploading.begin(file, "result.json", by=host.viewer)
            seen = exports.preview(Path(file.name))
            brought = bringing_home.bring(
                Path(file.name), seen.chats[0], by=host.viewer, wish=Wish(persona=host.persona)
            )
        links = audiences.sheet(brought.community)["links"]
        self.claim = links[0]["path"].split("/")[2]

    def _gather(self) -> None:
        self.gathering = self._call("neighbour")
        dates = Occurrence.objects.filter(gathering=self.gathering).order_by("starts_at")
        self.date = dates.select_related("gathering__conversation__community")[0]
        for name in ("member", "neighbour"):
            answering.answer(self.date, by=self.people[name].persona, answer="going")
        seat = self.seat("member")
        self.feed = feeding.renew(seat, by=seat.persona, only_mine=False)

    def _call(self, name: str) -> Gathering:
        first = datetime.combine(timezone.localdate() + timedelta(days=9), time(19))
        begun = convening.convene(
            Community.objects.get(pk=self.community.pk),
            Said("Bring a chair."),
            by=self.people[name].persona,
            title=f"Evening {next(_numbers)}",
            plan=Plan(first, first + timedelta(hours=2), "Europe/Berlin", every="week"),
            client_key=f"world-{next(_numbers)}",
        )
        return Gathering.objects.get(conversation=begun)

    def _picture(self, name: str) -> Picture:
        """A picture that waits; its prints are nobody's concern here."""
        picture = Picture.objects.create(
            persona=self.people[name].persona,
            community=self.community,
            width=40,
            height=30,
            thumbhash="3/cBBYB3ySi2h3h3j3pZmXggiIdw",
            alt="A seam",
            bytes=1,
        )
        prints = dict.fromkeys((320, 960, 1920), b"a print")
        shelf.put(self.community.public_id, picture.public_id, prints)
        return picture

    def _reply(self, name: str, words: str, *photos: str, asked: Asked | None = None) -> Post:
        return posting.reply(
            Conversation.objects.get(pk=self.topic.pk),
            Said(words, photos=photos, asked=asked),
            by=self.people[name].persona,
            client_key=f"world-{next(_numbers)}",
        )

    def _say(self, name: str, words: str) -> Post:
        room = Conversation.objects.get(pk=self.room.pk)
        key = f"world-{next(_numbers)}"
        return posting.reply(room, Said(words), by=self.people[name].persona, client_key=key)

    def _topic(self, name: str, title: str) -> Conversation:
        return posting.start_topic(
            Community.objects.get(pk=self.community.pk),
            Said("Who can help?"),
            by=self.people[name].persona,
            title=title,
            client_key=f"world-{next(_numbers)}",
        )

    def _plan(self, name: str) -> Planned:
        return planning.plan_topic(
            Community.objects.get(pk=self.community.pk),
            Said("Who has thread?"),
            by=self.people[name].persona,
            at=timezone.now() + timedelta(days=2),
            title="On Monday",
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
