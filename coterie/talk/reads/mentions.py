"""Whom a post calls by name: members of its community whom its author may meet."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from coterie.communities.models import Community, Membership
from coterie.personas.models import Persona
from coterie.talk.mentions import named
from coterie.talk.models import Post, Voice

OF_ONE_NAME = 3
"""Two may be called the same; whoever calls a whole crowd by one name calls these."""


def mentioned(post: Post) -> list[Persona]:
    """Those who are called in it, its author left out; a post without an @ asks nothing."""
    called = _seats(named(post.source), _met(post)).values()
    return [
        seat.persona for seats in called for seat in seats if seat.persona_id != post.persona_id
    ]


def meant(names: Sequence[str], community: Community) -> dict[str, str]:
    """For each of these names the page of the one member who bears it, by its id.

    What stands in a post is the same for all its readers, and tells them nothing of who wrote it
    or whom they keep away from: so of those alone whom every member meets, whoever calls them,
    and of nobody where two are called alike.
    """
    called = _seats(names, _met_by_all(community))
    return {name: seats[0].public_id for name, seats in called.items() if len(seats) == 1}


def _seats(names: Sequence[str], met: QuerySet[Membership]) -> dict[str, list[Membership]]:
    """By name the seats of those who are called by it, the first few of each."""
    called: dict[str, list[Membership]] = {name: [] for name in names}
    if not called:
        return {}
    for seat in met.filter(_called(list(called))).select_related("persona").order_by("pk"):
        alike = called.get(seat.persona.name.casefold())
        if alike is not None and len(alike) < OF_ONE_NAME:
            alike.append(seat)
    return called


def _called(names: Sequence[str]) -> Q:
    either = Q()
    for name in names:
        # SQLite folds the case of plain letters only: as it was written is asked too.
        either |= Q(persona__name__iexact=name) | Q(persona__name__in=[name, name.title()])
    return either


def _met(post: Post) -> QuerySet[Membership]:
    """Of a voice without a name no block counts: a silence would tell whose it is."""
    here = post.conversation.community
    if post.voice != Voice.OWN:
        return _met_by_all(here)
    return Membership.objects.visible_to(post.persona).filter(community=here)


def _met_by_all(here: Community) -> QuerySet[Membership]:
    """The hosts, and where members meet those who are listed; blocks aside, which are two's own."""
    listed = Q(role=Membership.Role.HOST)
    if here.members_meet:
        listed |= Q(hidden=False)
    return Membership.objects.living().filter(listed, community=here)
