"""Who may do what in a community. `may_find` and `may_see` are pairs of queries in models."""

from __future__ import annotations

from coterie.communities.models import Community, FoundBy, Membership, SeenBy
from coterie.core.verdict import YES, Verdict
from coterie.personas.models import Persona
from coterie.personas.viewer import Viewer

NOTHING = Verdict("There is nothing here.")


def seat(who: Viewer | Persona | None, community: Community) -> Membership | None:
    """The living membership of this person here, looked up once per viewer."""
    return seats(who).get(community.pk)


def seats(who: Viewer | Persona | None) -> dict[int, Membership]:
    """All living memberships of this person by community id."""
    memo = who.memo if isinstance(who, Viewer) else {}
    if "seats" not in memo:
        rows = Membership.objects.living().of(who).select_related("persona")
        memo["seats"] = {row.community_id: row for row in rows}
    found: dict[int, Membership] = memo["seats"]
    return found


def is_member(who: Viewer | Persona | None, community_id: int | None) -> bool:
    return community_id is not None and community_id in seats(who)


def may_see(who: Viewer | Persona | None, community: Community) -> Verdict:
    """Read what is inside (each conversation may ask for more)."""
    if community.seen_by == SeenBy.EVERYONE or is_member(who, community.pk):
        return YES
    if community.seen_by == SeenBy.PARENT and is_member(who, community.parent_id):
        return YES
    return NOTHING


def may_find(who: Viewer | Persona | None, community: Community) -> Verdict:
    """Learn that it exists, with its name, purpose, rules and size band."""
    if community.found_by == FoundBy.EVERYONE or may_see(who, community):
        return YES
    if community.found_by == FoundBy.PARENT and is_member(who, community.parent_id):
        return YES
    return NOTHING


def has_duty(who: Viewer | Persona | None, community: Community, duty: str) -> Verdict:
    """Whether this person carries a responsibility here."""
    place = seat(who, community)
    if place is None:
        return NOTHING
    return YES if place.may(duty) else Verdict("Only the hosts can do this.")
