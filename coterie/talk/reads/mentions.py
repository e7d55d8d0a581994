"""Whom a post calls by name: members of its community whom its author may meet."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from coterie.communities.models import Membership
from coterie.personas.models import Persona
from coterie.talk.mentions import MOST, named
from coterie.talk.models import Post, Voice

OF_ONE_NAME = 3
"""Two may be called the same; whoever calls a whole crowd by one name calls these."""


def mentioned(post: Post) -> list[Persona]:
    """Those who are called in it, its author left out; a post without an @ asks nothing."""
    names = named(post.source)[:MOST]
    if not names:
        return []
    found = _met(post).exclude(persona=post.persona_id).filter(_called(names))
    times: dict[str, int] = dict.fromkeys(names, 0)
    called = []
    for seat in found.select_related("persona").order_by("pk"):
        name = seat.persona.name.casefold()
        if times.get(name, OF_ONE_NAME) < OF_ONE_NAME:
            times[name] += 1
            called.append(seat.persona)
    return called


def _called(names: list[str]) -> Q:
    either = Q()
    for name in names:
        # SQLite folds the case of plain letters only: as it was written is asked too.
        either |= Q(persona__name__iexact=name) | Q(persona__name__in=[name, name.title()])
    return either


def _met(post: Post) -> QuerySet[Membership]:
    """Of a voice without a name no block counts: a silence would tell whose it is."""
    here = post.conversation.community
    if post.voice == Voice.OWN:
        return Membership.objects.visible_to(post.persona).filter(community=here)
    listed = Q(role=Membership.Role.HOST)
    if here.members_meet:
        listed |= Q(hidden=False)
    return Membership.objects.living().filter(listed, community=here)
