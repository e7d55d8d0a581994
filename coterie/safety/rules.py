"""Who may report, judge and read what. `may_judge` is a pair of `Case.objects.visible_to`."""

from __future__ import annotations

from django.utils.translation import gettext as _

from coterie.communities import rules as communities
from coterie.communities.models import Community, Membership
from coterie.core.verdict import YES, Verdict
from coterie.personas.models import Persona
from coterie.personas.viewer import Viewer, ids_of
from coterie.safety.models import Case, Decision, Desk, Outcome
from coterie.talk import rules as talk
from coterie.talk.models import Post, Voice

type Who = Viewer | Persona | None
type Thing = Post | Membership | Community

NOTHING = communities.NOTHING


def community_of(thing: Thing) -> Community:
    """Where the thing is."""
    if isinstance(thing, Post):
        return thing.conversation.community
    return thing.community if isinstance(thing, Membership) else thing


def author_of(thing: Thing) -> Persona | None:
    """Whose thing it is; nobody's when it is a community."""
    return None if isinstance(thing, Community) else thing.persona


def may_report(who: Who, thing: Thing) -> Verdict:
    """Members report what they can see and what is not their own."""
    author = author_of(thing)
    if author is not None and author.pk in ids_of(who):
        return Verdict(_("This is your own."))
    seen = _may_see(who, thing)
    if seen and communities.seat(who, community_of(thing)) is None:
        return Verdict(_("Only members can report here."))
    return seen


def _may_see(who: Who, thing: Thing) -> Verdict:
    if isinstance(thing, Post):
        return talk.may_read(who, thing) if thing.lives else NOTHING
    if isinstance(thing, Membership):
        # Whoever blocked somebody has reason to report them, and meets them nowhere else.
        return YES if communities.has_blocked(who, thing) else communities.may_meet(who, thing)
    return communities.may_see(who, thing)


def may_keep_order(who: Who, community: Community) -> Verdict:
    """Answer reports and look at what waits."""
    return communities.has_duty(who, community, Membership.Duty.TALK)


def may_judge(who: Who, case: Case) -> Verdict:
    """Read a case and decide about it: never one's own."""
    if isinstance(who, Viewer) and may_operate(who, case):
        return YES
    if case.desk != Desk.HOSTS or concerns(case, who):
        return NOTHING
    return may_keep_order(who, case.community)


def may_operate(who: Viewer, case: Case) -> Verdict:
    """Decide as the operator: what was sent to the operator, and what hosts asked for."""
    asked = case.desk == Desk.OPERATOR or case.asked_operator_at is not None
    return YES if who.is_operator and asked else NOTHING


def concerns(case: Case, who: Who) -> bool:
    """Whether this is about something of `who`."""
    of = {case.post and case.post.persona_id, case.membership and case.membership.persona_id}
    return bool(of & set(ids_of(who)))


def is_nameless(case: Case) -> bool:
    """Whether the author spoke as "a member": nothing may tell hosts who it was."""
    return case.post is not None and case.post.voice == Voice.MEMBER


def may_sanction_openly(case: Case) -> Verdict:
    """Remove or ban the author: hosts cannot for the anonymous voice, since it would show."""
    if is_nameless(case):
        return Verdict(_("They spoke anonymously. Ask the operator to remove or ban them."))
    return YES if membership_of(case) else NOTHING


def membership_of(case: Case) -> Membership | None:
    """The seat of whoever the case is about."""
    if case.membership:
        return case.membership
    if case.post is None or case.post.persona_id is None:
        return None
    seats = Membership.objects.filter(community=case.community, persona=case.post.persona_id)
    return seats.select_related("community", "persona").first()


def may_read_statement(who: Who, decision: Decision) -> Verdict:
    """Whoever was decided about reads why, also after they are gone."""
    author = decision.post and decision.post.persona_id
    mine = {decision.subject_id, author} & set(ids_of(who))
    return YES if mine else NOTHING


def outcomes(who: Who, case: Case) -> list[Outcome]:
    """What this host or the operator may decide about the case."""
    post, seat = case.post, membership_of(case)
    found = [Outcome.DISMISSED]
    found += [Outcome.WARNED] if seat else []
    found += [Outcome.POST_REMOVED] if post and post.lives else []
    if isinstance(who, Viewer) and may_operate(who, case):
        open_to_sanctions = seat is not None
    else:
        found += [Outcome.LOCKED] if post and not post.conversation.locked_at else []
        open_to_sanctions = bool(
            may_sanction_openly(case) and seat and communities.may_remove(who, seat)
        )
    return [*found, Outcome.MEMBER_REMOVED, Outcome.MEMBER_BANNED] if open_to_sanctions else found
