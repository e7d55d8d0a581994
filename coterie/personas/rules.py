"""Who may act for a persona."""

from coterie.core.verdict import YES, Verdict
from coterie.personas.models import Persona
from coterie.personas.viewer import Viewer


def may_be(viewer: Viewer, persona: Persona) -> Verdict:
    """Change how this persona looks, or put it away: its owner alone."""
    return YES if persona.pk in viewer.ids else Verdict("There is nothing here.")
