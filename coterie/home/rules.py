"""What a person may do with her selves as a whole."""

from django.utils.translation import gettext

from coterie.communities.models import JoinRequest, Membership
from coterie.core.verdict import YES, Verdict
from coterie.personas import rules
from coterie.personas.models import Persona
from coterie.personas.viewer import Viewer


def may_retire(viewer: Viewer, persona: Persona) -> Verdict:
    """Put a persona away: its owner, when it sits in no community and waits at no door."""
    if not rules.may_be(viewer, persona):
        return rules.may_be(viewer, persona)
    if Membership.objects.living().of(persona).exists():
        return Verdict(gettext("Leave its communities first; then it can be put away."))
    if JoinRequest.objects.pending().filter(persona=persona).exists():
        return Verdict(gettext("Take back its request to join first; then it can be put away."))
    return YES
