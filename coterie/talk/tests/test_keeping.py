"""Whoever goes takes a copy of all they said, and leaves no word of it behind."""

import json

import pytest

from coterie.communities.models import Community
from coterie.core.keeping import register
from coterie.talk.actions import keeping_order, posting, reacting
from coterie.talk.models import (
    Conversation,
    Post,
    PostVersion,
    Reaction,
    ReadingPosition,
    Removal,
    Voice,
)

pytestmark = pytest.mark.django_db
MODELS = (PostVersion, Removal, Reaction, ReadingPosition, Post, Conversation)


@pytest.fixture
def said(ines, moss, circle, topic):
    """Moss said something in every way there is; each holds the word MARKER."""
    moss.joins(circle, ines)
    Community.objects.filter(pk=circle.pk).update(anonymous_voice=True)
    by = moss.here(circle)
    moss.starts(circle, "MARKER title", "MARKER first")
    named = moss.replies(topic, "MARKER named")
    posting.edit(named, by=by, source="MARKER edited")
    moss.replies(topic, "MARKER anonymous", voice=Voice.MEMBER)
    removed = moss.replies(topic, "MARKER removed")
    keeping_order.remove_post(removed, by=ines.here(circle), sentence="MARKER sentence")
    reacting.react(topic.posts.get(seq=1), by=by, emoji="💛")
    reacting.react(named, by=ines.here(circle), emoji="👀")
    Community.objects.filter(pk=circle.pk).update(posted_by="approved")
    moss.replies(topic, "MARKER held")
    return by


def everything(models=MODELS):
    return json.dumps([list(model.objects.values()) for model in models], default=str)


def test_the_archive_holds_every_word(said):
    exported = [register[model].export(said.pk) for model in MODELS]
    archive = json.dumps(exported, default=str, ensure_ascii=False)
    for word in ("title", "first", "named", "edited", "anonymous", "removed", "held", "sentence"):
        assert f"MARKER {word}" in archive
    assert "💛" in archive
    assert "removed_by" not in archive


def test_after_erasure_no_word_and_no_name_is_left(said):
    assert "MARKER" in everything()
    for model in MODELS:
        register[model].erase(said.pk)
    assert "MARKER" not in everything()
    assert str(said.pk) not in everything()


def test_the_numbers_stay_without_gap(said, topic):
    from coterie.talk.tests.speaking import seqs

    before = seqs(topic)
    for model in MODELS:
        register[model].erase(said.pk)
    assert seqs(topic) == before


def test_nobody_elses_words_go_along(said, ines, circle, topic):
    others = list(Post.objects.exclude(persona=said).order_by("pk").values())
    for model in MODELS:
        register[model].erase(said.pk)
    assert (
        list(Post.objects.filter(pk__in=[row["id"] for row in others]).order_by("pk").values())
        == others
    )
