"""Changing what a community is: its settings, its place in the tree, its door.

A change never widens who can see what was said before. Narrowing lowers every
conversation (a consequence in talk); widening touches none; a wider door sets
`history_from`, here and in every community whose door depends on this one.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from coterie.communities import rules, slugs
from coterie.communities.actions.founding import require_shape
from coterie.communities.events import Moved, Reshaped
from coterie.communities.models import Community, FoundBy, JoinedBy, SeenBy
from coterie.communities.models.community import DEEPEST, WIDTH, opens_door
from coterie.core.events import announce
from coterie.core.verdict import Refused, require
from coterie.personas.models import Persona

SETTINGS = frozenset(
    [
        "found_by",
        "seen_by",
        "joined_by",
        "posted_by",
        "micro_by",
        "tagged_by",
        "gathered_by",
        "join_requires",
        "members_meet",
        "anonymous_voice",
        "sensitive",
        "learnable",
        "shows_size",
        "topics",
        "chat",
        "gatherings",
    ]
)
ONCE_THE_PARENTS = (
    ("found_by", FoundBy.PARENT, FoundBy.NOBODY),
    ("seen_by", SeenBy.PARENT, SeenBy.MEMBERS),
    ("joined_by", JoinedBy.PARENT, JoinedBy.INVITATION),
)


@transaction.atomic
def reshape(community: Community, *, by: Persona, **settings: Any) -> Community:
    """The community has these settings, and nothing said before is open to anybody new."""
    unknown = settings.keys() - SETTINGS
    if unknown:
        raise TypeError(f"not settings: {unknown}")
    # A wider door hides the history of communities below it too.
    Community.objects.hold_tree()
    old = Community.objects.hold(community.pk)
    require(rules.may_shape(by, old))
    new = {name: getattr(old, name) for name in SETTINGS} | settings
    if new["seen_by"] != SeenBy.EVERYONE:
        # Whoever opens it again is asked again.
        settings["learnable"] = False
    require_shape(new, old.parent)
    _require_other(old, new["join_requires"])
    changed = {name: value for name, value in settings.items() if getattr(old, name) != value}
    if not changed:
        return old
    narrowed = WIDTH[new["seen_by"]] < WIDTH[old.seen_by]
    shut = narrowed or (old.members_meet and not new["members_meet"])
    Community.objects.filter(pk=old.pk).update(
        **changed, slug=_slug(old, new), access_version=F("access_version") + int(shut)
    )
    if opens_door(old, new):
        _hide_history(old)
    announce(Reshaped(old.pk, by.pk, narrowed, changed.get("learnable", False)))
    return Community.objects.get(pk=old.pk)


def _require_other(community: Community, required: Community | None) -> None:
    if required is not None and required.pk == community.pk:
        raise Refused(_("Choose another community than this one."))


def _slug(old: Community, new: dict[str, Any]) -> str | None:
    if new["found_by"] != FoundBy.EVERYONE or new["seen_by"] != SeenBy.EVERYONE:
        return None
    return old.slug or slugs.slug_for(old.name)


def _hide_history(community: Community) -> None:
    """Newcomers from now on see nothing older, here and wherever coming here opens a door."""
    wider, seen = [community.pk], {community.pk}
    while wider:
        below = Community.objects.filter(
            Q(parent__in=wider, joined_by=JoinedBy.PARENT)
            | Q(parent__in=wider, found_by=FoundBy.PARENT)
            | Q(parent__in=wider, seen_by=SeenBy.PARENT)
            | Q(join_requires__in=wider)
        ).exclude(joined_by=JoinedBy.INVITATION, join_requires=None)
        wider = list(below.exclude(pk__in=seen).values_list("pk", flat=True))
        seen.update(wider)
    Community.objects.filter(pk__in=seen).update(history_from=timezone.now())


@transaction.atomic
def move(community: Community, *, by: Persona, parent: Community | None) -> Community:
    """The community, with all below it, hangs under another parent or under none.

    Whatever was open to the members of the old parent is first narrowed to members.
    """
    Community.objects.hold_tree()
    held = Community.objects.hold(community.pk)
    require(rules.is_host(by, held))
    if parent is not None:
        parent = Community.objects.hold(parent.pk)
        require(rules.may_found(by, parent))
    if (parent and parent.pk) == held.parent_id:
        return held
    levels = _levels_below(held)
    _require_place(held, parent, levels)
    _narrow_to_members(held)
    depth = parent.depth + 1 if parent else 1
    for down, ids in enumerate(levels):
        Community.objects.filter(pk__in=ids).update(depth=depth + down)
    Community.objects.filter(pk=held.pk).update(
        parent=parent, access_version=F("access_version") + 1
    )
    announce(Moved(held.pk, by.pk))
    return Community.objects.get(pk=held.pk)


def _levels_below(community: Community) -> list[list[int]]:
    levels = [[community.pk]]
    while levels[-1]:
        below = Community.objects.filter(parent__in=levels[-1])
        levels.append(list(below.values_list("pk", flat=True)))
    return levels[:-1]


def _require_place(community: Community, parent: Community | None, levels: list[list[int]]) -> None:
    if parent is None:
        return
    if any(parent.pk in level for level in levels):
        raise Refused(_("A community cannot hang below itself."))
    if parent.depth + len(levels) > DEEPEST:
        raise Refused(_("Micro communities cannot be nested any deeper."))


def _narrow_to_members(community: Community) -> None:
    for field, wide, narrow in ONCE_THE_PARENTS:
        Community.objects.filter(pk=community.pk, **{field: wide}).update(**{field: narrow})
