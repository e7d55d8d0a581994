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
from coterie.communities.models.community import FoundBy, JoinedBy
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
    if not name.strip():
        raise Refused(_("Give the community a name."))
    if parent is not None:
        Community.objects.hold_tree()
        parent = Community.objects.hold(parent.pk)
    require(rules.may_found(by, parent))
    founder = (
        by if isinstance(by, Persona) else seating.embody(by, persona, persona_name, persona_seed)
    )
    shape = presets.settings_of(preset) | settings
    require_shape(shape, parent)
    community = Community.objects.create(
        name=name.strip(),
        purpose=purpose.strip(),
        parent=parent,
        depth=parent.depth + 1 if parent else 1,
        hue=random_key() % HUES if hue is None else hue,
        slug=slug_of(name, shape),
        **shape,
    )
    membership = seating.begin(community, founder, agreed=0, role=Role.HOST)
    rules.forget(by)
    announce(Founded(community.pk, founder.pk))
    return membership


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
