"""What is new to a reader, or was read, the latest first, over all communities of theirs.

By hand, as in `counting`: what moved last is looked at first, and only as far as it takes
to fill a page. Who has a page of news among the first `NEAR`, and `NEAR_EACH` more for each
seat, is told at once; who has less is looked for further back, and at last in all that moved
since their seats had caught up.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db import connection

from coterie.communities import rules as communities
from coterie.core.pages import Page, cut
from coterie.personas.viewer import Viewer
from coterie.talk.models import Conversation, Kind, Voice
from coterie.talk.reads.counting import MOVED, READABLE, SEEN, Reach
from coterie.talk.reads.rows import BEGINNING
from coterie.talk.reads.topics import cursor, split_cursor
from coterie.talk.reads.unread import reach_of


class Wanted(NamedTuple):
    """What somebody wants to see of it."""

    place: int | None = None
    """Only of this community."""
    kind: Kind | None = None
    followed: bool = False


ANYTHING = Wanted()

NEAR, NEAR_EACH = 60, 5
FURTHER = 8
EVERYTHING = 1_000_000
MOST_COUNTED = 100

COLUMNS = (
    "public_id", "kind", "title", "last_post_at", "community_id", "new",
    "beginning", "voice", "persona_id", "persona__name", "persona__seed", "persona__gone",
)  # fmt: skip

NEWEST = f"""
SELECT n.public_id, n.kind, n.title, n.last_post_at, n.community_id, n.unread,
    SUBSTR(p.html, 1, {BEGINNING}), p.voice, p.persona_id, a.name, a.seed, a.gone
FROM (
    SELECT c.*, {{met}} AS unread FROM (
        SELECT c.*, {SEEN} AS seen
        FROM (
            SELECT m.id AS seat, c.id AS conversation
            FROM communities_membership m
                LEFT JOIN talk_caughtup u ON u.seat_id = m.id
                JOIN talk_conversation c ON {MOVED}
            WHERE m.id IN ({{within}}) {{wanted}}
            ORDER BY c.last_post_at DESC, c.id DESC LIMIT {{near}}
        ) moved
            JOIN communities_membership m ON m.id = moved.seat
            JOIN talk_conversation c ON c.id = moved.conversation
        WHERE NOT c.arriving AND {READABLE}
        LIMIT {{near}}
    ) c WHERE c.last_seq > c.seen
    ORDER BY c.last_post_at DESC, c.id DESC LIMIT {{most}}
) n
    LEFT JOIN talk_post p ON p.conversation_id = n.id AND p.seq = n.seen + 1
    LEFT JOIN personas_persona a ON a.id = p.persona_id
ORDER BY n.last_post_at DESC, n.id DESC
"""  # noqa: S608 - of nothing but our own words and marks
READ = f"""
SELECT c.id, c.public_id, c.kind, c.title, c.last_post_at, c.community_id
FROM (
    SELECT c.*, {SEEN} AS seen
    FROM (
        SELECT m.id AS seat, c.id AS conversation
        FROM communities_membership m
            JOIN talk_conversation c ON c.community_id = m.community_id
        WHERE m.id IN ({{within}}) {{wanted}} {{before}}
        ORDER BY c.last_post_at DESC, c.id DESC LIMIT {{near}}
    ) known
        JOIN communities_membership m ON m.id = known.seat
        JOIN talk_conversation c ON c.id = known.conversation
    WHERE NOT c.arriving AND {READABLE}
) c WHERE c.last_seq <= c.seen
ORDER BY c.last_post_at DESC, c.id DESC LIMIT {{most}}
"""  # noqa: S608 - of nothing but our own words and marks
READ_COLUMNS = ("pk", "public_id", "kind", "title", "last_post_at", "community_id")
BEFORE = """
AND (c.last_post_at < %(moment)s OR (c.last_post_at = %(moment)s AND c.id < (
    SELECT b.id FROM talk_conversation b WHERE b.public_id = %(this)s)))
"""
KINDS = {kind: f"AND c.kind = '{kind.value}'" for kind in Kind}
# As `inbox` resolves it: a topic's own word goes before its tags', a tag's before the
# community's. By the alphabet "follow" is the least of the three words.
FOLLOWED = """
AND COALESCE(
    (SELECT l.level FROM talk_topiclevel l
     WHERE l.conversation_id = c.id AND l.persona_id = m.persona_id),
    (SELECT MIN(l.level) FROM talk_taglevel l JOIN talk_tagging g ON g.tag_id = l.tag_id
     WHERE g.conversation_id = c.id AND l.persona_id = m.persona_id AND l.level <> 'normal'),
    m.level) = 'follow'
"""
ALL = "c.last_seq - c.seen"
MET = f"""
(SELECT COUNT(*) FROM (
    SELECT p.voice, p.persona_id FROM talk_post p
    WHERE p.conversation_id = c.id AND p.seq > c.seen ORDER BY p.seq DESC LIMIT {MOST_COUNTED}
) p WHERE NOT (p.voice = 'own' AND p.persona_id IS NOT NULL
               AND (c.community_id, p.persona_id) IN (VALUES {{pairs}})))
"""  # noqa: S608 - of nothing but our own words and marks


def newest(viewer: Viewer, most: int, wish: Wanted = ANYTHING) -> list[dict[str, Any]]:
    """Topics and rooms with news, and the first new words of each; one query, two or three.

    A row in which all that is new was said by whom this reader does not meet has `new` 0, and
    `met` says whether they meet who said the first.
    """
    reach = _reach(viewer, wish)
    if not reach.seats:
        return []
    rows = _near_or_far(reach, NEWEST, most, wanted=_wanted(wish), met=MET, else_met=ALL)
    told = [dict(zip(COLUMNS, row, strict=True)) for row in rows]
    unmet = {*reach.hidden}
    for row in told:
        who = (row["community_id"], row["persona_id"])
        row["met"] = row["voice"] != Voice.OWN or who not in unmet
    return told


def read_before(
    viewer: Viewer, most: int, wish: Wanted = ANYTHING, after: str = ""
) -> Page[dict[str, Any]]:
    """Topics and rooms in which nothing is new, by name only: a page behind the cursor."""
    reach = _reach(viewer, wish)
    if not reach.seats:
        return Page([])
    moment, this = split_cursor(after)
    field = Conversation._meta.get_field("last_post_at")
    behind = {"moment": field.get_db_prep_value(moment, connection), "this": this}
    pieces = {"wanted": _wanted(wish), "before": BEFORE if moment else ""}
    values = behind if moment else {}
    found = _near_or_far(reach, READ, most + 1, values=values, met="", **pieces)
    rows = [dict(zip(READ_COLUMNS, row, strict=True)) for row in found]
    return cut(rows, most, cursor(rows[most - 1]) if len(rows) > most else "")


def _reach(viewer: Viewer, wish: Wanted) -> Reach:
    seats = communities.seats(viewer)
    if not seats or (wish.place is not None and wish.place not in seats):
        return Reach([], [], [])
    reach = reach_of(viewer)
    return reach if wish.place is None else reach._replace(within=[seats[wish.place].pk])


def _wanted(wish: Wanted) -> str:
    return (KINDS[wish.kind] if wish.kind else "") + (FOLLOWED if wish.followed else "")


def _near_or_far(reach: Reach, statement: str, most: int, **more: Any) -> list[Any]:
    near = NEAR + NEAR_EACH * len(reach.within or reach.seats)
    rows: list[Any] = []
    for so_many in (near, FURTHER * near, EVERYTHING):
        rows = reach.asked(statement, near=so_many, most=most, **more)
        if len(rows) == most:
            break
    return rows
