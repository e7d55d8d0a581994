"""Opening a home for people: the community and the link to it, or neither."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from coterie.communities.actions import founding, inviting
from coterie.communities.models import Community, Membership
from coterie.communities.presets import settings_of
from coterie.home.reads.shapes import under
from coterie.personas.models import Persona
from coterie.personas.viewer import Viewer


@transaction.atomic
def open_home(
    name: str,
    *,
    by: Viewer,
    shape: str,
    purpose: str = "",
    hue: int | None = None,
    parent: Community | None = None,
    persona: Persona | None = None,
    persona_name: str = "",
    persona_seed: int | None = None,
) -> Membership:
    """A community stands, its founder is its host, and a link leads to its door."""
    settings: dict[str, Any] = under(settings_of(shape)) if parent else {}
    seat = founding.found(
        name,
        by=by,
        persona=persona,
        persona_name=persona_name,
        persona_seed=persona_seed,
        preset=shape,
        parent=parent,
        purpose=purpose,
        hue=hue,
        **settings,
    )
    inviting.invite(seat.community, by=seat.persona, name=gettext("First link"))
    return seat
