"""When an account closes, its personas leave one by one.

All at once would tell whoever hosts two of them that they were one person; so each
goes at a moment of its own, and only one in a run of the schedule.
"""

from datetime import timedelta

from coterie.accounts.actions import errands
from coterie.accounts.events import Closed
from coterie.communities.actions import joining, leaving
from coterie.communities.models import JoinRequest, Membership
from coterie.core.keeping import register
from coterie.personas import sealed
from coterie.personas.actions import being
from coterie.personas.models import Persona
from coterie.personas.viewer import viewer_of

WITHIN = timedelta(days=3)


def let_personas_leave(event: Closed) -> None:
    """Within three days nobody sits anywhere who belonged to this account."""
    for persona in sealed.personas_of(sealed.Owner(event.account_id)):
        errands.put(str(persona.pk), within=WITHIN)


def part_with_one() -> bool:
    """The persona whose moment has come is gone; False when none has."""
    return errands.do_one_due(lambda persona_id: part(int(persona_id)))


def part(persona_id: int) -> None:
    """The persona sits nowhere, its words are taken back, and it is "a former member"."""
    persona = Persona.objects.get(pk=persona_id)
    by = viewer_of(sealed.owner_of(persona))
    for waiting in JoinRequest.objects.pending().filter(persona=persona):
        joining.withdraw(waiting, by=by)
    for membership in Membership.objects.living().filter(persona=persona):
        leaving.leave_and_take_posts(membership, by=persona)
    for keeping in register.values():
        if keeping.erase:
            keeping.erase(persona.pk)
    being.fade(persona, by=by)
