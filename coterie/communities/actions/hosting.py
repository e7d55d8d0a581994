"""Roles, handing over, and sending somebody away."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from coterie.communities import rules, seating
from coterie.communities.events import BanLifted, Banned, HandedOver, Removed, RoleChanged
from coterie.communities.models import Ban, Community, Membership
from coterie.communities.models.belonging import Duty, Role, State
from coterie.core.events import announce
from coterie.core.verdict import Refused, require
from coterie.personas.models import Persona
from coterie.personas.viewer import Viewer


@transaction.atomic
def make_host(membership: Membership, *, by: Persona) -> None:
    """The member is a host beside the others."""
    _appoint(membership, by, Role.HOST, [])


@transaction.atomic
def make_moderator(membership: Membership, *, by: Persona, duties: Iterable[str]) -> None:
    """The member carries these duties and no others."""
    asked = set(duties)
    _appoint(membership, by, Role.MODERATOR, [duty for duty in Duty.values if duty in asked])


@transaction.atomic
def make_member(membership: Membership, *, by: Persona) -> None:
    """The member has no role any more; the last host cannot go this way."""
    _appoint(membership, by, Role.MEMBER, [])


def _appoint(membership: Membership, by: Persona, role: str, duties: list[str]) -> None:
    community = Community.objects.hold(membership.community_id)
    require(rules.may_appoint(by, membership))
    if by.pk == membership.persona_id:
        _require_stepping_down(community, by, role)
    if role != Role.HOST:
        _require_another_host(membership)
    living = Membership.objects.living().filter(pk=membership.pk)
    if not living.update(role=role, duties=duties):
        raise Refused(_("They are not a member any more."))
    seating.fill_circles(community.pk)
    announce(RoleChanged(membership.pk, by.pk))


def _require_stepping_down(community: Community, by: Persona, role: str) -> None:
    # Your own seat may only be made smaller by you, unless you are a host anyway.
    if not rules.is_host(by, community) and role != Role.MEMBER:
        raise Refused(_("Only the hosts can do this."))


def _require_another_host(membership: Membership) -> None:
    hosts = (
        Membership.objects.living()
        .filter(community_id=membership.community_id, role=Role.HOST)
        .values_list("pk", flat=True)
    )
    if list(hosts) == [membership.pk]:
        raise Refused(_("You are the last host. Hand over first."))


@transaction.atomic
def hand_over(membership: Membership, *, by: Persona) -> None:
    """The member is a host, and whoever was one before is a member like others."""
    community = Community.objects.hold(membership.community_id)
    require(rules.is_host(by, community))
    if membership.persona_id == by.pk:
        raise Refused(_("Choose somebody else."))
    living = Membership.objects.living().filter(community=community)
    if not living.filter(pk=membership.pk).update(role=Role.HOST, duties=[]):
        raise Refused(_("They are not a member any more."))
    living.filter(persona=by).update(role=Role.MEMBER, duties=[])
    seating.fill_circles(community.pk)
    announce(HandedOver(membership.pk, by.pk))


@transaction.atomic
def step_up(community: Community, *, by: Persona) -> Membership:
    """A community without a host has one again: the first who offered."""
    community = Community.objects.hold(community.pk)
    require(rules.may_step_up(by, community))
    Community.objects.filter(pk=community.pk).update(orphaned_at=None)
    membership = Membership.objects.living().get(community=community, persona=by)
    Membership.objects.filter(pk=membership.pk).update(role=Role.HOST, duties=[])
    seating.fill_circles(community.pk)
    announce(RoleChanged(membership.pk, by.pk))
    membership.refresh_from_db()
    return membership


@transaction.atomic
def remove(membership: Membership, *, by: Persona) -> None:
    """No member any more; they may ask to come back."""
    require(rules.may_remove(by, membership))
    _remove(membership, by)


@transaction.atomic
def remove_for_the_operator(membership: Membership, *, by: Viewer) -> None:
    """The same by the operator, who has no seat here."""
    require(rules.is_operator(by))
    _remove(membership, None)


def _remove(membership: Membership, by: Persona | None) -> None:
    if not seating.end(membership, State.REMOVED):
        raise Refused(_("They are not a member any more."))
    announce(Removed(membership.pk, by.pk if by else 0))


@transaction.atomic
def ban(
    membership: Membership, *, by: Persona, sentence: str = "", until: datetime | None = None
) -> Ban:
    """The person is out and cannot come back under any persona until the ban ends."""
    require(rules.may_remove(by, membership))
    return _ban(membership, by, sentence, until)


@transaction.atomic
def ban_for_the_operator(
    membership: Membership, *, by: Viewer, sentence: str = "", until: datetime | None = None
) -> Ban:
    """The same by the operator, who has no seat here."""
    require(rules.is_operator(by))
    return _ban(membership, None, sentence, until)


def _ban(membership: Membership, by: Persona | None, sentence: str, until: datetime | None) -> Ban:
    if not seating.end(membership, State.BANNED):
        # Whoever left to escape is banned all the same.
        Membership.objects.filter(pk=membership.pk).update(state=State.BANNED)
        seating.ask_again(membership.community_id)
    made = Ban.objects.create(
        community_id=membership.community_id,
        persona_id=membership.persona_id,
        banned_by=by,
        by_operator=by is None,
        nullifier=membership.nullifier,
        sentence=sentence.strip(),
        expires_at=until,
    )
    announce(Banned(made.pk, membership.pk, by.pk if by else 0))
    return made


@transaction.atomic
def lift(ban: Ban, *, by: Persona) -> None:
    """The person may come back."""
    require(rules.may_lift(by, ban))
    _lift(ban, by)


@transaction.atomic
def lift_for_the_operator(ban: Ban, *, by: Viewer) -> None:
    """The same for what the operator said."""
    require(rules.is_operator(by))
    require(rules.may_lift(by, ban))
    _lift(ban, None)


def _lift(ban: Ban, by: Persona | None) -> None:
    if Ban.objects.filter(pk=ban.pk, lifted_at=None).update(lifted_at=timezone.now()):
        announce(BanLifted(ban.pk, by.pk if by else 0))
