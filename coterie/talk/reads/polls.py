"""What is shown of polls: the same for everybody, and beside it what is one reader's own."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from coterie.communities import rules as communities
from coterie.communities.models import Community, Membership
from coterie.core.prepared import prepared
from coterie.personas import sealed
from coterie.personas.viewer import Viewer
from coterie.talk import rules
from coterie.talk.models import (
    Ballot,
    Conversation,
    Poll,
    PollKind,
    Post,
    PostState,
    Shown,
    is_full,
    scope_of,
)
from coterie.talk.reads.bands import band

FIELDS = (
    "pk", "post_id", "kind", "options", "most", "named", "grows", "may_change", "shown",
    "closes_at", "settled", "counted", "tally",
)  # fmt: skip
VOTERS = 100

type Told = dict[str, Any]


def polls(rows: list[dict[str, Any]], *, banded: bool) -> dict[int, Told]:
    """By post, what everybody reads of its poll; a query only where some post has one."""
    asked = tuple(row["pk"] for row in rows if row["polled"] and row["state"] in Post.SAID)
    by_id = {row["pk"]: row for row in rows}
    found = _asked(asked) if asked else ()
    return {row["post_id"]: _poll(row, by_id[row["post_id"]], banded=banded) for row in found}


@prepared
def _asked(posts: tuple[int, ...]) -> Any:
    return Poll.objects.filter(post__in=posts).values(*FIELDS)


def unasked(row: dict[str, Any], *, banded: bool) -> Told:
    """A poll that hangs on nothing yet, as everybody will read it."""
    return _poll(row, {"public_id": "", "state": PostState.PUBLISHED}, banded=banded)


def _poll(row: dict[str, Any], post: dict[str, Any], *, banded: bool) -> Told:
    path = f"/p/{post['public_id']}/"
    over = row["settled"] or (row["closes_at"] and row["closes_at"] <= timezone.now())
    options = [{"place": place, "text": text} for place, text in enumerate(row["options"]) if text]
    told = {
        "pk": row["pk"],
        "path": f"{path}poll/",
        "kind": row["kind"],
        "most": row["most"],
        "named": row["named"],
        "grows": row["grows"] and not is_full(row["options"]),
        "may_change": row["may_change"],
        "shown": row["shown"],
        "closes_at": row["closes_at"],
        "open": not over,
        "out": post["state"] == PostState.PUBLISHED,
        "settled": row["settled"],
        "banded": banded,
        "options": options,
    }
    result = _result(row, options, banded=banded)
    return told | {"result": result if row["settled"] else None, "so_far": result}


def _result(row: dict[str, Any], options: list[Told], *, banded: bool) -> Told | None:
    """Counts by option and, of a ranked poll, its rounds; None while there is nothing to tell."""
    tally, people = row["tally"], row["counted"]
    if not tally or not people:
        return None
    counts = [tally["counts"].get(str(option["place"]), 0) for option in options]
    most = max(counts, default=0)
    ranked = row["kind"] == PollKind.RANKED
    winner = tally.get("winner")
    return {
        "people": band(people) if banded else str(people),
        "options": [
            option
            | {
                "count": band(n) if banded else str(n),
                "share": 0 if banded else round(100 * n / people),
                "first": option["place"] == winner if ranked else 0 < n == most and not banded,
            }
            for option, n in zip(options, counts, strict=True)
        ],
        "winner": "" if winner is None else row["options"][winner],
        "rounds": [] if banded else _rounds(tally.get("rounds") or [], row["options"]),
    }


def _rounds(rounds: list[Any], texts: list[str]) -> list[Told]:
    """How a ranked poll was counted, with the options' words."""
    return [
        {
            "counts": [{"text": texts[place], "count": n} for place, n in each["counts"]],
            "out": "" if each["out"] is None else texts[each["out"]],
            "spent": each["spent"],
        }
        for each in rounds
    ]


def ballots(told: dict[int, Told], viewer: Viewer, conversation: Conversation) -> dict[int, Told]:
    """By post, what this member may do there and has chosen; one query more, for members only."""
    community = conversation.community
    if not told or viewer.owner is None or not communities.is_member(viewer, community.pk):
        return {}
    keys = {
        post: sealed.nullifier(viewer.owner, scope_of(poll["pk"])) for post, poll in told.items()
    }
    chosen = dict(_chosen(tuple(keys.values())))
    takes_part = not conversation.archived_at and bool(rules.may_take_part(viewer, community))
    keeps = bool(rules.keeps_order(viewer, community))
    fixed = rules.is_looked_at(viewer, community)
    return {
        post: ballot(poll, chosen.get(keys[post]), takes_part=takes_part, keeps=keeps)
        | ({"adds": False} if fixed else {})
        for post, poll in told.items()
    }


def ballot(poll: Told, chosen: list[int] | None, *, takes_part: bool, keeps: bool) -> Told:
    """One reader's own side of a poll: what they chose and read, and what is open to them."""
    voted = chosen is not None
    ranks = {place: rank for rank, place in enumerate(chosen or [], 1)}
    readable = poll["settled"] or (voted and poll["shown"] == Shown.VOTED)
    votes = poll["open"] and poll["out"] and takes_part
    return {
        "voted": voted,
        "result": _with_mine(poll["so_far"], ranks) if readable else None,
        "votes": votes and (not voted or poll["may_change"]),
        "adds": votes and poll["grows"],
        "keeps": keeps,
        "options": with_ranks(poll, ranks),
    }


def _with_mine(result: Told | None, ranks: dict[int, int]) -> Told | None:
    if result is None:
        return None
    options = [option | {"mine": option["place"] in ranks} for option in result["options"]]
    return result | {"options": options}


def with_ranks(poll: Told, ranks: dict[int, int]) -> list[Told]:
    """The options as a form offers them, with the rank of each that was chosen."""
    offered = range(1, len(poll["options"]) + 1)
    return [
        option | {"rank": ranks.get(option["place"], 0), "ranks": offered}
        for option in poll["options"]
    ]


@prepared
def _chosen(nullifiers: tuple[str, ...]) -> Any:
    return Ballot.objects.filter(nullifier__in=nullifiers).values_list("nullifier", "choices")


def voters(viewer: Viewer, post: Post, poll: Told) -> list[Told]:
    """By option, the members whom this reader meets, and how many others; two queries.

    In a ranked poll whoever put it first.
    """
    community = post.conversation.community
    papers = list(Ballot.objects.filter(poll=poll["pk"]).values_list("persona_id", "choices"))
    faces = _faces(viewer, community, [persona for persona, _choices in papers if persona])
    far = 1 if poll["kind"] == PollKind.RANKED else None
    listed = []
    for option in poll["options"]:
        chose = [who for who, choices in papers if option["place"] in choices[:far]]
        known = set(chose)
        people = [face for persona, face in faces.items() if persona in known][:VOTERS]
        listed.append(option | {"people": people, "others": len(chose) - len(people)})
    return listed


def _faces(viewer: Viewer, community: Community, personas: list[int]) -> dict[int, Told]:
    """Those of these members whom this reader meets, by name."""
    met = Membership.objects.visible_to(viewer).filter(community=community, persona__in=personas)
    rows = met.order_by("persona__name", "pk").values(
        "persona_id", "public_id", "persona__name", "persona__seed"
    )
    return {
        row["persona_id"]: {
            "name": row["persona__name"],
            "seed": row["persona__seed"],
            "path": f"{community.path}members/{row['public_id']}/",
        }
        for row in rows
    }
