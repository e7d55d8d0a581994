"""One emoji is one answer, and nothing else fits into it."""

import pytest

from coterie.communities.models import Community
from coterie.core.verdict import Refused
from coterie.talk.actions import posting, reacting
from coterie.talk.emoji import OFFERED, is_emoji
from coterie.talk.models import Reaction
from coterie.talk.tests.speaking import fresh

pytestmark = pytest.mark.django_db

EMOJI = [
    "💛",
    "👍🏽",
    "❤️",
    "❤️‍🔥",
    "👩‍👩‍👧‍👦",
    "🏳️‍🌈",
    "🇵🇹",
    "5️⃣",
    "🏴󠁧󠁢󠁳󠁣󠁴󠁿",
    "👁️‍🗨️",
    "🧑🏿‍🚀",
    "☕",
    "⚡",
    *OFFERED,
]
WORDS = [
    "",
    " ",
    "a",
    "ok",
    "5",
    "💛💛",
    "💛a",
    "<b>",
    "\u200d",
    "🇵",
    "💛" * 9,
    "٣",
    "👍🏽👍🏽",
    "\U000e0041",
]


@pytest.mark.parametrize("text", EMOJI)
def test_this_is_one_emoji(text):
    assert is_emoji(text)


@pytest.mark.parametrize("text", WORDS)
def test_this_is_not(text):
    assert not is_emoji(text)


def test_the_same_emoji_counts_once_and_can_be_taken_back(ines, circle, topic):
    post, by = topic.posts.get(), ines.here(circle)
    reacting.react(post, by=by, emoji="💛")
    reacting.react(post, by=by, emoji="💛")
    reacting.react(post, by=by, emoji="👀")
    assert Reaction.objects.count() == 2
    reacting.take_back(post, by=by, emoji="💛")
    reacting.take_back(post, by=by, emoji="💛")
    assert [row.emoji for row in Reaction.objects.all()] == ["👀"]


def test_words_are_no_reaction(ines, circle, topic):
    with pytest.raises(Refused, match="one emoji"):
        reacting.react(topic.posts.get(), by=ines.here(circle), emoji="nice")


def test_strangers_do_not_react_even_to_what_they_read(ines, wren, circle, topic):
    topic.__class__.objects.filter(pk=topic.pk).update(see="everyone")
    Community.objects.filter(pk=circle.pk).update(seen_by="everyone")
    post = fresh(topic).posts.get()
    with pytest.raises(Refused, match="Join to take part"):
        reacting.react(post, by=wren.persona(), emoji="💛")


def test_nobody_reacts_to_what_is_gone_or_waits(ines, moss, circle, topic):
    moss.joins(circle, ines)
    Community.objects.filter(pk=circle.pk).update(posted_by="approved")
    held = moss.replies(topic)
    gone = ines.replies(topic)
    posting.retract(gone, by=gone.persona)
    for post in (held, gone):
        with pytest.raises(Refused):
            reacting.react(post, by=ines.here(circle), emoji="💛")


def test_there_are_only_so_many_kinds(ines, circle, topic):
    post, by = topic.posts.get(), ines.here(circle)
    for number in range(20):
        reacting.react(post, by=by, emoji=chr(0x1F600 + number))
    with pytest.raises(Refused, match="enough kinds"):
        reacting.react(post, by=by, emoji="💛")
    reacting.react(post, by=by, emoji=chr(0x1F600))
