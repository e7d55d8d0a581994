"""How many conversations hold something new, in every community of a reader at once.

By hand, because the rail of every page asks it: one statement walks the few conversations
behind the point to which each seat has caught up. `here.readable` and `here.with_seen` say
the same of one community; a test compares them for everybody. `latest` is made of the same
pieces.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.db import connection

LOOKED_AT = 10

SEEN = """
COALESCE(
    (SELECT CASE WHEN r.read_seq > r.from_seq THEN r.read_seq ELSE r.from_seq END
     FROM talk_readingposition r
     WHERE r.persona_id = m.persona_id AND r.conversation_id = c.id AND r.epoch = c.epoch),
    (SELECT p.seq - 1 FROM talk_post p
     WHERE p.conversation_id = c.id AND p.published_at > m.joined_at
         AND p.seq IS NOT NULL AND p.brought = {no}
     ORDER BY p.published_at, p.seq LIMIT 1),
    c.last_seq)
"""
MOVED = "c.community_id = m.community_id AND c.last_post_at > COALESCE(u.until, m.joined_at)"
READABLE = """
c.last_seq > 0 AND c.unlisted_at IS NULL AND c.archived_at IS NULL
AND (m.history_from IS NULL OR c.started_at >= m.history_from
     OR c.kind = 'room' OR c.history_shared OR c.see = 'everyone' {above})
AND (c.circle_id IS NULL OR EXISTS (
    SELECT 1 FROM communities_circlemember k
    WHERE k.circle_id = c.circle_id AND k.membership_id IN ({seats})))
{began}
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
NEWS = f"""
SELECT m.community_id, (
    SELECT COUNT(*) FROM (
        SELECT c.id, c.last_seq, {SEEN} AS seen
        FROM talk_conversation c WHERE {MOVED} AND {READABLE}
        ORDER BY c.last_post_at LIMIT {LOOKED_AT}
    ) moved WHERE moved.last_seq > moved.seen {{met}}
)
FROM communities_membership m LEFT JOIN talk_caughtup u ON u.seat_id = m.id
WHERE m.id IN ({{seats}})
"""  # noqa: S608 - of nothing but our own words and marks
MET = """
AND EXISTS (
    SELECT 1 FROM talk_post p WHERE p.conversation_id = moved.id AND p.seq > moved.seen
        AND NOT (p.voice = 'own' AND p.persona_id IS NOT NULL
                 AND (m.community_id, p.persona_id) IN (VALUES {pairs})))
"""

NOTHING_MORE: Mapping[str, Any] = {}


class Reach(NamedTuple):
    """Where one reader may find news.

    `late` are the seats that do not reach back to the beginning, and whose owner also reads
    from above; `hidden` are communities and personas that this reader does not meet there;
    `within` those seats in whose communities is looked, where that is not all of them.
    """

    seats: Sequence[int]
    late: Sequence[int]
    hidden: Sequence[tuple[int, int]]
    within: Sequence[int] = ()

    def asked(
        self,
        statement: str,
        *,
        met: str,
        else_met: str = "",
        values: Mapping[str, Any] = NOTHING_MORE,
        **pieces: int | str,
    ) -> list[tuple[Any, ...]]:
        """The rows of a statement that is made of these pieces.

        `met` goes into it for whoever does not meet all, `else_met` for all others.
        """
        marks = {
            "seats": _marks("s", self.seats),
            "within": _marks("w", self.within) or _marks("s", self.seats),
            "late": _marks("l", self.late),
            "pairs": ", ".join(f"(%(c{n})s, %(p{n})s)" for n in range(len(self.hidden))),
            # Word for word as in the index `news`, or SQLite does not use it.
            "no": "0" if connection.vendor == "sqlite" else "FALSE",
        }
        reading = {
            "above": ABOVE.format(**marks) if self.late else "",
            "began": BEGAN.format(**marks) if self.hidden else "",
            "met": met.format(**marks) if self.hidden else else_met,
        }
        query = statement.format(**marks, **reading, **pieces)
        with connection.cursor() as cursor:
            cursor.execute(query, self._values() | dict(values))
            rows: list[tuple[Any, ...]] = cursor.fetchall()
            return rows

    def _values(self) -> dict[str, Any]:
        values = {f"s{n}": seat for n, seat in enumerate(self.seats)}
        values |= {f"w{n}": seat for n, seat in enumerate(self.within)}
        values |= {f"l{n}": seat for n, seat in enumerate(self.late)}
        values |= {f"c{n}": where for n, (where, _who) in enumerate(self.hidden)}
        return values | {f"p{n}": who for n, (_where, who) in enumerate(self.hidden)}


def count_news(reach: Reach) -> dict[int, int]:
    """By community id; communities without news are left out."""
    return {place: news for place, news in reach.asked(NEWS, met=MET) if news}


def _marks(letter: str, values: Sequence[int]) -> str:
    return ", ".join(f"%({letter}{n})s" for n in range(len(values)))
