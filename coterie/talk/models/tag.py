"""The words under which a community keeps its topics."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import quote

from django.db import models

from coterie.communities.models import Community
from coterie.talk.models.conversation import Conversation

LONGEST_TAG = 30
MOST_ON_A_TOPIC = 5
MOST_TAGS = 200
"""In one community."""

GAPS = re.compile(r"[\s_-]+")
NOT_IN_A_WORD = re.compile(r"[^\w-]+")


def tidy_tag(said: str) -> str:
    """The word as it is shown: one word, in whatever script, with hyphens where gaps were."""
    joined = GAPS.sub("-", unicodedata.normalize("NFKC", said).strip(" \t\n#"))
    return NOT_IN_A_WORD.sub("", joined).strip("-")[:LONGEST_TAG].rstrip("-")


def tidy_tags(ticked: Iterable[str], written: str = "") -> list[str]:
    """The words that were ticked, and those that were written with commas between, once each."""
    tidied = filter(None, map(tidy_tag, [*ticked, *written.split(",")]))
    return list({key_of(word): word for word in tidied}.values())


def key_of(word: str) -> str:
    """By this a tag is found, however it is capitalised."""
    return word.casefold()


def tag_path(community_path: str, word: str) -> str:
    """Where the topics with this tag are listed."""
    return f"{community_path}tags/{quote(key_of(word), safe='')}/"


class Tag(models.Model):
    """A word of this community. One that a member brought lasts as long as a topic bears it."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="tags")
    word = models.CharField(max_length=LONGEST_TAG)
    # One letter may be three once it is folded.
    key = models.CharField(max_length=3 * LONGEST_TAG)
    by_hosts = models.BooleanField(default=True)
    """Whether the hosts offer it; another is shown only to those who read a topic that has it."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "key"], name="tag_once")]

    def __str__(self) -> str:
        return self.word


class Tagging(models.Model):
    """A topic bears a tag."""

    tag = models.ForeignKey(Tag, models.CASCADE, related_name="taggings")
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="taggings")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "conversation"], name="tagged_once")]

    def __str__(self) -> str:
        return f"{self.tag}"
