"""Pointing to neighbours: shown to those who may find both."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from coterie.communities import rules
from coterie.communities.models import Community, RelatedCommunity
from coterie.core.verdict import Refused, require
from coterie.personas.models import Persona


@transaction.atomic
def relate(community: Community, other: Community, *, by: Persona) -> None:
    """The community points to the other one."""
    require(rules.may_shape(by, community))
    # By this persona alone: what the host's other personas know must not show here.
    require(rules.may_find(by, other))
    if community.pk == other.pk:
        raise Refused(_("Choose another community than this one."))
    RelatedCommunity.objects.get_or_create(community=community, other=other)


@transaction.atomic
def unrelate(community: Community, other: Community, *, by: Persona) -> None:
    """The community no longer points to the other one."""
    require(rules.may_shape(by, community))
    RelatedCommunity.objects.filter(community=community, other=other).delete()
