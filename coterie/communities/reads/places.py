"""Communities around a community: above, below and beside it, as this viewer may find them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from coterie.communities import rules
from coterie.communities.models import Community, Question, Rule
from coterie.communities.models.community import cover_path
from coterie.core.prepared import prepared
from coterie.personas.models import Persona
from coterie.personas.viewer import Viewer

SHOWN = 3
"""Levels of the tree that a page shows."""


def community(who: Viewer | Persona | None, handle: str) -> Community | None:
    """The one that this part of a URL names, if this viewer may learn of it."""
    found = next(iter(_named(handle)), None)
    return found if found and rules.may_find(who, found) else None


@prepared
def _named(handle: str) -> QuerySet[Community]:
    return Community.objects.at(handle).select_related("parent")


def own_places(who: Viewer | Persona | None) -> list[dict[str, Any]]:
    """The communities of this person by name, with their seats; no query beyond that of these."""
    rows = [
        {"pk": pk, "seat": seat}
        | {key: getattr(seat, f"place_{key}") for key in rules.OF_THE_PLACE}
        for pk, seat in rules.seats(who).items()
    ]
    return sorted(rows, key=lambda row: (row["name"], row["pk"]))


def place(community: Community) -> dict[str, Any]:
    """What a tile of a community shows."""
    return {
        "name": community.name,
        "purpose": community.purpose,
        "hue": community.hue,
        "cover_path": cover_path(community.cover, 320),
        "cover_at": community.cover_at,
        "privacy": community.privacy,
        "size": community.size,
        "shows_size": community.shows_size,
        "path": community.path,
    }


def above(who: Viewer | Persona | None, community: Community) -> list[dict[str, Any]]:
    """The communities above that the viewer may find, topmost first."""
    found: list[dict[str, Any]] = []
    step = community.parent
    while step is not None:
        if rules.may_find(who, step):
            found.append(place(step))
        step = step.parent
    return found[::-1]


def still_known(viewer: Viewer, community_ids: Iterable[int]) -> set[int]:
    """Those of these communities whose name and look of today this viewer may know."""
    found = Community.objects.findable_by(viewer).filter(pk__in=set(community_ids))
    return set(found.values_list("pk", flat=True))


def name_above(who: Viewer | Persona | None, community: Community) -> str:
    """How this viewer reads of the community above; its name only where they may find it."""
    if community.parent is None:
        return ""
    return called(who, community.parent) or _("the community above it")


def called(who: Viewer | Persona | None, community: Community) -> str:
    """The name of a community that this viewer may find, nothing of any other."""
    return community.name if rules.may_find(who, community) else ""


def tree(who: Viewer | Persona | None, community: Community) -> list[dict[str, Any]]:
    """What lies below, three levels deep, each with its own `below`."""
    levels: list[list[Community]] = [[community]]
    for _level in range(SHOWN):
        below = _below(tuple(each.pk for each in levels[-1]))
        levels.append([each for each in below if rules.may_find(who, each)])
    return _hung(community.pk, levels[1:])


@prepared
def _below(parents: tuple[int, ...]) -> QuerySet[Community]:
    return Community.objects.filter(parent__in=parents, closed_at=None).order_by("name", "pk")


def _hung(parent_id: int, levels: list[list[Community]]) -> list[dict[str, Any]]:
    if not levels:
        return []
    here = [each for each in levels[0] if each.parent_id == parent_id]
    return [place(each) | {"below": _hung(each.pk, levels[1:])} for each in here]


def related(who: Viewer | Persona | None, community: Community) -> list[dict[str, Any]]:
    """Neighbours that the hosts point to and the viewer may find."""
    found = Community.objects.findable_by(who).filter(related_from__community=community)
    return [place(each) | {"public_id": each.public_id} for each in found.order_by("name", "pk")]


def interests(community: Community) -> list[str]:
    """What people here are into."""
    return list(community.interests.order_by("word").values_list("word", flat=True))


def rules_of(community: Community) -> list[dict[str, Any]]:
    """The rules as they stand, in their order."""
    standing = Rule.objects.filter(community=community, retired_at=None)
    return [dict(row) for row in standing.order_by("place", "pk").values("pk", "place", "text")]


def questions(community: Community) -> list[Question]:
    """What is asked at the door."""
    return list(Question.objects.filter(community=community).order_by("place", "pk"))


def parents_for(persona: Persona, community: Community) -> list[Community]:
    """Where this host could hang the community: where they may start one, and not below itself."""
    mine = Community.objects.of(persona).filter(closed_at=None).exclude(pk=community.pk)
    alone = Viewer((persona,), persona)  # remembers its seats, so that many places cost as few
    return [each for each in mine.order_by("name") if rules.may_found(alone, each)]
