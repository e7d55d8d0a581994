"""What is new to a reader, the latest first, over all communities in which they have a seat.

By hand, as in `counting`: what moved last is looked at first, and only as far as it takes
to fill a page. Who has a page of news among the first `NEAR` is told at once; who has less
is looked for in all that moved since their seats had caught up.
"""

from __future__ import annotations

from typing import Any

from coterie.communities import rules as communities
from coterie.personas.viewer import Viewer
from coterie.talk.models import Voice
from coterie.talk.reads.counting import MOVED, READABLE, SEEN, Reach
from coterie.talk.reads.rows import BEGINNING
from coterie.talk.reads.unread import reach_of

NEAR = 400
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
            WHERE m.id IN ({{seats}})
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
ALL = "c.last_seq - c.seen"
MET = f"""
(SELECT COUNT(*) FROM (
    SELECT p.voice, p.persona_id FROM talk_post p
    WHERE p.conversation_id = c.id AND p.seq > c.seen ORDER BY p.seq DESC LIMIT {MOST_COUNTED}
) p WHERE NOT (p.voice = 'own' AND p.persona_id IS NOT NULL
               AND (c.community_id, p.persona_id) IN (VALUES {{pairs}})))
"""  # noqa: S608 - of nothing but our own words and marks


def newest(viewer: Viewer, most: int) -> list[dict[str, Any]]:
    """Topics and rooms with news, and the first new words of each; one query or two.

    A row in which all that is new was said by whom this reader does not meet has `new` 0, and
    `met` says whether they meet who said the first.
    """
    if not communities.seats(viewer):
        return []
    reach = reach_of(viewer)
    rows = _asked(reach, NEAR, most)
    if len(rows) < most:
        rows = _asked(reach, EVERYTHING, most)
    told = [dict(zip(COLUMNS, row, strict=True)) for row in rows]
    unmet = {*reach.hidden}
    for row in told:
        who = (row["community_id"], row["persona_id"])
        row["met"] = row["voice"] != Voice.OWN or who not in unmet
    return told


def _asked(reach: Reach, near: int, most: int) -> list[Any]:
    return reach.asked(NEWEST, met=MET, else_met=ALL, near=near, most=most)
