"""Starting a community, and closing it for good."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from coterie.communities import presets, rules, seating, slugs
from coterie.communities.events import Closed, Founded
from coterie.communities.models import Community, Membership, SeenBy
from coterie.communities.models.belonging import Role
from coterie.communities.models.community import CommunityQuerySet, FoundBy, JoinedBy
from coterie.core.events import announce
from coterie.core.ids import random_key
from coterie.core.verdict import Refused, require
from coterie.personas.models import Persona
from coterie.personas.viewer import Viewer

HUES = 12


@transaction.atomic
def found(
    name: str,
    *,
    by: Viewer | Persona,
    persona: Persona | None = None,
    persona_name: str = "",
    persona_seed: int | None = None,
    preset: str = "private_group",
    parent: Community | None = None,
    purpose: str = "",
    hue: int | None = None,
    **settings: Any,
) -> Membership:
    """The founder's seat as host of a new community, in which nobody else is.

    Its persona is `by` itself, or one of the viewer's, or a new one called `persona_name`.
    `settings` go over those of the preset.
    """
    shape = presets.settings_of(preset) | settings
    community = _new(name, shape, by=by, parent=parent, purpose=purpose.strip(), hue=hue)
    founder = (
        by if isinstance(by, Persona) else seating.embody(by, persona, persona_name, persona_seed)
    )
    return _settled(community, founder, by=by)


def _new(
    name: str,
    shape: dict[str, Any],
    *,
    by: Viewer | Persona,
    parent: Community | None,
    purpose: str = "",
    hue: int | None = None,
) -> Community:
    if not name.strip():
        raise Refused(_("Give the community a name."))
    if parent is not None:
        Community.objects.hold_tree()
        parent = Community.objects.hold(parent.pk)
    require(rules.may_found(by, parent))
    require_shape(shape, parent)
    return Community.objects.create(
        name=name.strip(),
        purpose=purpose,
        parent=parent,
        depth=parent.depth + 1 if parent else 1,
        hue=random_key() % HUES if hue is None else hue,
        slug=slug_of(name, shape),
        **shape,
    )


def _settled(community: Community, founder: Persona, *, by: Viewer | Persona) -> Membership:
    membership = seating.begin(community, founder, agreed=0, role=Role.HOST)
    rules.forget(by)
    announce(Founded(community.pk, founder.pk))
    return membership


@transaction.atomic
def lay_ground(name: str, *, by: Viewer, preset: str, parent: Community | None) -> Community:
    """A place that nobody is in and nobody finds, until its founder moves in."""
    shape = presets.settings_of(preset) | {"found_by": FoundBy.NOBODY, "seen_by": SeenBy.MEMBERS}
    return _new(name, shape, by=by, parent=parent)


@transaction.atomic
def move_in(
    community: Community,
    *,
    by: Viewer,
    preset: str,
    persona: Persona | None = None,
    persona_name: str = "",
    persona_seed: int | None = None,
) -> Membership:
    """What was ground is a community like any other; the founder hosts it."""
    require(rules.may_found(by, community.parent))
    shape = presets.settings_of(preset)
    require_shape(shape, community.parent)
    if not _ground(community).update(found_by=shape["found_by"], seen_by=shape["seen_by"]):
        raise Refused(rules.NOTHING.sentence)
    founder = seating.embody(by, persona, persona_name, persona_seed)
    community.refresh_from_db()
    return _settled(community, founder, by=by)


@transaction.atomic
def clear_ground(community: Community) -> None:
    """The place in which nobody ever was is not there any more."""
    _ground(community).delete()


def _ground(community: Community) -> CommunityQuerySet:
    """The community, as long as nobody was ever in it."""
    return Community.objects.filter(pk=community.pk, memberships=None)


def require_shape(shape: dict[str, Any], parent: Community | None) -> None:
    """Settings that speak of a parent need one."""
    above = {shape.get("found_by"), shape.get("seen_by"), shape.get("joined_by")}
    if parent is None and {FoundBy.PARENT, SeenBy.PARENT, JoinedBy.PARENT} & above:
        raise Refused(_("There is no community above this one whose members could be meant."))


def slug_of(name: str, shape: dict[str, Any]) -> str | None:
    """A readable name for the URLs of a public community, none for any other."""
    public = shape["found_by"] == FoundBy.EVERYONE and shape["seen_by"] == SeenBy.EVERYONE
    return slugs.slug_for(name) if public else None


@transaction.atomic
def close(community: Community, *, by: Persona) -> None:
    """Nobody joins or writes any more; members still read what was said."""
    require(rules.is_host(by, community))
    open_still = Community.objects.filter(pk=community.pk, closed_at=None)
    if open_still.update(closed_at=timezone.now()):
        announce(Closed(community.pk, by.pk))
