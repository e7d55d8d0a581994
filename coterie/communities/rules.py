"""Who may do what in a community. `may_find` and `may_see` are pairs of queries in models."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import (
    Case,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    StringAgg,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext as _

from coterie.communities.models import (
    Ban,
    Block,
    Community,
    FoundBy,
    Invitation,
    JoinedBy,
    JoinRequest,
    Membership,
    MicroBy,
    Mute,
    PostedBy,
    SeenBy,
)
from coterie.communities.models.belonging import Duty, Role
from coterie.communities.models.community import DEEPEST
from coterie.core.prepared import prepared
from coterie.core.verdict import YES, Verdict
from coterie.personas import sealed
from coterie.personas.models import Persona
from coterie.personas.viewer import Viewer, ids_of

NOTHING = Verdict("There is nothing here.")
WAIT_FOR_ELDERS = timedelta(days=7)
ELDERS = 10
"""How many of the longest-standing members are asked first when no host is left."""


def seat(who: Viewer | Persona | None, community: Community) -> Membership | None:
    """The living membership of this person here, looked up once per viewer."""
    return seats(who).get(community.pk)


def seats(who: Viewer | Persona | None) -> dict[int, Membership]:
    """All living memberships of this person by community id."""
    memo = who.memo if isinstance(who, Viewer) else {}
    if "seats" not in memo:
        memo["seats"] = {row.community_id: row for row in _living_seats(who)}
    found: dict[int, Membership] = memo["seats"]
    return found


def _living_seats(who: Viewer | Persona | None) -> list[Membership]:
    personas = who.personas if isinstance(who, Viewer) else (who,) if who else ()
    by_id = {persona.pk: persona for persona in personas}
    rows = _seats_of(tuple(sorted(ids_of(who))))
    for row in rows:
        row.persona = by_id[row.persona_id]
    return rows


OF_THE_PLACE = ("name", "hue", "slug", "public_id", "found_by", "seen_by", "parent_id")
"""What a list of one's communities shows of each, and what hangs above it: comes with the seats."""


@prepared
def _seats_of(ids: tuple[int, ...]) -> QuerySet[Membership]:
    seats = Membership.objects.living().filter(persona_id__in=ids)
    place = {f"place_{name}": F(f"community__{name}") for name in OF_THE_PLACE}
    return seats.annotate(**place, apart_from=_apart_from())


def _apart_from() -> Case:
    """The personas, joined by commas, whom whoever has the seat blocked or muted, or who block
    them; mostly nobody, and then hardly looked for."""
    me = OuterRef("nullifier")
    by_me = Block.objects.filter(blocker__nullifier=me)
    of_me = Block.objects.filter(blocked__nullifier=me)
    muted = Mute.objects.filter(muter__nullifier=me)
    anybody = Exists(by_me) | Exists(of_me) | Exists(muted)
    return Case(When(anybody, then=Subquery(_kept_apart())))


def _kept_apart() -> QuerySet[Membership, Any]:
    me = OuterRef(OuterRef("nullifier"))
    blocked = Block.objects.filter(blocker__nullifier=me).values("blocked__nullifier")
    blockers = Block.objects.filter(blocked__nullifier=me).values("blocker__nullifier")
    muted = Mute.objects.filter(muter__nullifier=me).values("muted__nullifier")
    people = Q(nullifier__in=blocked) | Q(nullifier__in=blockers) | Q(nullifier__in=muted)
    # A nullifier stands in one community only, so all of them are of one.
    here = Membership.objects.filter(people).order_by().values("community_id")
    joined = StringAgg(Cast("persona_id", TextField()), Value(","))
    return here.annotate(joined=joined).values("joined")


def forget(who: Viewer | Persona | None) -> None:
    """The viewer's seats are looked up afresh: an action has just changed them."""
    if isinstance(who, Viewer):
        who.memo.pop("seats", None)
        who.memo.pop("shut out", None)
        who.memo.pop("hidden", None)


def is_member(who: Viewer | Persona | None, community_id: int | None) -> bool:
    return community_id is not None and community_id in seats(who)


def may_see(who: Viewer | Persona | None, community: Community) -> Verdict:
    """Read what is inside (each conversation may ask for more)."""
    if community.seen_by == SeenBy.EVERYONE or is_member(who, community.pk):
        return YES
    if community.seen_by == SeenBy.PARENT and sees_from_above(who, community):
        return YES
    return NOTHING


def sees_from_above(who: Viewer | Persona | None, community: Community) -> bool:
    """Whether this is a member of the parent who is not banned below it."""
    if not is_member(who, community.parent_id):
        return False
    return community.pk not in Ban.objects.shutting_out(who)


def may_find(who: Viewer | Persona | None, community: Community) -> Verdict:
    """Learn that it exists, with its name, purpose, rules and size band."""
    if community.found_by == FoundBy.EVERYONE or may_see(who, community):
        return YES
    # Also for the banned: a place that is gone all at once would be a riddle.
    known_above = community.found_by == FoundBy.PARENT or community.seen_by == SeenBy.PARENT
    if known_above and is_member(who, community.parent_id):
        return YES
    return NOTHING


def has_duty(who: Viewer | Persona | None, community: Community, duty: str) -> Verdict:
    """Whether this person carries a responsibility here."""
    place = seat(who, community)
    if place is None:
        return NOTHING
    return YES if place.may(duty) else Verdict(_("Only the hosts can do this."))


def is_host(who: Viewer | Persona | None, community: Community) -> Verdict:
    """Whether this person is one of the hosts."""
    place = seat(who, community)
    if place is None:
        return NOTHING
    return YES if place.is_host else Verdict(_("Only the hosts can do this."))


def is_operator(who: Viewer) -> Verdict:
    """Whether this is the operator of the server, without any seat."""
    return YES if who.is_operator else NOTHING


def may_found(who: Viewer | Persona | None, parent: Community | None = None) -> Verdict:
    """Start a community, under `parent` when one is given."""
    if who is None or (isinstance(who, Viewer) and not who.signed_in):
        return Verdict(_("Sign in first."))
    if parent is None:
        return YES
    place = seat(who, parent)
    if place is None:
        return NOTHING
    if parent.closed_at:
        return Verdict(_("This community is closed."))
    if parent.depth >= DEEPEST:
        return Verdict(_("Micro communities cannot be nested any deeper."))
    if parent.micro_by == MicroBy.HOSTS and not place.may(Duty.SHAPE):
        return Verdict(_("Here only the hosts start micro communities."))
    return YES


def may_shape(who: Viewer | Persona | None, community: Community) -> Verdict:
    """Change name, look, settings, rules and questions."""
    return _open_duty(who, community, Duty.SHAPE)


def may_admit(who: Viewer | Persona | None, community: Community) -> Verdict:
    """Read and answer join requests."""
    verdict = _open_duty(who, community, Duty.DOOR)
    if verdict and community.orphaned_at:
        return Verdict(_("Nobody can join until this community has a host again."))
    return verdict


def may_invite(who: Viewer | Persona | None, community: Community) -> Verdict:
    """Make and revoke invitations."""
    return _open_duty(who, community, Duty.DOOR)


def _open_duty(who: Viewer | Persona | None, community: Community, duty: str) -> Verdict:
    verdict = has_duty(who, community, duty)
    if verdict and community.closed_at:
        return Verdict(_("This community is closed."))
    return verdict


def goes_straight_in(
    who: Viewer, community: Community, invitation: Invitation | None = None
) -> bool:
    """Whether nobody has to decide about this person any more."""
    if invitation and invitation.policy == Invitation.Policy.TRUSTED:
        return True
    if community.joined_by == JoinedBy.PARENT:
        return is_member(who, community.parent_id)
    return community.joined_by == JoinedBy.OPEN


def may_ask(who: Viewer, community: Community, invitation: Invitation | None = None) -> Verdict:
    """Ask to join, or walk in where nobody has to be asked."""
    if not who.signed_in or not (invitation or may_find(who, community)):
        return NOTHING
    if community.closed_at or community.orphaned_at:
        return Verdict(_("Nobody can join here at the moment."))
    if is_member(who, community.pk):
        return Verdict(_("You are a member already."))
    if is_banned(who, community):
        # The same words as for any closed door: they tell nothing about why.
        return Verdict(_("You cannot join here at the moment."))
    return _door_opens(who, community, invitation)


def _door_opens(who: Viewer, community: Community, invitation: Invitation | None) -> Verdict:
    if community.join_requires_id and not is_member(who, community.join_requires_id):
        return _needs(who, community.join_requires)
    if goes_straight_in(who, community, invitation):
        return YES
    if JoinRequest.objects.pending().filter(community=community, persona__in=who.ids).exists():
        return Verdict(_("You have asked already. The hosts will answer."))
    if invitation:
        return YES
    if community.joined_by == JoinedBy.INVITATION:
        return Verdict(_("People come in here by invitation only."))
    if community.joined_by == JoinedBy.PARENT:
        return _needs(who, community.parent)
    return YES


def _needs(who: Viewer, other: Community | None) -> Verdict:
    if other is not None and may_find(who, other):
        return Verdict(_("Only members of %(name)s can join.") % {"name": other.name})
    return Verdict(_("Only members of another community can join."))


def is_banned(who: Viewer | Persona, community: Community) -> bool:
    """Whether a ban is in force for whoever this is, under any persona."""
    if isinstance(who, Viewer):
        if who.owner is None:
            return False
        nullifier = sealed.nullifier(who.owner, community.scope)
    else:
        nullifier = sealed.nullifier_of(who, community.scope)
    bans = _bans(community.pk, nullifier)
    return any(end is None or end > timezone.now() for end in bans)


@prepared
def _bans(community: int, nullifier: str) -> QuerySet[Ban, datetime | None]:
    standing = Ban.objects.filter(community=community, nullifier=nullifier, lifted_at=None)
    return standing.values_list("expires_at", flat=True)


def has_agreed(who: Viewer | Persona | None, community: Community) -> bool:
    """Whether this member has accepted the rules as they stand now."""
    place = seat(who, community)
    return place is not None and place.agreed_version >= community.rules_version


def may_post(who: Viewer | Persona | None, community: Community) -> Verdict:
    """Start a conversation or say something in one."""
    place = seat(who, community)
    if place is None:
        return NOTHING if not may_see(who, community) else Verdict(_("Join to take part."))
    if community.closed_at:
        return Verdict(_("This community is closed. What was said stays readable."))
    if place.agreed_version < community.rules_version:
        return Verdict(_("The rules have changed. Please read and accept them first."))
    if community.posted_by == PostedBy.HOSTS and not place.may(Duty.TALK):
        return Verdict(_("Here only the hosts post."))
    return YES


def may_browse(who: Viewer | Persona | None, community: Community) -> Verdict:
    """Look through the members. Where members do not meet, the hosts alone can."""
    place = seat(who, community)
    if place is None:
        return NOTHING
    if community.members_meet or place.may(Duty.PEOPLE):
        return YES
    return Verdict(_("Members here meet the hosts only."))


def may_meet(who: Viewer | Persona | None, membership: Membership) -> Verdict:
    """Open this member's page: not across a block, except for those who look after people."""
    place = seat(who, membership.community)
    if place is None or membership.state != membership.State.LIVING:
        return NOTHING
    if membership.pk == place.pk or place.may(Duty.PEOPLE):
        return YES
    if Block.objects.between(place, membership).exists():
        return NOTHING
    listed = membership.community.members_meet and not membership.hidden
    return YES if membership.is_host or listed else NOTHING


def may_remove(who: Viewer | Persona | None, membership: Membership) -> Verdict:
    """Remove or ban this member: hosts anybody but themselves, moderators plain members."""
    verdict = has_duty(who, membership.community, Duty.PEOPLE)
    place = seat(who, membership.community)
    if not verdict or place is None:
        return verdict
    if membership.pk == place.pk:
        return Verdict(_("To go yourself, leave."))
    if membership.role != Role.MEMBER and not place.is_host:
        return Verdict(_("Only a host can remove a host or a moderator."))
    return YES


def may_lift(who: Viewer | Persona | None, ban: Ban) -> Verdict:
    """End a ban: who looks after people here; what the operator said, the operator alone."""
    if isinstance(who, Viewer) and who.is_operator and ban.by_operator:
        return YES
    verdict = has_duty(who, ban.community, Duty.PEOPLE)
    if verdict and ban.by_operator:
        return Verdict(_("The operator of this server banned them; only the operator lifts it."))
    return verdict


def may_appoint(who: Viewer | Persona | None, membership: Membership) -> Verdict:
    """Give this member a role: hosts only. A moderator may lay down their own."""
    place = seat(who, membership.community)
    if place is not None and place.pk == membership.pk:
        return YES
    return is_host(who, membership.community)


def may_step_up(who: Viewer | Persona | None, community: Community) -> Verdict:
    """Become the host where none is left: moderators first, then elders, then anybody."""
    place = seat(who, community)
    if place is None:
        return NOTHING
    if community.orphaned_at is None:
        return Verdict(_("This community has a host."))
    if timezone.now() >= community.orphaned_at + WAIT_FOR_ELDERS:
        return YES
    living = Membership.objects.living().filter(community=community)
    first = living.filter(role=Role.MODERATOR)
    if not first.exists():
        first = living.order_by("joined_at", "pk")[:ELDERS]
    if place.pk in first.values_list("pk", flat=True):
        return YES
    return Verdict(_("For a week, those who have been here longest are asked first."))


def has_blocked(who: Viewer | Persona | None, membership: Membership) -> bool:
    """Whether this person chose to block that very seat; never what else the block covers."""
    place = seat(who, membership.community)
    mine = Block.objects.filter(blocked=membership, blocker__community=membership.community_id)
    return place is not None and mine.filter(blocker__nullifier=place.nullifier).exists()


def may_keep_away(who: Viewer | Persona | None, membership: Membership) -> Verdict:
    """Block or mute this member."""
    place = seat(who, membership.community)
    if place is None:
        return NOTHING
    if place.nullifier == membership.nullifier:
        return Verdict(_("That is you."))
    return YES
