"""Putting a self away."""

from django.db import transaction

from coterie.core.verdict import require
from coterie.home import rules
from coterie.personas.actions import being
from coterie.personas.models import Persona
from coterie.personas.viewer import Viewer


@transaction.atomic
def retire(persona: Persona, *, by: Viewer) -> None:
    """A persona that sits nowhere is a former member for ever and belongs to nobody."""
    require(rules.may_retire(by, persona))
    being.fade(persona, by=by)
