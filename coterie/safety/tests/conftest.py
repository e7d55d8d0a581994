"""A circle with a host, a moderator and members, in which somebody has said something."""

import pytest
from django.utils import timezone

from coterie.communities.models import Membership, Rule
from coterie.core.events import announce
from coterie.inbox.tests.people import person, place, seat
from coterie.talk.actions import posting
from coterie.talk.models import Post, Said
from coterie.talk.tests.speaking import said


class Circle:
    """The place and the people in it, by name."""

    def __init__(self):
        self.community = place("Mending circle", anonymous_voice=True)
        self.rule = Rule.objects.create(community=self.community, place=1, text="Kind first.")
        self.ines = self.join("ines", "host")
        self.moss = self.join("moss", "moderator", ["talk", "people", "door"])
        self.rue = self.join("rue")
        self.thorn = self.join("thorn")
        self.topic = self.starts(self.ines, "Which needle?")

    def join(self, name, role="member", duties=()):
        persona = person(name)
        seat(persona, self.community, role, duties)
        return persona

    def seat(self, persona):
        return Membership.objects.get(community=self.community, persona=persona)

    def starts(self, persona, title):
        return posting.start_topic(
            self.community, Said("So?"), by=persona, title=title, client_key=title
        )

    def says(self, persona, words, **fields):
        topic = type(self.topic).objects.get(pk=self.topic.pk)
        key = f"{persona.name}-{timezone.now().timestamp()}"
        told = said(words, fields)
        return posting.reply(topic, told, by=persona, client_key=key[:40], **fields)


@pytest.fixture
def circle(db):
    return Circle()


@pytest.fixture
def afterwards(django_capture_on_commit_callbacks):
    """Inside it, what is announced is also told."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def told(afterwards):
    def tell_all(*facts):
        with afterwards():
            for fact in facts:
                announce(fact)

    return tell_all


def fresh(post):
    return Post.objects.get(pk=post.pk)
