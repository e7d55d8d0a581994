"""How many conversations hold something new, in every community of a reader at once.

By hand, because the rail of every page asks it: one statement walks the few conversations
behind the point to which each seat has caught up. `here.readable` and `here.with_seen` say
the same of one community; a test compares them for everybody.
"""

from __future__ import annotations

from collections.abc import Collection

from django.db import connection

LOOKED_AT = 10

NEWS = """
SELECT m.community_id, (
    SELECT COUNT(*) FROM (
        SELECT c.id, c.last_seq, COALESCE(
            (SELECT CASE WHEN r.read_seq > r.from_seq THEN r.read_seq ELSE r.from_seq END
             FROM talk_readingposition r
             WHERE r.persona_id = m.persona_id AND r.conversation_id = c.id AND r.epoch = c.epoch),
            (SELECT p.seq - 1 FROM talk_post p
             WHERE p.conversation_id = c.id AND p.published_at > m.joined_at
                 AND p.seq IS NOT NULL AND p.brought = {no}
             ORDER BY p.published_at, p.seq LIMIT 1),
            c.last_seq) AS seen
        FROM talk_conversation c
        WHERE c.community_id = m.community_id
            AND c.last_post_at > COALESCE(u.until, m.joined_at)
            AND c.last_seq > 0
            AND (m.history_from IS NULL OR c.started_at >= m.history_from
                 OR c.history_shared OR c.see = 'everyone' {above})
            AND (c.circle_id IS NULL OR EXISTS (
                SELECT 1 FROM communities_circlemember k
                WHERE k.circle_id = c.circle_id AND k.membership_id IN ({seats})))
            {began}
        ORDER BY c.last_post_at LIMIT {most}
    ) moved WHERE moved.last_seq > moved.seen {met}
)
FROM communities_membership m LEFT JOIN talk_caughtup u ON u.seat_id = m.id
WHERE m.id IN ({seats})
"""
ABOVE = """
OR (c.see = 'parent' AND m.id IN ({late}) AND EXISTS (
    SELECT 1 FROM communities_membership a
    JOIN communities_community here ON here.id = m.community_id
    WHERE a.id IN ({seats}) AND a.community_id = here.parent_id
        AND (a.history_from IS NULL OR a.history_from <= c.started_at)))
"""
BEGAN = """
AND NOT (c.voice = 'own' AND c.started_by_id IS NOT NULL
         AND (c.community_id, c.started_by_id) IN (VALUES {pairs}))
"""
MET = """
AND EXISTS (
    SELECT 1 FROM talk_post p WHERE p.conversation_id = moved.id AND p.seq > moved.seen
        AND NOT (p.voice = 'own' AND p.persona_id IS NOT NULL
                 AND (m.community_id, p.persona_id) IN (VALUES {pairs})))
"""


def count_news(
    seats: Collection[int], late: Collection[int], hidden: Collection[tuple[int, int]]
) -> dict[int, int]:
    """By community id; communities without news are left out.

    `late` are the seats that do not reach back to the beginning, and whose owner also reads
    from above; `hidden` are communities and personas that this reader does not meet there.
    """
    marks = {
        "seats": _marks(len(seats)),
        "late": _marks(len(late)),
        "pairs": ", ".join(["(%s, %s)"] * len(hidden)),
        "most": LOOKED_AT,
        # Word for word as in the index `news`, or SQLite does not use it.
        "no": "0" if connection.vendor == "sqlite" else "FALSE",
    }
    query = NEWS.format(
        above=ABOVE.format(**marks) if late else "",
        began=BEGAN.format(**marks) if hidden else "",
        met=MET.format(**marks) if hidden else "",
        **marks,
    )
    flat = [key for pair in hidden for key in pair]
    above = [*late, *seats] if late else []
    with connection.cursor() as cursor:
        cursor.execute(query, [*above, *seats, *flat, *flat, *seats])
        return {place: news for place, news in cursor.fetchall() if news}


def _marks(count: int) -> str:
    return ", ".join(["%s"] * count)
