"""A topic goes to another community, with everybody who spoke in it."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Greatest

from coterie.communities import seating
from coterie.communities.models import Community, SeenBy
from coterie.core import gates
from coterie.core.events import announce
from coterie.core.verdict import require
from coterie.media.actions import using
from coterie.personas.models import Persona
from coterie.talk import events, glimpse_rules, rearranging_rules, rules
from coterie.talk.actions import glimpsing, indexing, numbering, reading, tagging
from coterie.talk.models import Conversation, Draft, Greeting, Planned, Post, ReadingPosition


@transaction.atomic
def move(topic: Conversation, *, to: Community, by: Persona) -> Conversation:
    """The topic stands there, under the same address, for those who are members there.

    Everybody who spoke in it is one of them, as the same persona.
    """
    Community.objects.hold_tree()
    Community.objects.hold(topic.community_id)
    to = Community.objects.hold(to.pk)
    list(_planned_in(topic).select_for_update(of=("self",)).order_by("pk"))
    (topic,) = numbering.hold(topic.pk)
    require(rearranging_rules.may_move(by, topic, to))
    gates.ask(rearranging_rules.MOVE_GATE, topic, by)
    left = topic.community
    _close_behind(topic, to)
    Conversation.objects.filter(pk=topic.pk).update(
        community=to, see=_seen_there(topic, to), history_shared=False, pinned_at=None
    )
    topic.refresh_from_db(fields=["community", "see", "history_shared", "pinned_at"])
    numbering.cut_answers(topic)
    indexing.title(topic)
    indexing.rehomed(Post.objects.filter(conversation=topic))
    pictured = Post.objects.filter(conversation=topic, photos__gt=0)
    using.carry(rules.PHOTOS, pictured.values("pk"), to=to)
    _carry_cards(topic, to)
    _bring_along(topic, left, to)
    announce(events.MovedOut(topic.pk, left.pk, by.pk))
    announce(events.MovedIn(topic.pk, to.pk, by.pk))
    announce(events.Renumbered(topic.pk, topic.epoch + 1))
    return topic


def _seen_there(topic: Conversation, to: Community) -> str:
    """By everybody only what everybody reads in both; what was above it was another parent."""
    both = topic.see == SeenBy.EVERYONE and to.seen_by == SeenBy.EVERYONE
    return SeenBy.EVERYONE if both else SeenBy.MEMBERS


def _carry_cards(topic: Conversation, to: Community) -> None:
    """Where what is said is sensitive, no post shows what its link leads to."""
    carded = Post.objects.filter(conversation=topic).exclude(card="")
    if to.sensitive:
        glimpsing.clear(list(carded.values_list("pk", flat=True)))
    else:
        using.carry(glimpse_rules.PICTURES, carded.values("pk"), to=to)


def _close_behind(topic: Conversation, to: Community) -> None:
    """Whoever listens is asked anew: also where the versions there are lower than those here."""
    keys = (topic.community, topic.community.parent, topic.circle)
    granted = sum(each.access_version for each in keys if each is not None)
    seating.ask_again(topic.community_id)
    later: Any = Greatest(F("access_version") + 1, granted + 1)
    Community.objects.filter(pk=to.pk).update(access_version=later)


def _bring_along(topic: Conversation, left: Community, to: Community) -> None:
    """Its tags, what was begun in it or waits to be said there, and how far people had read.

    The welcome of the community that it leaves sends newcomers to it no more.
    """
    tagging.carry(topic, to=to)
    Greeting.objects.filter(hello=topic).update(hello=None)
    there = to.memberships.living().values("persona")
    planned = _planned_in(topic).filter(persona__in=there)
    places = Q(place=topic.public_id) | Q(place__in=planned.values("public_id"))
    begun = Draft.objects.filter(places, persona__in=there)
    for waiting in (planned, begun):
        for each in waiting.exclude(photos=[]).select_related("persona"):
            using.carry_waiting(each.photos, by=each.persona, to=to)
        waiting.update(community=to)
    ReadingPosition.objects.filter(conversation=topic, epoch=topic.epoch).update(
        epoch=topic.epoch + 1
    )
    Conversation.objects.filter(pk=topic.pk).update(epoch=F("epoch") + 1)
    for place in (left, to):
        reading.look_again(place.pk, topic.last_post_at)


def _planned_in(topic: Conversation) -> QuerySet[Planned]:
    """Also what was planned where another topic was, before that became part of this one."""
    here = Q(conversation=topic) | Q(conversation__merged_into=topic)
    return Planned.objects.filter(here)
