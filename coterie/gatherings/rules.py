"""Who may call people together, arrange it, come, and know who comes."""

from __future__ import annotations

from django.utils.translation import gettext as _

from coterie.communities import rules as communities
from coterie.communities.models import Community, GatheredBy, Membership
from coterie.core.verdict import YES, Verdict
from coterie.gatherings.models import COMING, Attendance, Convener, Gathering, Occurrence, Reply
from coterie.personas.viewer import ids_of
from coterie.talk import rules as talk
from coterie.talk.models import Kind, Voice
from coterie.talk.rules import Who

NOTHING = communities.NOTHING


def may_see(who: Who, gathering: Gathering) -> Verdict:
    """Read when and where it is: whoever reads the conversation."""
    return talk.may_see(who, gathering.conversation)


def may_see_date(who: Who, occurrence: Occurrence) -> Verdict:
    """Read one of its dates."""
    return may_see(who, occurrence.gathering)


def may_convene(who: Who, community: Community) -> Verdict:
    """Call a gathering here."""
    verdict = talk.may_start(who, community, Kind.GATHERING)
    if not verdict or talk.keeps_order(who, community):
        return verdict
    # Where members do not meet, they cannot be called together by one of them either.
    if community.gathered_by == GatheredBy.HOSTS or not community.members_meet:
        return Verdict(_("Here the hosts call gatherings."))
    return YES


def convenes(who: Who, gathering: Gathering) -> bool:
    """Whether this person calls it together, while they are a member."""
    if communities.seat(who, gathering.conversation.community) is None:
        return False
    return Convener.objects.filter(gathering=gathering, persona__in=ids_of(who)).exists()


def may_arrange(who: Who, gathering: Gathering) -> Verdict:
    """Change when and where it is, or call it off."""
    community = gathering.conversation.community
    if not may_see(who, gathering) or communities.seat(who, community) is None:
        return NOTHING
    if not talk.keeps_order(who, community) and not convenes(who, gathering):
        return Verdict(_("Only those who call it together can do this."))
    if gathering.cancelled_at:
        return Verdict(_("It is called off."))
    return _open_house(who, community)


def may_rearrange(who: Who, occurrence: Occurrence) -> Verdict:
    """Change one of its dates, or call that one off."""
    verdict = may_arrange(who, occurrence.gathering)
    if verdict and occurrence.cancelled_at:
        return Verdict(_("It is called off."))
    if verdict and occurrence.is_over:
        return Verdict(_("It is over."))
    return verdict


def may_name(who: Who, gathering: Gathering, membership: Membership) -> Verdict:
    """Let this member arrange it too: one whom they meet here, and who reads it."""
    verdict = may_arrange(who, gathering)
    if not verdict:
        return verdict
    if membership.community_id != gathering.conversation.community_id:
        return NOTHING
    if not communities.may_meet(who, membership) or not may_see(membership.persona, gathering):
        return NOTHING
    return YES


def _open_house(who: Who, community: Community) -> Verdict:
    if community.closed_at:
        return Verdict(_("This community is closed. What was said stays readable."))
    if not community.gatherings:
        return Verdict(_("Gatherings are switched off here. What was said stays readable."))
    if not communities.has_agreed(who, community):
        return Verdict(_("The rules have changed. Please read and accept them first."))
    return YES


def may_answer(who: Who, occurrence: Occurrence) -> Verdict:
    """Say whether one comes."""
    community = occurrence.gathering.conversation.community
    if not may_see_date(who, occurrence):
        return NOTHING
    if communities.seat(who, community) is None:
        return Verdict(_("Join to take part."))
    if occurrence.is_cancelled:
        return Verdict(_("It is called off."))
    if occurrence.is_over:
        return Verdict(_("It is over."))
    return _open_house(who, community)


def may_read_link(who: Who, occurrence: Occurrence, answer: str, *, arranges: bool) -> Verdict:
    """Read where to meet online: members, and where it is so wished only those who go."""
    if communities.seat(who, occurrence.gathering.conversation.community) is None:
        return NOTHING
    if not occurrence.gathering.link_for_goers or arranges or answer == Reply.GOING:
        return YES
    return Verdict(_("Who goes reads the link here."))


def may_know_goers(who: Who, community: Community) -> Verdict:
    """Read the names of those who come, each as far as one meets them."""
    if communities.seat(who, community) is None:
        return NOTHING
    if community.members_meet or talk.keeps_order(who, community):
        return YES
    return Verdict(_("Members here meet the hosts only."))


def may_know_goer(who: Who, attendance: Attendance) -> Verdict:
    """Know that this very persona comes."""
    gathering = attendance.occurrence.gathering
    community = gathering.conversation.community
    if communities.seat(who, community) is None or not may_see(who, gathering):
        return NOTHING
    if attendance.persona_id in ids_of(who) or talk.keeps_order(who, community):
        return YES
    if attendance.answer not in COMING or not community.members_meet:
        return NOTHING
    seats = Membership.objects.living().filter(community=community)
    seat = seats.filter(persona=attendance.persona_id).select_related("community").first()
    return communities.may_meet(who, seat) if seat else NOTHING


def may_speak_as(who: Who, community: Community, voice: str) -> Verdict:
    """Call it as oneself or as the hosts: nobody follows an invitation of nobody."""
    return NOTHING if voice == Voice.MEMBER else talk.may_speak_as(who, community, voice)


def may_subscribe(who: Who, community: Community) -> Verdict:
    """Have a calendar address of one's own here."""
    return YES if communities.seat(who, community) else NOTHING
