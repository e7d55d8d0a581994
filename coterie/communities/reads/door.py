"""The door: who waits, what they said, which links are out."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, OuterRef, Q, Subquery

from coterie.communities.models import Answer, Community, Invitation, JoinRequest
from coterie.communities.reads.people import own_past
from coterie.core.pages import Page, cut
from coterie.personas.models import Persona
from coterie.personas.viewer import Viewer

PAGE = 30
State = JoinRequest.State
LINE = (
    "public_id",
    "state",
    "asked_at",
    "came_before",
    "persona__name",
    "persona__seed",
    "first_answer",
)


def waiting_count(community: Community) -> int:
    """How many wait for an answer."""
    return JoinRequest.objects.pending().filter(community=community).count()


def join_requests(
    community: Community, *, state: str = State.PENDING, search: str = "", after: str = ""
) -> Page[dict[str, Any]]:
    """Those who wait, oldest first; those who were answered, latest first."""
    rows = JoinRequest.objects.filter(community=community, state=state)
    if search.strip():
        word = search.strip()
        rows = rows.filter(
            Q(persona__name__icontains=word)
            | Q(pk__in=Answer.objects.filter(text__icontains=word).values("join_request"))
        )
    said = Answer.objects.filter(join_request=OuterRef("pk")).exclude(text="").order_by("place")
    rows = rows.annotate(first_answer=Subquery(said.values("text")[:1]))
    found = list(_in_order(rows, community, state, after).values(*LINE)[: PAGE + 1])
    cursor = found[PAGE - 1]["public_id"] if len(found) > PAGE else ""
    return cut([_line(row, community) for row in found], PAGE, cursor)


def _in_order(rows: Any, community: Community, state: str, after: str) -> Any:
    step, sign = ("gt", "") if state == State.PENDING else ("lt", "-")
    last = JoinRequest.objects.filter(community=community, public_id=after)
    for asked_at, pk in last.values_list("asked_at", "pk") if after else ():
        later = {f"asked_at__{step}": asked_at}
        rows = rows.filter(Q(**later) | Q(**{"asked_at": asked_at, f"pk__{step}": pk}))
    return rows.order_by(f"{sign}asked_at", f"{sign}pk")


def _line(row: dict[str, Any], community: Community) -> dict[str, Any]:
    return {
        "public_id": row["public_id"],
        "name": row["persona__name"],
        "seed": row["persona__seed"],
        "asked_at": row["asked_at"],
        "words": row["first_answer"] or "",
        "before": _before(row["came_before"]),
        "state": State(row["state"]).label,
        "path": f"{community.path}join-requests/{row['public_id']}/",
    }


def _before(came_before: str) -> Any:
    new = JoinRequest.CameBefore.NEW
    return "" if came_before == new else JoinRequest.CameBefore(came_before).label


def answered_counts(community: Community) -> dict[str, int]:
    """How many requests stand in each state."""
    rows = JoinRequest.objects.filter(community=community).values_list("state")
    return dict(rows.annotate(count=Count("pk")).order_by())


def join_request(asked: JoinRequest) -> dict[str, Any]:
    """One request with everything that hosts may know."""
    persona, invitation = asked.persona, asked.invitation
    return {
        "public_id": asked.public_id,
        "name": persona.name,
        "seed": persona.seed,
        "bio": persona.bio,
        "asked_at": asked.asked_at,
        "before": _before(asked.came_before),
        "state": asked.state,
        "state_label": asked.get_state_display(),
        "sentence": asked.sentence,
        "agreed": asked.agreed_version > 0,
        "invitation": str(invitation) if invitation else "",
        "answers": list(asked.answers.values("question", "text")),
        "remarks": remarks(asked),
        "asked_back": asked.asked_back,
    }


def remarks(asked: JoinRequest) -> list[dict[str, Any]]:
    """What the hosts asked back and what was answered, in its order."""
    return [dict(row) for row in asked.remarks.values("from_hosts", "text", "said_at")]


def choices_of(viewer: Viewer) -> list[dict[str, Any]]:
    """The viewer's personas for "Who are you here?": the unknown first, the known with where."""
    known = own_past(viewer)
    cards = [{"persona": each, "known_in": known.get(each.pk, [])} for each in viewer.personas]
    return sorted(cards, key=lambda card: bool(card["known_in"]))


def invitations(community: Community) -> list[dict[str, Any]]:
    """All links that still open something, then those that no longer do."""
    usable = set(
        Invitation.objects.usable().filter(community=community).values_list("pk", flat=True)
    )
    rows = Invitation.objects.filter(community=community).select_related("made_by")
    cards = [_invitation(each, each.pk in usable) for each in rows.order_by("-pk")[:200]]
    return sorted(cards, key=lambda card: not card["usable"])


def _invitation(row: Invitation, usable: bool) -> dict[str, Any]:
    return {
        "public_id": row.public_id,
        "name": str(row),
        "policy": row.get_policy_display(),
        "uses": row.uses,
        "use_limit": row.use_limit,
        "expires_at": row.expires_at,
        "made_at": row.made_at,
        "mailed": row.mailed,
        "maker": _maker(row.made_by),
        "usable": usable,
        "path": row.path if usable else "",
    }


def _maker(persona: Persona | None) -> str:
    return persona.name if persona else ""
