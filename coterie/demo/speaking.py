"""The cast talks: topics and replies through the actions, then as old as they should be."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from coterie.communities.models import Community, Membership
from coterie.demo import photos, talk
from coterie.demo.talk import Topic
from coterie.personas.models import Persona
from coterie.talk.actions import indexing, posting, reacting
from coterie.talk.models import Conversation, Post, Said

TOPICS: dict[str, list[Topic]] = {
    "mending": talk.MENDING,
    "plants": talk.HOUSEPLANTS,
    "dye": talk.DYE,
    "quilters": talk.QUILTERS,
    "swaps": talk.SWAPS,
}
BEGAN = timedelta(days=90)


def talk_over(
    community: Community, topics: list[Topic], people: dict[str, Persona], *, pictured: bool
) -> None:
    """The topics stand in the community, oldest first, with replies and reactions."""

    def said(words: str, by: Persona, voice: str) -> Said:
        shown = photos.brought(words, by=by, community=community) if pictured else ()
        return Said(words, voice=voice, photos=shown)

    community = Community.objects.get(pk=community.pk)
    Membership.objects.filter(community=community).update(joined_at=timezone.now() - BEGAN)
    for place, (starter, title, body, days, replies) in enumerate(reversed(topics)):
        by, voice = _speaker(starter, people)
        topic = posting.start_topic(
            community, said(body, by, voice), by=by, title=title, client_key=f"topic-{place}"
        )
        for number, (name, words, reactions) in enumerate(replies):
            by, voice = _speaker(name, people)
            post = posting.reply(topic, said(words, by, voice), by=by, client_key=f"reply-{number}")
            for emoji, names in reactions.items():
                for each in names:
                    reacting.react(post, emoji=emoji, by=people[each])
        age(topic, days)


def _speaker(name: str, people: dict[str, Persona]) -> tuple[Persona, str]:
    voice, _, who = name.rpartition(":")
    return people[who], voice or "own"


def redate(post: Post, moment: datetime) -> None:
    """It was said at this moment, and is found as said then."""
    indexing.drop(post)
    post.created_at = post.published_at = moment
    post.save(update_fields=["created_at", "published_at"])
    indexing.note(post)


def age(topic: Conversation, days: float) -> None:
    """The last post in it is so old, and each before it a little older."""
    last = timezone.now() - timedelta(days=days)
    posts = list(topic.posts.select_related("conversation__community").order_by("pk"))
    for back, post in enumerate(reversed(posts)):
        redate(post, last - timedelta(minutes=47 * back))
    started = last - timedelta(minutes=47 * (len(posts) - 1))
    Conversation.objects.filter(pk=topic.pk).update(started_at=started, last_post_at=last)
