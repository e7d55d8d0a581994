"""News for those who follow: of topics they follow, and of communities in which they follow all.

Looked for by the schedule, so that a post costs the same whether thousands follow or none.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from coterie.communities.models import Membership
from coterie.communities.reads import hidden_personas
from coterie.inbox.actions import notifying
from coterie.inbox.models import Notification
from coterie.personas.models import Persona
from coterie.pure.attention import Level
from coterie.talk.models import (
    Conversation,
    Kind,
    Post,
    PostState,
    ReadingPosition,
    TagLevel,
    TopicLevel,
    Voice,
)

LATELY = timedelta(minutes=20)
A_ROUND = 1_000


def tell_followers() -> int:
    """Everybody who follows was told of what is new there, once until they looked."""
    since = timezone.now() - LATELY
    return _of_posts(since) + _of_topics(since)


def _of_posts(since: datetime) -> int:
    read = ReadingPosition.objects.filter(
        persona=OuterRef("persona"),
        conversation=OuterRef("conversation"),
        epoch=OuterRef("conversation__epoch"),
        read_seq__gte=OuterRef("conversation__last_seq"),
    )
    follow = TopicLevel.objects.filter(level=Level.FOLLOW, conversation__last_post_at__gt=since)
    fresh = follow.exclude(Exists(read)).select_related("persona", "conversation__community")
    return sum(_tell(each.persona, each.conversation) for each in fresh[:A_ROUND])


def _tell(persona: Persona, topic: Conversation) -> bool:
    newest = Post.objects.filter(conversation=topic, seq=topic.last_seq).first()
    if newest is None or not _would_tell(persona, newest, topic):
        return False
    notifying.tell_again(
        persona,
        kind="followed",
        community=topic.community,
        path=newest.path,
        key=f"followed:{topic.pk}",
        latest=newest.pk,
        conversation=topic,
        post=newest,
    )
    return True


def _of_topics(since: datetime) -> int:
    seats = Membership.objects.living().filter(level=Level.FOLLOW)
    tags = TagLevel.objects.filter(level=Level.FOLLOW)
    wanted = Q(community__in=seats.values("community"))
    wanted |= Q(taggings__tag__in=tags.values("tag"))
    begun = Conversation.objects.filter(
        kind=Kind.TOPIC,
        started_at__gt=since,
        last_seq__gt=0,
        arriving=False,
        unlisted_at=None,
    )
    found = begun.filter(wanted).distinct().select_related("community")
    return sum(_tell_begun(topic) for topic in found[:A_ROUND])


def _tell_begun(topic: Conversation) -> int:
    first = Post.objects.filter(conversation=topic, seq=1).first()
    told = Notification.objects.filter(persona=OuterRef("persona"), key=_begun(topic))
    tags = TagLevel.objects.filter(level=Level.FOLLOW, tag__taggings__conversation=topic)
    wanted = Q(level=Level.FOLLOW) | Q(persona__in=tags.values("persona"))
    here = Membership.objects.living().filter(wanted, community=topic.community)
    fresh = here.exclude(Exists(told)).select_related("persona")
    readers = [
        seat.persona
        for seat in fresh[:A_ROUND]
        if first and _would_tell(seat.persona, first, topic)
    ]
    for persona in readers:
        notifying.tell(
            persona,
            kind="begun",
            community=topic.community,
            path=topic.path,
            key=_begun(topic),
            conversation=topic,
            post=first,
        )
    return len(readers)


def _begun(topic: Conversation) -> str:
    return f"begun:{topic.pk}"


def _would_tell(persona: Persona, post: Post, topic: Conversation) -> bool:
    """It is another's, they may read it, and were not told of it otherwise."""
    if post.persona_id == persona.pk or post.brought or post.state != PostState.PUBLISHED:
        return False
    if not Post.objects.visible_to(persona).filter(pk=post.pk).exists():
        return False
    if post.voice == Voice.OWN and post.persona_id in hidden_personas(persona, topic.community):
        return False
    others = Notification.objects.filter(persona=persona, post=post).exclude(kind="followed")
    return not others.exists()
