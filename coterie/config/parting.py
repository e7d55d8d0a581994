"""What goes little by little, because all at once would tell who was who.

When an account closes, its personas leave one by one: whoever hosts two of them would see
that they were one person. And what somebody said without a name does not go with what they
said as themselves: whoever looked that minute would know whose it was.
"""

from datetime import timedelta

from coterie.accounts.actions import errands
from coterie.accounts.events import Closed
from coterie.communities.actions import joining, leaving
from coterie.communities.events import Left
from coterie.communities.models import Community, JoinRequest, Membership
from coterie.core.keeping import register
from coterie.inbox.actions import attending
from coterie.personas import sealed
from coterie.personas.actions import being
from coterie.personas.models import Persona
from coterie.personas.viewer import viewer_of
from coterie.talk.actions import erasing

WITHIN = timedelta(days=3)
SOONEST = timedelta(hours=2)
"""A post without a name goes no sooner after its author."""


def let_personas_leave(event: Closed) -> None:
    """Within three days nobody sits anywhere who belonged to this account."""
    owner = sealed.Owner(event.account_id)
    attending.forget(owner)
    personas = sealed.personas_of(owner)
    errands.put([f"persona:{persona.pk}" for persona in personas], within=WITHIN)


def let_nameless_posts_go(event: Left) -> None:
    """Who took their posts along: what they said here without a name is gone in three days."""
    if event.with_posts:
        seat = Membership.objects.get(pk=event.membership_id)
        _put(erasing.nameless(seat.persona_id, community_id=seat.community_id))


def part_with_one() -> bool:
    """The persona or post whose moment has come is gone; False when none has."""
    return errands.do_one_due(_do)


def part(persona_id: int) -> None:
    """The persona sits nowhere, its words are taken back, and it is "a former member".

    What it said without a name is nobody's from now on, and goes later, post by post.
    """
    persona = Persona.objects.get(pk=persona_id)
    by = viewer_of(sealed.owner_of(persona))
    Community.objects.hold_tree()
    for waiting in JoinRequest.objects.pending().filter(persona=persona):
        joining.withdraw(waiting, by=by)
    for membership in Membership.objects.living().filter(persona=persona).order_by("community"):
        leaving.leave(membership, by=persona)
    _put(erasing.nameless(persona.pk))
    erasing.disown_nameless(persona.pk)
    for keeping in register.values():
        if keeping.erase:
            keeping.erase(persona.pk)
    being.fade(persona, by=by)


def _put(posts: list[int]) -> None:
    errands.put([f"post:{post}" for post in posts], within=WITHIN, after=SOONEST)


ERRANDS = {"persona": part, "post": erasing.erase_post}


def _do(what: str) -> None:
    kind, _, key = what.partition(":")
    ERRANDS[kind](int(key))
