"""How a membership begins and ends: the one place where size, history and access are kept.

Other actions call these inside their transaction, after they have asked the rule.
"""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from coterie.communities import rules
from coterie.communities.events import Orphaned
from coterie.communities.models import (
    Circle,
    CircleMember,
    Community,
    Invitation,
    JoinRequest,
    Membership,
)
from coterie.communities.models.belonging import Role, State
from coterie.core.events import announce
from coterie.core.verdict import Refused
from coterie.personas import sealed
from coterie.personas.actions.being import tidy
from coterie.personas.models import Persona
from coterie.personas.viewer import Viewer


def embody(by: Viewer, persona: Persona | None, name: str, seed: int | None) -> Persona:
    """The persona that acts: one of the viewer's own, or a new one made for this."""
    if persona is None:
        if by.owner is None or not tidy(name):
            raise Refused(_("Choose a name."))
        return sealed.new_persona(by.owner, name=tidy(name), seed=seed)
    if persona.pk not in by.ids:
        raise Refused(rules.NOTHING.sentence)
    return persona


def begin(
    community: Community, persona: Persona, *, agreed: int, role: str = Role.MEMBER
) -> Membership:
    """The persona is a member from now on; nobody is one twice, under whatever persona."""
    fresh = {
        "state": State.LIVING,
        "role": role,
        "duties": [],
        "joined_at": timezone.now(),
        "ended_at": None,
        "agreed_version": agreed,
        "history_from": community.history_from,
    }
    try:
        with transaction.atomic():
            membership = _revived(community, persona, fresh) or Membership.objects.create(
                community=community,
                persona=persona,
                nullifier=sealed.nullifier_of(persona, community.scope),
                **fresh,
            )
    except IntegrityError:
        raise Refused(_("You are a member already.")) from None
    Community.objects.filter(pk=community.pk).update(size=F("size") + 1)
    return membership


def _revived(community: Community, persona: Persona, fresh: dict[str, object]) -> Membership | None:
    ended = Membership.objects.filter(community=community, persona=persona)
    if not ended.exclude(state=State.LIVING).update(**fresh):
        return None
    return ended.get()


def end(membership: Membership, state: str) -> bool:
    """The membership is over, and what it opened is shut; False when it was over already."""
    community = Community.objects.hold(membership.community_id)
    ended = Membership.objects.living().filter(pk=membership.pk)
    was_host = ended.filter(role=Role.HOST).exists()
    if not ended.update(state=state, ended_at=timezone.now()):
        return False
    Community.objects.filter(pk=community.pk).update(
        size=F("size") - 1, access_version=F("access_version") + 1
    )
    if state != State.LEFT:
        # A link that was made in trust opens nothing after that trust has ended.
        Invitation.objects.filter(
            community=community, made_by=membership.persona_id, revoked_at=None
        ).update(revoked_at=timezone.now())
    if was_host:
        _orphan(community)
    # A seat that is taken again one day does not come back with what it was trusted with.
    CircleMember.objects.filter(membership=membership).exclude(circle__duty="").delete()
    return True


def circle_of(community: Community, duty: str) -> Circle:
    """The circle of all who carry this duty here."""
    circle, made = Circle.objects.get_or_create(
        community=community, duty=duty, defaults={"name": duty}
    )
    if made:
        fill_circles(community.pk)
    return circle


def fill_circles(community_id: int) -> None:
    """In each circle of a duty sit those who carry it now; who fell out is asked to go.

    Called in the transaction that gave or took a role.
    """
    for circle in Circle.objects.filter(community=community_id).exclude(duty=""):
        living = Membership.objects.living().filter(community=community_id)
        carrying = living.carrying(circle.duty)
        seats = CircleMember.objects.filter(circle=circle)
        if seats.exclude(membership__in=carrying).delete()[0]:
            Circle.objects.filter(pk=circle.pk).update(access_version=F("access_version") + 1)
        CircleMember.objects.bulk_create(
            [CircleMember(circle=circle, membership=seat) for seat in carrying],
            ignore_conflicts=True,
        )


def ask_again(community_id: int) -> None:
    """Whoever listens to something here is asked anew whether they still may.

    Called in the transaction that takes access away without ending a membership: a block, or
    a ban without a seat, which closes what the members of the parent see.
    """
    Community.objects.filter(pk=community_id).update(access_version=F("access_version") + 1)


def _orphan(community: Community) -> None:
    living = Membership.objects.living().filter(community=community)
    if living.filter(role=Role.HOST).exists():
        return
    # With nobody left to step up there is nobody to wait for either.
    ends: dict[str, datetime] = {} if living.exists() else {"closed_at": timezone.now()}
    Community.objects.filter(pk=community.pk).update(orphaned_at=timezone.now(), **ends)
    announce(Orphaned(community.pk))


def came_before(persona: Persona, community: Community) -> str:
    """What hosts may know of this person's past here: one of three classes."""
    past = Membership.objects.filter(
        community=community, nullifier=sealed.nullifier_of(persona, community.scope)
    ).exclude(state=State.LIVING)
    states = set(past.values_list("state", flat=True))
    if states & {State.REMOVED, State.BANNED}:
        return JoinRequest.CameBefore.REMOVED
    return JoinRequest.CameBefore.LEFT if states else JoinRequest.CameBefore.NEW
