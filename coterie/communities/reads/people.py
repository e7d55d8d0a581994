"""Members: who is here, who is kept apart, who may not come back."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from coterie.communities import rules
from coterie.communities.models import Ban, Block, Community, JoinRequest, Membership, Mute
from coterie.communities.models.belonging import Duty, Role
from coterie.communities.reads.places import still_known
from coterie.core.pages import Page, cut
from coterie.core.prepared import prepared
from coterie.personas.models import Persona
from coterie.personas.viewer import Viewer

PAGE = 50
FACES = 12
CARD = ("public_id", "role", "duties", "hidden", "joined_at", "persona__name", "persona__seed")


def hidden_personas(who: Viewer | Persona | None, community: Community) -> set[int]:
    """Personas whose words this member does not meet here: blocked either way, or muted."""
    return {persona for place, persona in hidden_pairs(who) if place == community.pk}


def hidden_pairs(who: Viewer | Persona | None) -> frozenset[tuple[int, int]]:
    """Community and persona of everybody whom this person does not meet; comes with the seats."""
    memo: dict[str, Any] = getattr(who, "memo", {})
    if "hidden" not in memo:
        seats: Any = rules.seats(who).values()
        apart = ((seat.community_id, seat.apart_from) for seat in seats if seat.apart_from)
        memo["hidden"] = frozenset(
            (place, int(persona)) for place, people in apart for persona in people.split(",")
        )
    found: frozenset[tuple[int, int]] = memo["hidden"]
    return found


def kept_away(place: Membership) -> dict[str, set[int]]:
    """Seats that this member chose to block and mute, never what else these cover."""
    blocks = Block.objects.filter(blocker__community_id=place.community_id)
    mutes = Mute.objects.filter(muter__community_id=place.community_id)
    mine = place.nullifier
    return {
        "blocked": set(blocks.filter(blocker__nullifier=mine).values_list("blocked_id", flat=True)),
        "muted": set(mutes.filter(muter__nullifier=mine).values_list("muted_id", flat=True)),
    }


def is_last_host(place: Membership) -> bool:
    """Whether without this member nobody would run it."""
    living = Membership.objects.living().filter(community_id=place.community_id, role=Role.HOST)
    return place.is_host and not living.exclude(pk=place.pk).exists()


def hosts(who: Viewer | Persona | None, community: Community) -> list[dict[str, Any]]:
    """Those who run it, longest-standing first; with a path to whom this person meets.

    Who runs a place is told to everybody who may find it, whatever was blocked.
    """
    rows = Membership.objects.living().filter(community=community, role=Role.HOST)
    met = rows.filter(pk__in=Membership.objects.visible_to(who).values("pk"))
    paths = set(met.values_list("public_id", flat=True)) if rules.seat(who, community) else ()
    cards = rows.order_by("joined_at", "pk").values(*CARD, "persona__bio")
    return [_card(row, community, linked=row["public_id"] in paths) for row in cards]


def faces(who: Viewer, community: Community) -> list[dict[str, Any]]:
    """A few of those whom this person meets here, in an order that says nothing; for outsiders and
    where members do not meet each other those who run it. One query, however many are here."""
    place = rules.seat(who, community)
    everybody = place is not None and community.members_meet
    apart = tuple(sorted(hidden_personas(who, community)))
    rows = _faces(community.pk, everybody, apart)
    return [_card(row, community, linked=place is not None) for row in rows]


@prepared
def _faces(community_id: int, everybody: bool, apart: tuple[int, ...]) -> Any:
    here = Membership.objects.living().filter(community=community_id)
    met = here.filter(Q(role="host") | Q(hidden=False) if everybody else Q(role="host"))
    if apart:
        met = met.exclude(persona__in=apart)
    # By a random number that has an index: when they came would tell who came together, and by
    # name all would be read for the few that are shown.
    return met.order_by("persona_id").values(*CARD)[:FACES]


def keepers(community: Community) -> list[dict[str, Any]]:
    """Hosts and moderators, with what they may do."""
    rows = Membership.objects.living().filter(community=community).exclude(role=Role.MEMBER)
    words = dict(Duty.choices)
    return [
        _card(row, community) | {"duties": [words[duty] for duty in row["duties"]]}
        for row in rows.order_by("role", "joined_at", "pk").values(*CARD)
    ]


def directory(
    who: Viewer | Persona | None, community: Community, *, search: str = "", after: str = ""
) -> Page[dict[str, Any]]:
    """Those whom this member meets, by name."""
    place = rules.seat(who, community)
    rows = Membership.objects.visible_to(who).filter(community=community)
    if place is None or not place.may(Duty.PEOPLE):
        # Those whom one does not want to read are not looked for either.
        rows = rows.exclude(persona_id__in=hidden_personas(who, community))
    if search.strip():
        rows = rows.filter(persona__name__icontains=search.strip())
    rows = _following(rows, community, after).order_by("persona__name", "pk")
    found = list(rows.values(*CARD)[: PAGE + 1])
    cursor = found[PAGE - 1]["public_id"] if len(found) > PAGE else ""
    return cut([_card(row, community) for row in found], PAGE, cursor)


def _following(rows: Any, community: Community, after: str) -> Any:
    # A public id as the cursor: nothing that counts or tells a time stands in a URL.
    last = Membership.objects.filter(community=community, public_id=after)
    for name, pk in last.values_list("persona__name", "pk") if after else ():
        rows = rows.filter(Q(persona__name__gt=name) | Q(persona__name=name, pk__gt=pk))
    return rows


def _card(row: dict[str, Any], community: Community, *, linked: bool = True) -> dict[str, Any]:
    return {
        "public_id": row["public_id"],
        "name": row["persona__name"],
        "seed": row["persona__seed"],
        "bio": row.get("persona__bio", ""),
        "role": Role(row["role"]).label if row["role"] != Role.MEMBER else "",
        "hidden": row["hidden"],
        "since": row["joined_at"],
        "path": f"{community.path}members/{row['public_id']}/" if linked else "",
    }


def bans(community: Community) -> list[dict[str, Any]]:
    """Bans in force, newest first."""
    rows = Ban.objects.in_force().filter(community=community).order_by("-banned_at", "-pk")
    named = rows.values(
        "public_id", "sentence", "banned_at", "expires_at", "by_operator",
        "persona__name", "persona__seed",
    )  # fmt: skip
    return [dict(row) for row in named[:200]]


def own_past(viewer: Viewer) -> dict[int, list[str]]:
    """Where each of the viewer's personas is known already, for the viewer's eyes only."""
    fields = ("persona_id", "community_id", "community__name")
    sat = list(Membership.objects.of(viewer).order_by("community__name").values_list(*fields))
    requests = JoinRequest.objects.filter(persona__in=viewer.ids).order_by("community__name", "pk")
    asked = list(requests.values_list(*fields, "known_as"))
    then = {(persona, place): known_as for persona, place, _name, known_as in asked}
    today = still_known(viewer, [row[1] for row in (*sat, *asked)])
    known: dict[int, list[str]] = {}
    for persona, place, name in (*sat, *(row[:3] for row in asked)):
        left = then.get((persona, place)) or _("a community that you left")
        called = name if place in today else left
        names = known.setdefault(persona, [])
        names += [] if called in names else [called]
    return known
