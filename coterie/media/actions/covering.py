"""The picture on a community's banner."""

from __future__ import annotations

from django.db import transaction

from coterie.communities import rules
from coterie.communities.actions import describing
from coterie.communities.models import Community
from coterie.core.verdict import require
from coterie.media.actions import using
from coterie.media.actions.using import COVER
from coterie.media.models import Picture
from coterie.personas.models import Persona


@transaction.atomic
def cover(community: Community, picture: Picture, *, by: Persona, at: str) -> None:
    """The picture is the community's cover; the one before it is gone."""
    require(rules.may_shape(by, community))
    using.let_go(COVER, [community.pk])
    using.attach([picture.public_id], by=by, community=community, guard=COVER, subject=community.pk)
    describing.show_cover(community, picture.public_id, by=by, at=at)


@transaction.atomic
def uncover(community: Community, *, by: Persona) -> None:
    """There is only cloth again."""
    describing.show_cover(community, "", by=by, at=community.cover_at)
    using.let_go(COVER, [community.pk])


@transaction.atomic
def turn(community: Community, *, by: Persona, at: str) -> None:
    """Another part of the same cover is in sight."""
    describing.show_cover(community, community.cover, by=by, at=at)
