"""What of communities is one persona's: its seats, requests, answers. The rest is everybody's."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Q

from coterie.communities import seating
from coterie.communities.models import (
    Answer,
    Ban,
    Block,
    Circle,
    CircleMember,
    Community,
    Interest,
    Invitation,
    JoinRequest,
    Membership,
    Mute,
    Question,
    RelatedCommunity,
    Remark,
    Rule,
)
from coterie.core.keeping import keep


def _listed(rows: Iterable[Any]) -> list[dict[str, Any]]:
    return [dict(row) for row in rows]


def memberships(persona_id: int) -> list[dict[str, Any]]:
    """Where this persona is or was a member, and in what role."""
    rows = Membership.objects.filter(persona_id=persona_id)
    return _listed(
        rows.values("community__name", "state", "role", "joined_at", "ended_at", "hidden", "level")
    )


@transaction.atomic
def end_memberships(persona_id: int) -> int:
    """The persona sits nowhere; what hung on its seats is gone with them."""
    rows = Membership.objects.filter(persona_id=persona_id)
    Community.objects.hold_tree()
    for place in rows.living().order_by("community"):
        seating.end(place, Membership.State.LEFT)
    count, _each = rows.delete()
    return count


def join_requests(persona_id: int) -> list[dict[str, Any]]:
    """Where this persona asked to come in, and what it was told."""
    rows = JoinRequest.objects.filter(persona_id=persona_id)
    return _listed(rows.values("known_as", "state", "asked_at", "answered_at", "sentence"))


def answers(persona_id: int) -> list[dict[str, Any]]:
    """What this persona said at doors."""
    rows = Answer.objects.filter(join_request__persona_id=persona_id)
    return _listed(rows.values("join_request__known_as", "question", "text"))


def remarks(persona_id: int) -> list[dict[str, Any]]:
    """What this persona and the hosts wrote to each other at doors."""
    rows = Remark.objects.filter(join_request__persona_id=persona_id)
    return _listed(rows.values("join_request__known_as", "from_hosts", "text", "said_at"))


def erase_remarks(persona_id: int) -> int:
    """What was written between it and hosts at doors is gone."""
    return Remark.objects.filter(join_request__persona_id=persona_id).delete()[0]


def erase_join_requests(persona_id: int) -> int:
    """Its requests are gone, and their answers with them."""
    return JoinRequest.objects.filter(persona_id=persona_id).delete()[0]


def erase_answers(persona_id: int) -> int:
    """What it said at doors is gone."""
    return Answer.objects.filter(join_request__persona_id=persona_id).delete()[0]


def invitations(persona_id: int) -> list[dict[str, Any]]:
    """Links that this persona made; never their tokens."""
    rows = Invitation.objects.filter(made_by_id=persona_id)
    return _listed(rows.values("community__name", "name", "policy", "made_at", "uses"))


def unsign_invitations(persona_id: int) -> int:
    """Its links are nobody's in particular: they are the community's."""
    return Invitation.objects.filter(made_by_id=persona_id).update(made_by=None)


def bans(persona_id: int) -> list[dict[str, Any]]:
    """Bans of this persona."""
    rows = Ban.objects.filter(persona_id=persona_id)
    return _listed(
        rows.values("community__name", "sentence", "banned_at", "expires_at", "lifted_at")
    )


def unname_bans(persona_id: int) -> int:
    """A ban outlives the persona by its nullifier, without name, and unsigned by who left."""
    named = Ban.objects.filter(persona_id=persona_id).update(persona=None)
    return named + Ban.objects.filter(banned_by_id=persona_id).update(banned_by=None)


def blocks(persona_id: int) -> list[dict[str, Any]]:
    """Whom this persona blocks; never who blocks it."""
    rows = Block.objects.filter(blocker__persona_id=persona_id)
    return _listed(rows.values("blocker__community__name", "blocked__persona__name", "made_at"))


def erase_blocks(persona_id: int) -> int:
    """Blocks by and of it are gone."""
    either = Q(blocker__persona_id=persona_id) | Q(blocked__persona_id=persona_id)
    return Block.objects.filter(either).delete()[0]


def mutes(persona_id: int) -> list[dict[str, Any]]:
    """Whom this persona mutes; never who mutes it."""
    rows = Mute.objects.filter(muter__persona_id=persona_id)
    return _listed(rows.values("muter__community__name", "muted__persona__name", "made_at"))


def erase_mutes(persona_id: int) -> int:
    """Mutes by and of it are gone."""
    either = Q(muter__persona_id=persona_id) | Q(muted__persona_id=persona_id)
    return Mute.objects.filter(either).delete()[0]


def circles(persona_id: int) -> list[dict[str, Any]]:
    """Circles in which this persona is."""
    rows = CircleMember.objects.filter(membership__persona_id=persona_id)
    return _listed(rows.values("circle__name", "circle__community__name"))


def leave_circles(persona_id: int) -> int:
    """It is in no circle."""
    return CircleMember.objects.filter(membership__persona_id=persona_id).delete()[0]


keep(JoinRequest, why="hosts answer it", export=join_requests, erase=erase_join_requests)
keep(Answer, why="hosts read it at the door", export=answers, erase=erase_answers)
keep(Invitation, why="a link of the community", export=invitations, erase=unsign_invitations)
keep(Ban, why="it must survive a new persona", export=bans, erase=unname_bans)
keep(Block, why="it keeps two people apart", export=blocks, erase=erase_blocks)
keep(Mute, why="it keeps somebody's words away", export=mutes, erase=erase_mutes)
keep(Remark, why="so that hosts decide on what was said", export=remarks, erase=erase_remarks)
keep(CircleMember, why="the audience of conversations", export=circles, erase=leave_circles)
keep(Membership, why="who belongs, in what role", export=memberships, erase=end_memberships)
keep(Community, why="everybody's place, not one persona's", export=None, erase=None)
keep(Circle, why="a list of seats, not one persona's", export=None, erase=None)
keep(Question, why="the community's own words", export=None, erase=None)
keep(Rule, why="the community's own words", export=None, erase=None)
keep(RelatedCommunity, why="the community's own hint", export=None, erase=None)
keep(Interest, why="a word shared by all", export=None, erase=None)
