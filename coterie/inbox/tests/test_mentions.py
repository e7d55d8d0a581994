"""Whoever is called by name finds it in their alerts, once."""

import pytest

from coterie.communities.actions import keeping_away
from coterie.inbox import listeners
from coterie.inbox.models import Notification
from coterie.pure.markup import rendering
from coterie.talk.events import Mentioned
from coterie.talk.tests.speaking import Speaker

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(db):
    ines, moss = Speaker("ines"), Speaker("moss")
    circle = ines.founds()
    moss.joins(circle, ines, name="Moss")
    return ines, moss, circle, ines.starts(circle)


def told(person, circle):
    return Notification.objects.filter(persona=person.here(circle), kind="mentioned")


def test_it_is_told_once_and_not_to_others(cast):
    ines, moss, circle, topic = cast
    said = ines.replies(topic, "@moss, do you know?")
    for _ in range(2):
        listeners.tell_who_was_mentioned(Mentioned(said.pk))
    assert told(moss, circle).get().path == said.path
    assert not told(ines, circle).exists()


def test_who_is_answered_anyway_is_told_one_thing(cast):
    ines, moss, circle, topic = cast
    asked = moss.replies(topic, "Who knows?")
    said = ines.replies(topic, "@moss, I do.", reply_to=asked)
    listeners.tell_who_was_mentioned(Mentioned(said.pk))
    assert not told(moss, circle).exists()


def test_who_keeps_the_author_away_hears_nothing(cast):
    ines, moss, circle, topic = cast
    keeping_away.mute(ines.seat(circle), by=moss.here(circle))
    said = ines.replies(topic, "@moss!")
    listeners.tell_who_was_mentioned(Mentioned(said.pk))
    assert not told(moss, circle).exists()


def test_the_words_are_read_once(cast, monkeypatch, django_capture_on_commit_callbacks):
    ines, moss, circle, topic = cast
    read, parser_for = [], rendering.parser_for
    monkeypatch.setattr(
        rendering, "parser_for", lambda source: [parser_for(source), read.append(source)][0]
    )
    with django_capture_on_commit_callbacks(execute=True):
        ines.replies(topic, "Who else would know than @moss?")
    assert told(moss, circle).exists()
    assert read == ["Who else would know than @moss?"]
